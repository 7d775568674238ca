import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { workflowBundle } from '../engine/bundle.ts';
import { connectRun } from '../engine/connect.ts';
import { startDevServer } from '../engine/dev-server.ts';
import { locateTemporal } from '../engine/locate.ts';
import { migrate, openDatabase } from '../ledger/database.ts';
import { startEmbeddedLedger } from '../ledger/embedded.ts';
import { emptyLedger, markForRehearsals } from '../ledger/rehearsals.ts';
import type { Stage } from '../rehearsal/temporal/temporal-theatre.ts';
import { rehearsalSeed } from '../rehearsal/theatre.ts';
import { defaultTaskQueue } from '../workflows/messages.ts';

/** A server, a ledger and one worker, whose processor time is known. */
export interface MeteredStage extends Stage {
  readonly home: string;
  /** What the worker has spent since it began, in milliseconds of one processor. */
  workerCpuMs(): Promise<number>;
  clear(): Promise<void>;
  close(): Promise<void>;
}

const spent = z.object({ cpu: z.number() }).transform(({ cpu }) => cpu / 1_000);

export async function openMeteredStage(): Promise<MeteredStage> {
  const home = mkdtempSync(join(tmpdir(), 'twokey-bench-'));
  const server = await startDevServer(await locateTemporal((line) => void process.stderr.write(`${line}\n`)), { log: join(home, 'engine.log') });
  const ledger = await startEmbeddedLedger({ log: join(home, 'ledger.log') });
  const engine = await connectRun({ address: server.address, namespace: 'default', taskQueue: defaultTaskQueue, ui: server.ui });
  await migrate(ledger.url);
  const database = openDatabase(ledger.url);
  await markForRehearsals(database);
  const bundlePath = await workflowBundle(home);
  const log = openSync(join(home, 'worker.log'), 'a');
  const settings = { TEMPORAL_ADDRESS: server.address, DATABASE_URL: ledger.url, TWOKEY_BUNDLE_FOLDER: home, TWOKEY_HOME: home };
  const worker = fork(fileURLToPath(new URL('worker-with-meter.ts', import.meta.url)), {
    stdio: ['ignore', log, log, 'ipc'],
    env: { ...process.env, ...settings, TWOKEY_SEED: rehearsalSeed, TWOKEY_SEAL_RECORDS: 'false', TWOKEY_LOG_LEVEL: 'warn' },
  });
  await once(worker, 'message');
  return {
    ...{ home, engine, database, bundlePath, takesClosedIds: true },
    killWorker: () => Promise.reject(new Error('a worker that is measured is not killed')),
    async workerCpuMs() {
      worker.send('cpu');
      const [answer]: unknown[] = await once(worker, 'message');
      return spent.parse(answer);
    },
    clear: () => emptyLedger(database),
    async close() {
      worker.kill('SIGTERM');
      await once(worker, 'exit');
      await engine.close();
      await database.end();
      await ledger.stop();
      await server.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
