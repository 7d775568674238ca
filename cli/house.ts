import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { workflowBundle } from '../engine/bundle.ts';
import { connectEngine, connectRun, type Engine, isEngineNamed } from '../engine/connect.ts';
import { type DevServer, endLeftServer, startDevServer } from '../engine/dev-server.ts';
import { EngineError } from '../engine/errors.ts';
import { findHome, forgetRun, readLastRun, readRun, writeRun } from '../engine/home.ts';
import { locateTemporal } from '../engine/locate.ts';
import { registerSearchAttributes } from '../engine/setup.ts';
import { type Database, migrate, openDatabase } from '../ledger/database.ts';
import { type EmbeddedLedger, startEmbeddedLedger } from '../ledger/embedded.ts';
import { defaultTaskQueue } from '../workflows/messages.ts';

const workerMain = fileURLToPath(new URL('../workers/main.ts', import.meta.url));

/** Engine, ledger and worker of one machine, opened and closed together. */
export class House {
  readonly engine: Engine;
  readonly database: Database;
  readonly #home: string;
  readonly #closing: (() => Promise<void>)[];

  private constructor(engine: Engine, database: Database, home: string, closing: (() => Promise<void>)[]) {
    this.engine = engine;
    this.database = database;
    this.#home = home;
    this.#closing = closing;
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
    const closing: (() => Promise<void>)[] = [];
    try {
      const { engine, address, enginePid } = await openEngine(home, options, closing);
      options.say(`engine  Temporal at ${address}${engine.ui ? `, UI ${engine.ui}` : ''}`);
      const url = process.env['DATABASE_URL'] ?? (await openLedger(home, closing)).url;
      await migrate(url);
      const database = openDatabase(url);
      closing.push(() => database.end());
      options.say(`ledger  ${process.env['DATABASE_URL'] ? 'PostgreSQL at DATABASE_URL' : `embedded, kept in ${join(home, 'ledger')}`}`);
      await workflowBundle(home);
      const worker = new WorkerProcess(
        home,
        { ...(isEngineNamed() ? {} : { TEMPORAL_ADDRESS: address }), DATABASE_URL: url, TWOKEY_TASK_QUEUE: engine.taskQueue },
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
      return new House(engine, database, home, closing);
    } catch (error) {
      await closeAll(closing);
      throw error;
    }
  }

  async close(): Promise<void> {
    forgetRun(this.#home);
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

/** The worker as a child process; one that dies is started again. */
class WorkerProcess {
  readonly #home: string;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #say: (line: string) => void;
  #child: ChildProcess | undefined;
  #isEnding = false;

  constructor(home: string, environment: NodeJS.ProcessEnv, say: (line: string) => void) {
    this.#home = home;
    this.#environment = environment;
    this.#say = say;
  }

  async start(): Promise<void> {
    const log = openSync(join(this.#home, 'worker.log'), 'a');
    const child = fork(workerMain, {
      stdio: ['ignore', log, log, 'ipc'],
      detached: true,
      env: { ...process.env, TWOKEY_BUNDLE_FOLDER: this.#home, ...this.#environment },
    });
    closeSync(log);
    this.#child = child;
    const died = once(child, 'exit');
    await Promise.race([
      once(child, 'message'),
      died.then(() => {
        throw new EngineError('no-worker', `the worker ended before it was ready: see ${join(this.#home, 'worker.log')}`);
      }),
    ]);
    child.once('exit', () => void this.#again());
  }

  async #again(): Promise<void> {
    if (this.#isEnding) return;
    this.#say('worker  died and is started again');
    await wait(500);
    await this.start().catch((error: unknown) => this.#say(`worker  could not be started again: ${String(error)}`));
  }

  async stop(): Promise<void> {
    this.#isEnding = true;
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await Promise.race([once(child, 'exit'), wait(15_000, undefined, { ref: false }).then(() => child.kill('SIGKILL'))]);
  }
}
