import type { History } from '@temporalio/common/lib/proto-utils.js';
import { type InjectedSinks, Worker } from '@temporalio/worker';
import type { JournalSinks } from '../workflows/journal.ts';

type Took = (...told: Parameters<JournalSinks['journal']['took']>) => void;

/** A history that waits to be replayed; `took` hears what its order took, `done` ends it, with an error where it does not replay. */
interface Replay {
  readonly history: History;
  readonly workflowId: string;
  readonly took: Took;
  readonly done: (error?: unknown) => void;
}

/** How long a replay worker waits for another history. Reading its code and source map costs more than many a replay. */
const idleMs = 2_000;

/** One worker of this process for all replays of a bundle, one history after the other; it ends when nothing has come for a while. */
class ReplayWorker {
  readonly bundlePath: string;
  readonly ended: Promise<void>;
  #waiting: Replay | undefined;
  #current: Replay | undefined;
  #isEnding = false;
  #wake: () => void = () => undefined;

  constructor(bundlePath: string) {
    this.bundlePath = bundlePath;
    this.ended = this.#run();
  }

  /** Whether the history was taken on; a worker that is ending takes none. */
  take(replay: Replay): boolean {
    if (this.#isEnding) return false;
    this.#waiting = replay;
    this.#wake();
    return true;
  }

  end(): void {
    this.#isEnding = true;
    this.#wake();
  }

  async #run(): Promise<void> {
    const why = await this.#replayAll().then(
      () => new Error('the replay worker ended before it had replayed a history'),
      (error: unknown) => error,
    );
    this.#isEnding = true;
    (this.#current ?? this.#waiting)?.done(why);
  }

  async #replayAll(): Promise<void> {
    const took: InjectedSinks<JournalSinks>['journal']['took'] = { fn: (_info, ...told) => this.#current?.took(...told), callDuringReplay: true };
    const options = { workflowBundle: { codePath: this.bundlePath }, sinks: { journal: { took } } };
    for await (const { error } of Worker.runReplayHistories(options, this.#histories())) {
      this.#current?.done(error);
      this.#current = undefined;
    }
  }

  async *#histories(): AsyncGenerator<{ history: History; workflowId: string }> {
    for (;;) {
      if (!this.#waiting && !this.#isEnding) await this.#somethingOrIdle();
      [this.#current, this.#waiting] = [this.#waiting, undefined];
      if (!this.#current) {
        this.#isEnding = true;
        return;
      }
      yield this.#current;
    }
  }

  async #somethingOrIdle(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((wake) => {
      this.#wake = wake;
      timer = setTimeout(wake, idleMs);
    });
    clearTimeout(timer);
  }
}

let worker: ReplayWorker | undefined;
let last: Promise<unknown> = Promise.resolve();

/** Replays a history and tells what its order took. Throws what made it fail, such as the SDK's `DeterminismViolationError`. */
export async function replay(bundlePath: string, history: History, workflowId: string, took: Took): Promise<void> {
  // In turn: the SDK ends its runtime with the last worker of a process, under the feet of one that just begins.
  const mine = last.then(() => replayNext(bundlePath, history, workflowId, took));
  last = mine.catch(() => undefined);
  await mine;
}

async function replayNext(bundlePath: string, history: History, workflowId: string, took: Took): Promise<void> {
  if (worker && worker.bundlePath !== bundlePath) await endReplays();
  await new Promise<void>((resolve, reject) => {
    const one: Replay = { history, workflowId, took, done: (error) => (error === undefined ? resolve() : reject(error)) };
    const take = async (): Promise<void> => {
      while (!worker?.take(one)) {
        await worker?.ended;
        worker = new ReplayWorker(bundlePath);
      }
    };
    take().catch(reject);
  });
}

/** Ends the replay worker of this process at once, which would otherwise keep it for a moment. */
export async function endReplays(): Promise<void> {
  worker?.end();
  await worker?.ended;
  worker = undefined;
}
