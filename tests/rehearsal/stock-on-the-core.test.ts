import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CoreWorld } from '../../rehearsal/core/world.ts';
import type { Call, StepName } from '../../domain/steps.ts';
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
import { everything, failing, type Move, move, orders, overCap } from './stock-moves.ts';

const ledger = withLedger();
let books = 0;

/** What was answered, or the fault in its words, which people read. */
const toldOf = <A extends object>(answer: Promise<A>): Promise<A | string> =>
  answer.catch((error: unknown) => (error instanceof Error ? error.message : String(error)));

/** The stock of the core beside that of the ledger, and what both answer. */
class Books {
  readonly #name = `P-${(books += 1)}`;
  readonly #world = new CoreWorld('tests');
  readonly #core = this.#world.stock;
  readonly #port = createLedgerPort(ledger.database);
  /** How often each order has asked; undefined once it has given back. */
  readonly #asked: (number | undefined)[] = Array.from({ length: orders }, () => 0);
  /** The call by which each order got its stock. */
  readonly #got: (number | undefined)[] = Array.from({ length: orders }, () => undefined);
  /** How many shipments each order has asked for. */
  readonly #waves: number[] = Array.from({ length: orders }, () => 0);
  /** How often each order has told of units that failed. */
  readonly #failings: number[] = Array.from({ length: orders }, () => 0);
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
      case 'release the rest':
        return await this.#release(one.order, one.left);
      case 'ship':
        return await this.#ship(one);
      case 'replace':
        return await this.#replace(one);
      case 'return':
        return await this.#return(one);
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

  /** An order that has its stock asks under the same call once more. */
  async #ask(number: number) {
    const asked = this.#asked[number] ?? this.#got[number];
    if (asked === undefined) return [undefined, undefined] as const;
    const occasion = { orderId: this.#id(number), key: this.#key(number, asked), at: this.#at };
    // The last does not keep the cap that the others keep, and counts for it all the same.
    const quotas: readonly Quota[] = [{ kind: 'units-per-customer', name: 'per-customer', units: 30, products: [this.#name] }];
    const wanted = { product: this.#name, units: 5 + number * 4, customerClass: customerClasses[number % customerClasses.length] ?? 'core' };
    const input = { ...wanted, ...(number < orders - 1 && { quotas }) };
    const core = this.#onCore({ step: 'reserve-stock', key: occasion.key, input }, occasion.orderId);
    const real = await toldOf(this.#port.reserve({ ...occasion, ...input }));
    if (this.#asked[number] !== undefined) this.#asked[number] = asked + 1;
    if (typeof real !== 'string' && 'lots' in real) [this.#asked[number], this.#got[number]] = [undefined, asked];
    return [core, real] as const;
  }

  async #release(number: number, waves?: readonly number[]) {
    const asked = this.#wishOf(number);
    if (asked === undefined) return [undefined, undefined] as const;
    this.#asked[number] = undefined;
    const [reservationKey, orderId] = [this.#key(number, asked), this.#id(number)];
    const left = waves?.map((wave) => this.#shipment(number, wave));
    const core = this.#core.release(reservationKey, orderId, this.#at, left);
    const real = await this.#port.release({ key: `${orderId}/release-stock/0`, orderId, reservationKey, at: this.#at, ...(left && { left }) });
    return [{ released: core }, real] as const;
  }

  readonly #shipment = (number: number, wave: number): string => `${this.#id(number)}/ship/${wave}`;

  /** The next shipment of an order, or the one before once more. */
  async #ship({ order: number, units, isAgain }: Extract<Move, { does: 'ship' }>) {
    const asked = this.#got[number];
    if (asked === undefined) return [undefined, undefined] as const;
    const waves = this.#waves[number] ?? 0;
    const wave = isAgain && waves > 0 ? waves - 1 : waves;
    this.#waves[number] = wave + 1;
    const call = { key: this.#shipment(number, wave), orderId: this.#id(number), at: this.#at };
    const input = { reservationKey: this.#key(number, asked), bookingReference: 'B', policyEpoch: 0, ...(units !== undefined && { units }) };
    const core = this.#onCore({ step: 'ship', key: call.key, input }, call.orderId);
    const real = await toldOf(this.#port.ship({ ...call, ...input }));
    // The ledger knows no waybill.
    return [typeof core === 'object' && core && 'waybill' in core ? { outcome: 'shipped' } : core, real] as const;
  }

  /** Units of an order fail, or the call before comes once more. */
  async #replace({ order: number, lot, units, isAgain }: Extract<Move, { does: 'replace' }>) {
    const asked = this.#got[number] ?? (this.#asked[number] === 0 ? 0 : undefined);
    if (asked === undefined) return [undefined, undefined] as const;
    const failings = this.#failings[number] ?? 0;
    const wish = isAgain && failings > 0 ? failings - 1 : failings;
    this.#failings[number] = wish + 1;
    const call = { key: `${this.#id(number)}/replace-units/${wish}`, orderId: this.#id(number), at: this.#at };
    const input = { reservationKey: this.#key(number, asked), lot: `${this.#name}-lot-${lot}`, units, reason: 'failed' };
    const core = this.#onCore({ step: 'replace-units', key: call.key, input }, call.orderId);
    return [core, await toldOf(this.#port.replace({ ...call, ...input }))] as const;
  }

  async #return({ order: number, wave }: Extract<Move, { does: 'return' }>) {
    const call = { key: `${this.#id(number)}/quarantine-return/${wave}`, orderId: this.#id(number), at: this.#at };
    const input = { shipmentKey: this.#shipment(number, wave), reason: 'refused' };
    const core = this.#onCore({ step: 'quarantine-return', key: call.key, input }, call.orderId);
    return [core, await toldOf(this.#port.quarantineReturn({ ...call, ...input }))] as const;
  }

  #onCore<S extends StepName>(call: Call<S>, orderId: string): unknown {
    const performed = this.#world.perform(call, orderId, this.#at);
    return 'result' in performed ? performed.result : performed.failed;
  }

  /** The last call of an order, whatever came of it. */
  #wishOf(number: number): number | undefined {
    const asked = this.#asked[number];
    return this.#got[number] ?? (asked === undefined || asked === 0 ? undefined : asked - 1);
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
  const met = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(move, { minLength: 5, maxLength: 30 }), async (moves) => {
      const both = new Books();
      await both.open();
      for (const one of moves) {
        const [core, real] = await both.make(one);
        expect(core).toEqual(real);
        met.add(`${one.does}: ${JSON.stringify(core)}`);
      }
      expect(await auditStock(ledger.database)).toBeUndefined();
    }),
    { numRuns: 20, examples: [[everything], [overCap], [failing]] },
  );
  for (const what of [
    ...['ship: {"outcome":"shipped"}', 'has 10 units reserved, and 12', 'is not reserved', 'return: {"quarantined":6}', 'has no shipment', 'never left'],
    ...[
      '"missing":0',
      '"missing":1',
      'units of lot',
      'is shipped; expected one that is reserved',
      'is not in the ledger; expected one',
      'not in the ledger; twokey stock',
    ],
    ...['release the rest: {"released":15}', 'release the rest: {"released":0}', 'was released: it cannot be made again'],
    ...['ask: {"outcome":"over-quota"', 'ask: {"outcome":"short"'],
  ])
    expect([...met].join()).toContain(what);
}, 120_000);
