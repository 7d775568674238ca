import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { EngineError } from '../engine/errors.ts';

const workerMain = fileURLToPath(new URL('../workers/main.ts', import.meta.url));

/** The worker as a child process, its log in `home`; one that dies is started again. */
export class WorkerProcess {
  readonly #home: string;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #say: (line: string) => void;
  #child: ChildProcess | undefined;
  #isEnding = false;
  #replaced: (() => void) | undefined;

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
      env: { TWOKEY_BUNDLE_FOLDER: this.#home, ...this.#environment },
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
    this.#replaced?.();
  }

  /** The process that serves now; undefined where none does. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Kills the worker as a crash would, and returns when another has taken its place. */
  async kill(): Promise<void> {
    const replaced = new Promise<void>((done) => {
      this.#replaced = done;
    });
    this.#child?.kill('SIGKILL');
    await replaced;
  }

  async stop(): Promise<void> {
    this.#isEnding = true;
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await Promise.race([once(child, 'exit'), wait(15_000, undefined, { ref: false }).then(() => child.kill('SIGKILL'))]);
  }
}
