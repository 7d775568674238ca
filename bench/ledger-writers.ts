import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Work } from './ledger-plan.ts';

const main = fileURLToPath(new URL('ledger-writer.ts', import.meta.url));

/** Writers of one ledger, each a process with one connection. */
export class Writers {
  readonly #children: ChildProcess[] = [];
  readonly #working = new Set<ChildProcess>();
  readonly #url: string;
  readonly #folder: string;
  readonly #ended = new AbortController();
  #killing: Promise<void> = Promise.resolve();
  #told: Work = 'rest';
  #kills = 0;
  #failure: string | undefined;

  private constructor(url: string, folder: string) {
    this.#url = url;
    this.#folder = folder;
  }

  /** Starts so many writers, which keep their diaries in `folder`. */
  static async start(count: number, url: string, folder: string): Promise<Writers> {
    const writers = new Writers(url, folder);
    await Promise.all(Array.from({ length: count }, (_, number) => writers.#start(number)));
    return writers;
  }

  async #start(number: number): Promise<void> {
    const child = fork(main, [this.#url, String(number), this.#diary(number)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    this.#children[number] = child;
    child.on('message', (message) => {
      if (message === 'rests') this.#working.delete(child);
    });
    child.once('exit', (code, signal) => {
      this.#working.delete(child);
      if (signal !== 'SIGKILL' && !this.#ended.signal.aborted) this.#failure = `writer ${number} ended by itself (${code ?? signal}): see what it said above`;
    });
    await Promise.race([once(child, 'message'), once(child, 'exit')]);
    if (this.#told !== 'rest') this.#tell(child, this.#told);
  }

  #tell(child: ChildProcess, what: Work): void {
    if (!child.connected) return;
    if (what !== 'rest') this.#working.add(child);
    // One that is killed meanwhile hears nothing, and is told when it is back.
    child.send(what, () => undefined);
  }

  /** Lets all of them do one kind of work for so long, and waits until each has the answer to its last question. Milliseconds that it took. */
  async work(what: Work, ms: number): Promise<number> {
    const began = performance.now();
    this.#all(what);
    await wait(ms);
    this.#all('rest');
    while (this.#working.size > 0) await wait(1);
    if (this.#failure !== undefined) throw new Error(this.#failure);
    return performance.now() - began;
  }

  #all(what: Work): void {
    this.#told = what;
    for (const child of this.#children) this.#tell(child, what);
  }

  /** From now on one writer after the other is killed, whatever it does, and started again; the next so long after it is back. */
  killEvery(ms: number): void {
    this.#killing = this.#killOneAfterTheOther(ms);
  }

  async #killOneAfterTheOther(ms: number): Promise<void> {
    while (await wait(ms, true, { signal: this.#ended.signal }).catch(() => false)) {
      const number = this.#kills % this.#children.length;
      const child = this.#children[number];
      if (!child?.kill('SIGKILL')) continue;
      await once(child, 'exit');
      this.#kills += 1;
      await this.#start(number);
    }
  }

  get kills(): number {
    return this.#kills;
  }

  #diary(number: number): string {
    return join(this.#folder, `writer-${number}`);
  }

  /** What the ledger has acknowledged, writer by writer. */
  diaries(): string[][] {
    const files = this.#children.map((_, number) => this.#diary(number));
    return files.map((file) => (existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : []));
  }

  async stop(): Promise<void> {
    this.#ended.abort();
    // One that is being started again hears of the end only once it is up.
    await this.#killing;
    const living = this.#children.filter((child) => child.connected);
    for (const child of living) child.disconnect();
    await Promise.all(living.map((child) => once(child, 'exit')));
  }
}
