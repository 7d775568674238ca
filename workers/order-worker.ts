import type { NativeConnection, WorkerOptions } from '@temporalio/worker';
import { type InjectedSinks, Worker } from '@temporalio/worker';
import type { Logger } from 'pino';
import type { ScreeningActivities } from '../activities/nightly-screening.ts';
import type { StepActivities } from '../activities/ports.ts';
import type { StockActivities } from '../activities/stock-receipt.ts';
import type { JournalSinks } from '../workflows/journal.ts';
import { orderIdOf } from '../workflows/messages.ts';

/** A worker for orders with the given activities. */
export function createOrderWorker(options: {
  connection: NativeConnection;
  namespace: string;
  taskQueue: string;
  bundlePath: string;
  activities: StepActivities & Partial<ScreeningActivities & StockActivities>;
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
    activities: options.activities,
    sinks,
    stickyQueueScheduleToStartTimeout: options.stickyTimeoutMs,
    ...options.tuning,
  });
}
