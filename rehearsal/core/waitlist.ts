import { defaultQueueRules, placeOf, type Turn, turns, type Waiting } from '../../domain/rules/priority.ts';
import type { UnitsInUse } from '../../domain/rules/quota.ts';

export interface Waits extends Waiting {
  /** The call by which it waits. */
  readonly key: string;
  readonly product: string;
}

/** Orders that wait for stock, as a model in memory, and those whose turn has come. */
export class Waitlist {
  readonly #waiting = new Map<string, Waits>();
  readonly #called = new Map<string, Waits>();
  #untold: Waits[] = [];
  #arrivals = 0;

  /** An order that joins again keeps its place by arrival. */
  join(order: Omit<Waits, 'arrival'>): void {
    const before = this.#waiting.get(order.orderId);
    this.#waiting.set(order.orderId, { ...order, arrival: before?.arrival ?? (this.#arrivals += 1), since: before?.since ?? order.since });
  }

  /** Calls the orders whose turn has come where `free` units of a product are given out, the first first; who is over a quota waits no longer. */
  call(product: string, free: number, at: number, inUse: () => readonly UnitsInUse[]): readonly Turn<Waits>[] {
    const waiting = this.#of(product);
    const counted = waiting.some(({ quotas }) => quotas) ? inUse() : [];
    const called = turns(waiting, free, defaultQueueRules, at, { product, inUse: counted });
    for (const { one, over } of called) {
      this.#waiting.delete(one.orderId);
      if (!over) this.#called.set(one.orderId, one);
      this.#untold.push(one);
    }
    return called;
  }

  /** The key under which an order waits; undefined where it does not. */
  keyOf(orderId: string): string | undefined {
    return this.#waiting.get(orderId)?.key;
  }

  /** The call by which stock has been set aside for an order, which takes it: it is on the list no longer. */
  take(orderId: string): Waits | undefined {
    const called = this.#called.get(orderId);
    this.#called.delete(orderId);
    this.#untold = this.#untold.filter((one) => one.orderId !== orderId);
    return called;
  }

  /** Takes an order off the list; answers its call, where stock has been set aside for it. */
  leave(orderId: string): Waits | undefined {
    this.#waiting.delete(orderId);
    return this.take(orderId);
  }

  /** Where an order stands at `at`, among how many. */
  placeOf(orderId: string, product: string, at: number): { readonly place: number; readonly waiting: number } {
    const waiting = this.#of(product);
    return { place: placeOf(waiting, orderId, defaultQueueRules, at), waiting: waiting.length };
  }

  /** Who has been called and not been told of it, which it is from now on. */
  tell(): readonly Waits[] {
    return this.#untold.splice(0);
  }

  /** Every order that waits, or has been called. */
  get orders(): readonly string[] {
    return [...this.#waiting.keys(), ...this.#called.keys()];
  }

  #of(product: string): readonly Waits[] {
    return [...this.#waiting.values()].filter((one) => one.product === product);
  }
}
