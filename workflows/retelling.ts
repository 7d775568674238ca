import type { Refusal } from '../domain/refusal.ts';
import { isReady, type Retold } from '../domain/retold.ts';
import type { Order } from '../domain/state.ts';

/**
 * The past of an order that was reset: what it had taken after the point of reset, told again in its order and at its own
 * times. The steps in between are done again under their old keys, so their other side changes nothing.
 */
export class Retelling {
  #left: readonly Retold[] = [];

  begin(entries: readonly Retold[]): void {
    this.#left = [...this.#left, ...entries];
  }

  get isOver(): boolean {
    return this.#left.length === 0;
  }

  /** The order's time while its past is being told; undefined once it has caught up. */
  get time(): number | undefined {
    return this.#left[0]?.at;
  }

  /** Tells what can be told now. `regardless` does not wait for answers, where none can come any more. */
  goOn(order: () => Order, take: (entry: Retold) => Refusal | undefined, refused: (entry: Retold, why: Refusal) => void, regardless: boolean): void {
    for (let next = this.#left[0]; next && (regardless || isReady(order(), next)); next = this.#left[0]) {
      const why = take(next);
      this.#left = this.#left.slice(1);
      if (why) refused(next, why);
    }
  }
}
