import type { NativeConnection, WorkerOptions } from '@temporalio/worker';
import { type InjectedSinks, Worker } from '@temporalio/worker';
import type { Logger } from 'pino';
import type { Ports } from '../activities/ports.ts';
import { createStepActivities } from '../activities/steps.ts';
import type { JournalSinks } from '../workflows/journal.ts';
import { orderIdOf } from '../workflows/messages.ts';

/** A worker for orders over the given ports. */
export function createOrderWorker(options: {
  connection: NativeConnection;
  namespace: string;
  taskQueue: string;
  bundlePath: string;
  ports: Ports;
  logger: Logger;
  stickyTimeoutMs: number;
  tuning?: Pick<WorkerOptions, 'maxCachedWorkflows'>;
}): Promise<Worker> {
  const sinks: InjectedSinks<JournalSinks> = {
    journal: {
      took: {
        fn: (info, events) => {
          for (const { type, act, ...rest } of events) options.logger.info({ order: orderIdOf(info.workflowId), event: type, actId: act?.id, ...rest }, type);
        },
        callDuringReplay: false,
      },
    },
  };
  return Worker.create({
    connection: options.connection,
    namespace: options.namespace,
    taskQueue: options.taskQueue,
    workflowBundle: { codePath: options.bundlePath },
    activities: createStepActivities(options.ports),
    sinks,
    stickyQueueScheduleToStartTimeout: options.stickyTimeoutMs,
    ...options.tuning,
  });
}
