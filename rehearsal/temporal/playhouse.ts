import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { lateByMs } from '../../domain/faults.ts';
import type { Scenario } from '../../edge/scenario.ts';
import { workflowBundle } from '../../engine/bundle.ts';
import { connectRun } from '../../engine/connect.ts';
import { startDevServer } from '../../engine/dev-server.ts';
import { locateTemporal } from '../../engine/locate.ts';
import { abandonOrders } from '../../engine/orders.ts';
import { endReplays } from '../../engine/replay-worker.ts';
import { WorkerProcess } from '../../engine/worker-process.ts';
import { migrate, openDatabase } from '../../ledger/database.ts';
import { startEmbeddedLedger } from '../../ledger/embedded.ts';
import { faultsLeft } from '../../ledger/simulation.ts';
import { emptyLedger, markForRehearsals } from '../../ledger/rehearsals.ts';
import { defaultTaskQueue } from '../../workflows/messages.ts';
import { rehearsalSeed } from '../theatre.ts';
import { Calendar } from './calendar.ts';
import { peopleFor } from './people.ts';
import { type Stage, TemporalTheatre } from './temporal-theatre.ts';

/**
 * A Temporal server, a ledger and a worker for stories alone, all in memory: nothing is kept, and a running
 * `twokey start` is not touched.
 */
export interface Playhouse extends Stage {
  /** Its folder, with the keyring of the story that is told. */
  readonly home: string;
  /** The worker's process, for those who measure it. */
  readonly workerPid: () => number | undefined;
  /** Ends the orders of a story and empties the ledger, so that the next story finds nothing of it. */
  clear(story: Scenario): Promise<void>;
  close(): Promise<void>;
}

/** Opens a playhouse; the workflow bundle is kept in `bundleFolder`. What was opened is closed again where a later part fails. */
export async function openPlayhouse(options: { environment: NodeJS.ProcessEnv; bundleFolder: string; say: (line: string) => void }): Promise<Playhouse> {
  const folder = mkdtempSync(join(tmpdir(), 'twokey-rehearsal-'));
  const closing: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true }), endReplays];
  const close = async (): Promise<void> => {
    for (const one of closing.splice(0).toReversed()) await one();
  };
  try {
    const parts = [
      startDevServer(await locateTemporal(options.say), { log: join(folder, 'engine.log') }).then((started) => closedLater(closing, started)),
      startEmbeddedLedger({ log: join(folder, 'ledger.log') }).then((started) => closedLater(closing, started)),
      workflowBundle(options.bundleFolder),
    ] as const;
    // Where one fails, the others must be up before all can be closed.
    await Promise.allSettled(parts);
    const [server, ledger, bundlePath] = await Promise.all(parts);
    const engine = await connectRun({ address: server.address, namespace: 'default', taskQueue: defaultTaskQueue, ui: server.ui });
    closing.push(() => engine.close());
    await migrate(ledger.url);
    const database = openDatabase(ledger.url);
    closing.push(() => database.end());
    await markForRehearsals(database);
    const worker = new WorkerProcess(
      folder,
      {
        ...withoutProfile(options.environment),
        ...{ TEMPORAL_ADDRESS: server.address, DATABASE_URL: ledger.url, TWOKEY_TASK_QUEUE: engine.taskQueue },
        ...{ TWOKEY_BUNDLE_FOLDER: options.bundleFolder, TWOKEY_SEED: rehearsalSeed, TWOKEY_HOME: folder },
        ...{ TWOKEY_SEAL_RECORDS: 'false', TWOKEY_NIGHTLY_SCREENING: 'false' },
      },
      () => undefined,
    );
    closing.push(() => worker.stop());
    await worker.start();
    return {
      home: folder,
      workerPid: () => worker.pid,
      engine,
      database,
      bundlePath,
      takesClosedIds: true,
      killWorker: () => worker.kill(),
      clear: async ({ orders, steps }) => {
        const late = steps.reduce((sum, step) => sum + (step.kind === 'fault' && step.fault === 'late' ? step.times : 0), 0);
        // An attempt that was given up may still be waiting to take effect.
        if (late > (await faultsLeft(database, 'late'))) await wait(lateByMs);
        await abandonOrders(
          engine.client,
          orders.map(({ terms }) => terms.id),
        );
        await emptyLedger(database);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A theatre for one story, which is told from now on. */
export async function openTheatre(playhouse: Playhouse, scenario: Scenario): Promise<TemporalTheatre> {
  const people = await peopleFor(scenario, playhouse.home);
  return new TemporalTheatre(playhouse, { calendar: new Calendar(scenario.start, Date.now()), people });
}

function closedLater<T extends { stop(): Promise<void> }>(closing: (() => unknown)[], started: T): T {
  closing.push(() => started.stop());
  return started;
}

/** The Temporal server that the environment names is somebody else's, and so are a profile and a root key. */
const withoutProfile = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('TEMPORAL_') && name !== 'TWOKEY_PROFILE' && name !== 'TWOKEY_ROOT'));
