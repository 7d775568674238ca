import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';
import { type Deadline, deadlineSummary } from '../domain/plan.ts';

/**
 * One timer that follows a deadline: untouched while the deadline is, cancelled when it goes, started anew when it moves.
 * Waiting by `condition(fn, ms)` instead would start and cancel a timer at every message.
 */
export class Alarm {
  #at: number | undefined;
  #scope: CancellationScope | undefined;
  readonly #rang: () => void;

  constructor(rang: () => void) {
    this.#rang = rang;
  }

  follow(deadline: Deadline | undefined): void {
    if (deadline?.at === this.#at) return;
    this.#scope?.cancel();
    this.#at = deadline?.at;
    if (deadline) this.#set(deadline.at, deadlineSummary(deadline));
  }

  #set(at: number, summary: string): void {
    const scope = new CancellationScope({ cancellable: true });
    this.#scope = scope;
    scope
      .run(() => sleep(Math.max(1, at - Date.now()), { summary }))
      .then(
        () => {
          this.#at = undefined;
          this.#rang();
        },
        (error: unknown) => {
          if (!isCancellation(error)) throw error;
        },
      );
  }
}
