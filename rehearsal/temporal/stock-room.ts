import { setTimeout as wait } from 'node:timers/promises';
import type { Engine } from '../../engine/connect.ts';
import { EngineError } from '../../engine/errors.ts';
import { giveStock } from '../../engine/stock.ts';
import type { Database } from '../../ledger/database.ts';
import { openQueues } from '../../ledger/stock-openings.ts';
import { type Lot, receiveLot } from '../../ledger/stock-receipt.ts';
import { calledSince, isSomebodyUntold, waitingOrders } from '../../ledger/stock-tidings.ts';

const patienceMs = 60_000;
const pollMs = 20;

/** The stock of a story on a real ledger: lots that come in and open, and who waits for them. Times are the engine's, in epoch milliseconds. */
export class StockRoom {
  readonly #engine: Engine;
  readonly #database: Database;
  #openings: number[] = [];
  /** The last entry of the waitlist's journal that was looked at. */
  #seen = '0';

  constructor(engine: Engine, database: Database) {
    this.#engine = engine;
    this.#database = database;
  }

  async receive(lot: Lot, at: number): Promise<void> {
    await receiveLot(this.#database, lot, at);
    if (lot.opensAt !== undefined && lot.opensAt > at) this.#openings.push(lot.opensAt);
    await this.#give();
  }

  /** When the next lot opens; undefined where all have. */
  get nextOpening(): number | undefined {
    return this.#openings.toSorted((a, b) => a - b)[0];
  }

  async open(at: number): Promise<void> {
    this.#openings = this.#openings.filter((opening) => opening > at);
    await openQueues(this.#database, at);
    await this.#give();
  }

  /** The orders that wait for stock, or have been called and not come for it. */
  async waiting(): Promise<string[]> {
    return await waitingOrders(this.#database);
  }

  /** Returns when everybody who has been called has been told; answers who was called since this was asked last. */
  async told(): Promise<string[]> {
    for (const until = Date.now() + patienceMs; await isSomebodyUntold(this.#database); await wait(pollMs))
      if (Date.now() > until) throw new EngineError('no-worker', `nobody has told the orders for which stock was set aside within ${patienceMs / 1_000} s`);
    const called = await calledSince(this.#database, this.#seen);
    this.#seen = called.at(-1)?.position ?? this.#seen;
    return called.map(({ orderId }) => orderId);
  }

  async #give(): Promise<void> {
    if (await isSomebodyUntold(this.#database)) await giveStock(this.#engine.client, this.#engine.taskQueue);
  }
}
