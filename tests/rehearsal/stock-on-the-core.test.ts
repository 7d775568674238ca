import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Stock } from '../../rehearsal/core/stock.ts';
import { customerClasses } from '../../domain/terms.ts';
import { createLedgerPort } from '../../activities/ledger.ts';
import type { Quota } from '../../domain/rules/quota.ts';
import { inTransaction } from '../../ledger/database.ts';
import { claimOrders } from '../../ledger/orders.ts';
import { auditStock } from '../../ledger/stock-audit.ts';
import { receiveLot } from '../../ledger/stock-receipt.ts';
import { serveQueue, lockQueues } from '../../ledger/waitlist.ts';
import { untoldOrders, markTold } from '../../ledger/stock-tidings.ts';
import { termsOf } from '../ledger/capped-orders.ts';
import { withLedger } from '../ledger/with-ledger.ts';
import { day, dayZero } from '../support/orders.ts';

const ledger = withLedger();
const orders = 6;

type Move =
  | { readonly does: 'receive'; readonly units: number; readonly opensIn: number | undefined }
  | { readonly does: 'ask' | 'release'; readonly order: number }
  | { readonly does: 'keep'; readonly order: number; readonly units: number }
  | { readonly does: 'tell' };

const order = fc.nat({ max: orders - 1 });
const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('receive' as const),
      units: fc.integer({ min: 1, max: 30 }),
      opensIn: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
    }),
  },
  { weight: 6, arbitrary: fc.record({ does: fc.constant('ask' as const), order }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('release' as const), order }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('keep' as const), order, units: fc.integer({ min: 1, max: 20 }) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('tell' as const) }) },
);

let books = 0;
const outcomes = new Set<string>();

/** The stock of the core beside that of the ledger, and what both answer. */
class Books {
  readonly #name = `P-${(books += 1)}`;
  readonly #core = new Stock();
  readonly #port = createLedgerPort(ledger.database);
  /** How often each order has asked; undefined once it has given back. */
  readonly #asked: (number | undefined)[] = Array.from({ length: orders }, () => 0);
  #lots = 0;
  #at = dayZero;

  /** Orders of two customers. */
  async open(): Promise<void> {
    for (let number = 0; number < orders; number += 1) {
      const terms = termsOf(this.#id(number), `${this.#name}-${number % 2}`, 'H200', 1);
      this.#core.claim(terms);
      await claimOrders(ledger.database, [{ terms, policy: 'p' }], this.#at);
    }
  }

  async make(one: Move): Promise<readonly [core: unknown, real: unknown]> {
    this.#at += 3 * day;
    await this.#openLots();
    switch (one.does) {
      case 'receive':
        return await this.#receive(one.units, one.opensIn);
      case 'ask':
        return await this.#ask(one.order);
      case 'release':
        return await this.#release(one.order);
      case 'keep':
        return await this.#keep(one.order, one.units);
      case 'tell':
        return await this.#tell();
    }
  }

  async #openLots(): Promise<void> {
    const { nextOpening } = this.#core;
    if (nextOpening === undefined || nextOpening > this.#at) return;
    this.#core.open(this.#at);
    await inTransaction(ledger.database, async (session) => {
      await lockQueues(session, [this.#name]);
      await serveQueue(session, this.#name, this.#at);
    });
  }

  readonly #id = (number: number): string => `${this.#name}-${number}`;
  readonly #key = (number: number, wish: number): string => `${this.#id(number)}/reserve-stock/${wish}`;

  async #receive(units: number, opensIn: number | undefined) {
    const opensAt = opensIn === undefined ? undefined : this.#at + opensIn * day;
    const lot = { id: `${this.#name}-lot-${(this.#lots += 1)}`, product: this.#name, units, ...(opensAt !== undefined && { opensAt }) };
    this.#core.receive(lot, this.#at);
    await receiveLot(ledger.database, lot, this.#at);
    return [undefined, undefined] as const;
  }

  async #ask(number: number) {
    const asked = this.#asked[number];
    if (asked === undefined) return [undefined, undefined] as const;
    this.#asked[number] = asked + 1;
    const wanted = { orderId: this.#id(number), key: this.#key(number, asked), product: this.#name, units: 5 + number * 4, at: this.#at };
    const customerClass = customerClasses[number % customerClasses.length] ?? 'core';
    // The last does not keep the cap that the others keep, and counts for it all the same.
    const quotas: readonly Quota[] = [{ kind: 'units-per-customer', name: 'per-customer', units: 20, products: [this.#name] }];
    const asks = { ...wanted, customerClass, ...(number < orders - 1 && { quotas }) };
    const core = this.#core.reserve(asks);
    const real = await this.#port.reserve(asks);
    outcomes.add(real.outcome);
    // An order that has its stock asks no more.
    if (core.outcome === 'reserved') this.#asked[number] = undefined;
    return [core, real] as const;
  }

  async #release(number: number) {
    const asked = this.#wishOf(number);
    if (asked === undefined) return [undefined, undefined] as const;
    this.#asked[number] = undefined;
    const [reservationKey, orderId] = [this.#key(number, asked), this.#id(number)];
    const core = this.#core.release(reservationKey, orderId, this.#at);
    const real = await this.#port.release({ key: `${orderId}/release-stock/0`, orderId, reservationKey, at: this.#at });
    return [{ released: core }, real] as const;
  }

  /** The last call of an order, whatever came of it. */
  #wishOf(number: number): number | undefined {
    for (let wish = 20; wish >= 0; wish -= 1) if (this.#core.unitsOf(this.#key(number, wish)) > 0) return wish;
    const asked = this.#asked[number];
    return asked === undefined || asked === 0 ? undefined : asked - 1;
  }

  async #keep(number: number, units: number) {
    const asked = this.#wishOf(number);
    if (asked === undefined || this.#asked[number] !== undefined) return [undefined, undefined] as const;
    const reservationKey = this.#key(number, asked);
    this.#core.keep(reservationKey, units, this.#at);
    await this.#port.reduce({ key: `${this.#id(number)}/reduce-stock/0`, orderId: this.#id(number), reservationKey, units, at: this.#at });
    return [undefined, undefined] as const;
  }

  async #tell() {
    const core = this.#core.waitlist.tell().map(({ orderId, key }) => ({ orderId, key }));
    const real = (await untoldOrders(ledger.database, 100)).filter(({ orderId }) => orderId.startsWith(`${this.#name}-`));
    for (const one of real) await markTold(ledger.database, one, this.#at);
    return [core, real] as const;
  }
}

it('the stock of the core answers as the ledger does, whatever is done with it, and the books of the ledger add up', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(move, { minLength: 5, maxLength: 30 }), async (moves) => {
      const both = new Books();
      await both.open();
      for (const one of moves) {
        const [core, real] = await both.make(one);
        expect(core).toEqual(real);
      }
      expect(await auditStock(ledger.database)).toBeUndefined();
    }),
    { numRuns: 20 },
  );
  expect([...outcomes].toSorted()).toEqual(['over-quota', 'reserved', 'short']);
}, 120_000);
