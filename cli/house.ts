import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { workflowBundle } from '../engine/bundle.ts';
import { connectEngine, connectRun, type Engine } from '../engine/connect.ts';
import { type DevServer, endLeftServer, startDevServer } from '../engine/dev-server.ts';
import { EngineError } from '../engine/errors.ts';
import { findHome, forgetRun, isEngineNamed, readLastRun, readRun, writeRun } from '../engine/home.ts';
import { locateTemporal } from '../engine/locate.ts';
import { endReplays } from '../engine/replay-worker.ts';
import { registerSearchAttributes } from '../engine/setup.ts';
import { WorkerProcess } from '../engine/worker-process.ts';
import { type Database, migrate, openDatabase } from '../ledger/database.ts';
import { type EmbeddedLedger, startEmbeddedLedger } from '../ledger/embedded.ts';
import { defaultTaskQueue } from '../workflows/messages.ts';
import { ensureKeys } from './story-people.ts';

/** Engine, ledger and worker of one machine, opened and closed together. */
export class House {
  readonly engine: Engine;
  readonly database: Database;
  readonly bundlePath: string;
  readonly takesClosedIds = false;
  readonly #worker: WorkerProcess;
  readonly home: string;
  readonly #closing: (() => Promise<void>)[];

  private constructor(parts: Pick<House, 'engine' | 'database' | 'bundlePath'> & { worker: WorkerProcess; home: string; closing: (() => Promise<void>)[] }) {
    this.engine = parts.engine;
    this.database = parts.database;
    this.bundlePath = parts.bundlePath;
    this.#worker = parts.worker;
    this.home = parts.home;
    this.#closing = parts.closing;
  }

  /** Kills the worker as a crash would, and returns when another has taken its place. */
  killWorker(): Promise<void> {
    return this.#worker.kill();
  }

  /** Opens what is not running yet and starts a worker. What was opened is closed again where a later part fails. */
  static async open(options: { say: (line: string) => void; port?: number; ended: AbortSignal }): Promise<House> {
    const home = findHome();
    const running = readRun(home);
    if (running)
      throw new EngineError('already-running', `twokey runs already for ${home} (process ${running.pid}): use it from a second terminal, or end it first`);
    mkdirSync(home, { recursive: true, mode: 0o700 });
    const left = readLastRun(home)?.enginePid;
    if (left !== undefined) await endLeftServer(left);
    await ensureKeys(home, options.say);
    const closing: (() => Promise<void>)[] = [];
    try {
      const { engine, address, enginePid } = await openEngine(home, options, closing);
      options.say(`engine  Temporal at ${address}${engine.ui ? `, UI ${engine.ui}` : ''}`);
      const url = process.env['DATABASE_URL'] ?? (await openLedger(home, closing)).url;
      await migrate(url);
      const database = openDatabase(url);
      closing.push(() => database.end());
      options.say(`ledger  ${process.env['DATABASE_URL'] ? 'PostgreSQL at DATABASE_URL' : `embedded, kept in ${join(home, 'ledger')}`}`);
      const bundlePath = await workflowBundle(home);
      const worker = new WorkerProcess(
        home,
        {
          ...process.env,
          ...(isEngineNamed() ? {} : { TEMPORAL_ADDRESS: address }),
          DATABASE_URL: url,
          TWOKEY_TASK_QUEUE: engine.taskQueue,
          TWOKEY_HOME: home,
        },
        options.say,
      );
      closing.push(() => worker.stop());
      await worker.start();
      options.say(`worker  serves ${engine.taskQueue}, log ${join(home, 'worker.log')}`);
      if (!isEngineNamed())
        writeRun(home, {
          pid: process.pid,
          ...(enginePid !== undefined && { enginePid }),
          address,
          namespace: engine.client.options.namespace,
          ui: engine.ui ?? null,
          taskQueue: engine.taskQueue,
          database: url,
        });
      return new House({ engine, database, bundlePath, worker, home, closing });
    } catch (error) {
      await closeAll(closing);
      throw error;
    }
  }

  async close(): Promise<void> {
    forgetRun(this.home);
    await endReplays();
    await closeAll(this.#closing);
  }
}

async function closeAll(closing: (() => Promise<void>)[]): Promise<void> {
  for (const close of closing.toReversed()) await close();
}

async function openEngine(
  home: string,
  options: { say: (line: string) => void; port?: number },
  closing: (() => Promise<void>)[],
): Promise<{ engine: Engine; address: string; enginePid: number | undefined }> {
  const server = isEngineNamed() ? undefined : await ownServer(home, options);
  if (server) closing.push(() => server.stop());
  const engine = server
    ? await connectRun({ address: server.address, namespace: 'default', taskQueue: defaultTaskQueue, ui: server.ui })
    : await connectEngine();
  closing.push(() => engine.close());
  await registerSearchAttributes(engine.connection, engine.client.options.namespace);
  return { engine, address: server?.address ?? process.env['TEMPORAL_ADDRESS'] ?? 'the Temporal profile', enginePid: server?.child.pid };
}

async function ownServer(home: string, options: { say: (line: string) => void; port?: number }): Promise<DevServer> {
  const binary = await locateTemporal(options.say);
  return await startDevServer(binary, { folder: home, log: join(home, 'engine.log'), ...(options.port !== undefined && { port: options.port }) });
}

async function openLedger(home: string, closing: (() => Promise<void>)[]): Promise<EmbeddedLedger> {
  const ledger = await startEmbeddedLedger({ folder: join(home, 'ledger'), log: join(home, 'ledger.log') });
  closing.push(() => ledger.stop());
  return ledger;
}
