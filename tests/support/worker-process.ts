import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../workers/main.ts', import.meta.url));

/** A real worker process that a test may kill. */
export interface WorkerProcess {
  readonly child: ChildProcess;
  kill(): Promise<void>;
}

export async function startWorkerProcess(options: {
  address: string;
  databaseUrl: string;
  taskQueue: string;
  folder: string;
  stickyTimeoutMs?: number;
  repairEveryMs?: number;
}): Promise<WorkerProcess> {
  const log = openSync(join(options.folder, 'workers.log'), 'a');
  const child = fork(main, {
    stdio: ['ignore', log, log, 'ipc'],
    env: {
      ...process.env,
      TEMPORAL_ADDRESS: options.address,
      DATABASE_URL: options.databaseUrl,
      TWOKEY_TASK_QUEUE: options.taskQueue,
      TWOKEY_BUNDLE_FOLDER: options.folder,
      // The ledger is that of other tests as well, whose orders are their own.
      TWOKEY_NIGHTLY_SCREENING: 'false',
      ...(options.stickyTimeoutMs !== undefined && { TWOKEY_STICKY_TIMEOUT_MS: String(options.stickyTimeoutMs) }),
      ...(options.repairEveryMs !== undefined && { TWOKEY_REPAIR_EVERY_MS: String(options.repairEveryMs) }),
    },
  });
  closeSync(log);
  await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => {
      throw new Error(`the worker ended before it was ready: see ${join(options.folder, 'workers.log')}`);
    }),
  ]);
  return {
    child,
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}
