import { beforeEach, describe, expect, it } from 'vitest';
import { createLedgerPort } from '../../activities/ledger.ts';
import { createStockActivities } from '../../activities/stock-receipt.ts';
import { defaultQueueRules } from '../../domain/rules/priority.ts';
import type { OrderTerms } from '../../domain/terms.ts';
import { inTransaction, query } from '../../ledger/database.ts';
import { auditStock } from '../../ledger/stock-audit.ts';
import { receiveLot } from '../../ledger/stock-receipt.ts';
import { isSomebodyUntold, untoldOrders } from '../../ledger/stock-tidings.ts';
import { queueAt } from '../../ledger/waitlist.ts';
import { day, dayZero } from '../support/orders.ts';
import { withLedger } from './with-ledger.ts';

const ledger = withLedger();
const key = (order: string, wish = 0): string => `${order}/reserve-stock/${wish}`;

/** The stock of one product, which each test has of its own. */
class Stock {
  readonly #product: string;
  at = dayZero;
  /** How often those who wait were to be told. */
  given = 0;
  readonly #port = createLedgerPort(ledger.database, async () => void (this.given += 1));

  constructor(product: string) {
    this.#product = product;
  }

  receive(lot: string, units: number, opensAt?: number) {
    return receiveLot(ledger.database, { id: `${this.#product}-${lot}`, product: this.#product, units, ...(opensAt !== undefined && { opensAt }) }, this.at);
  }
  asks(order: string, units: number, { customerClass = 'core', wish = 0 }: { customerClass?: OrderTerms['customerClass']; wish?: number } = {}) {
    const orderId = `${this.#product}-${order}`;
    return this.#port.reserve({ key: key(orderId, wish), orderId, product: this.#product, units, customerClass, at: this.at });
  }
  givesBack(order: string, wish = 0) {
    const orderId = `${this.#product}-${order}`;
    return this.#port.release({ key: `${orderId}/release-stock/0`, orderId, reservationKey: key(orderId, wish), at: this.at });
  }
  async queue(): Promise<{ called: string[]; waiting: string[] }> {
    const { called, waiting } = await inTransaction(ledger.database, (session) => queueAt(session, this.#product, this.at));
    const names = (orders: typeof called): string[] => orders.map(({ orderId }) => orderId.slice(this.#product.length + 1));
    return { called: names(called), waiting: names(waiting) };
  }
  rules(discipline: 'strict' | 'fit', agingDays: number | null = 30) {
    return query(ledger.database, 'insert into queue_rules (product, discipline, aging_days) values ($1, $2, $3)', [this.#product, discipline, agingDays]);
  }
}

describe('an order that is short of stock', () => {
  it('waits in the place that its class and its arrival give it, and is told which', async () => {
    const stock = new Stock('place');
    await stock.receive('a', 5);
    expect(await stock.asks('reseller', 10, { customerClass: 'reseller' })).toEqual({ outcome: 'short', free: 5, place: 1, waiting: 1 });
    expect(await stock.asks('core', 10)).toEqual({ outcome: 'short', free: 5, place: 1, waiting: 2 });
    expect(await stock.asks('later', 10)).toEqual({ outcome: 'short', free: 5, place: 2, waiting: 3 });
    expect(await stock.queue()).toEqual({ called: [], waiting: ['core', 'later', 'reseller'] });
  });

  it('gets what comes in while it waits by its next call, and nobody else gets it in between', async () => {
    const stock = new Stock('next');
    await stock.asks('first', 10);
    await stock.receive('a', 10);
    expect(await stock.queue()).toEqual({ called: ['first'], waiting: [] });
    expect(await stock.asks('second', 1)).toEqual({ outcome: 'short', free: 0, place: 1, waiting: 1 });
    expect(await stock.asks('first', 10, { wish: 1 })).toEqual({ outcome: 'reserved', lots: [{ lot: 'next-a', units: 10 }] });
    expect(await stock.asks('first', 10, { wish: 1 })).toMatchObject({ outcome: 'reserved' });
    await expect(stock.asks('first', 10)).rejects.toThrow('was released: it cannot be made again');
    expect(await auditStock(ledger.database)).toBeUndefined();
  });

  it('gets it by the same call made again, too', async () => {
    const stock = new Stock('again');
    await stock.asks('first', 10);
    await stock.receive('a', 12);
    expect(await stock.asks('first', 10)).toEqual({ outcome: 'reserved', lots: [{ lot: 'again-a', units: 10 }] });
    expect(await stock.queue()).toEqual({ called: [], waiting: [] });
  });

  it('keeps its arrival when it asks again, and a call of before that comes late does not put it back', async () => {
    const stock = new Stock('late');
    await stock.asks('first', 10);
    await stock.asks('second', 10);
    await stock.asks('first', 10, { wish: 1 });
    expect((await stock.queue()).waiting).toEqual(['first', 'second']);
    await expect(stock.asks('first', 10)).rejects.toThrow('was released');
    await stock.receive('a', 10);
    expect(await stock.asks('first', 10, { wish: 2 })).toMatchObject({ outcome: 'reserved' });
  });

  it('that has become smaller gives the rest to the next', async () => {
    const stock = new Stock('smaller');
    await stock.asks('first', 10);
    await stock.asks('second', 4);
    await stock.receive('a', 10);
    expect(await stock.asks('first', 6, { wish: 1 })).toEqual({ outcome: 'reserved', lots: [{ lot: 'smaller-a', units: 6 }] });
    expect(await stock.queue()).toEqual({ called: ['second'], waiting: [] });
  });

  it('that ends gives its place up, and what was set aside for it goes to the next in the same moment', async () => {
    const stock = new Stock('ends');
    await stock.asks('first', 10);
    await stock.asks('second', 10);
    await stock.receive('a', 10);
    expect(await stock.givesBack('first')).toEqual({ released: 10 });
    expect(await stock.queue()).toEqual({ called: ['second'], waiting: [] });
    expect(await stock.givesBack('second')).toEqual({ released: 10 });
    expect(await stock.queue()).toEqual({ called: [], waiting: [] });
    expect(stock.given).toBeGreaterThan(0);
    expect(await auditStock(ledger.database)).toBeUndefined();
  });
});

describe('the queue for a product', () => {
  it('passes over who is too large, or waits for it where its rules are strict', async () => {
    for (const [discipline, called] of [
      ['fit', ['small']],
      ['strict', []],
    ] as const) {
      const stock = new Stock(`discipline-${discipline}`);
      await stock.rules(discipline);
      await stock.asks('large', 100);
      await stock.asks('small', 10);
      await stock.receive('a', 50);
      expect((await stock.queue()).called).toEqual(called);
      await stock.receive('b', 60);
      expect((await stock.queue()).called.toSorted()).toEqual(['large', 'small']);
    }
  });

  it('holds a newcomer back where it is strict, though there is enough for it', async () => {
    const stock = new Stock('newcomer');
    await stock.rules('strict');
    await stock.receive('a', 50);
    await stock.asks('large', 100);
    expect(await stock.asks('small', 10)).toMatchObject({ outcome: 'short', free: 50, place: 2 });
    expect(await stock.asks('core-first', 10, { customerClass: 'core' })).toMatchObject({ outcome: 'short', place: 3 });
  });

  it('lifts who has waited for 30 days into the class above', async () => {
    const stock = new Stock('aging');
    await stock.asks('old', 10, { customerClass: 'standard' });
    stock.at += 30 * day;
    await stock.asks('young', 10);
    await stock.receive('a', 10);
    expect((await stock.queue()).called).toEqual(['old']);
  });

  it('begins with the rules that the core tells stories by', async () => {
    expect(await query(ledger.database, `select discipline, aging_days from queue_rules where product = '*'`)).toEqual([
      { discipline: defaultQueueRules.discipline, aging_days: (defaultQueueRules.agingMs ?? 0) / day },
    ]);
  });
});

describe('who was called', () => {
  const orders = (gone: readonly string[] = []) => {
    const told: string[] = [];
    const activities = createStockActivities({
      database: ledger.database,
      tell: async (orderId) => {
        if (gone.includes(orderId)) return 'closed';
        told.push(orderId);
        return 'told';
      },
      heartbeat: () => undefined,
    });
    return { told, give: (at: number) => activities['give-stock']({ at }) };
  };

  // Who was called in the tests before.
  beforeEach(async () => {
    while (!(await orders().give(dayZero)).isDone);
  });

  it('is told once, in the order of the calls, and what an order that is closed does not take goes to the next', async () => {
    const stock = new Stock('told');
    for (const order of ['a', 'b', 'c']) await stock.asks(order, 10);
    await stock.receive('lot', 20);
    const { told, give } = orders(['told-a']);
    expect(await give(stock.at)).toMatchObject({ told: 2, isDone: false });
    expect(await give(stock.at)).toMatchObject({ told: 1, isDone: true });
    expect(told).toEqual(['told-b', 'told-c']);
    expect(await isSomebodyUntold(ledger.database)).toBe(false);
    expect(await give(stock.at)).toMatchObject({ told: 0, isDone: true });
  });

  it('is told again where who told it died before that was written down', async () => {
    const stock = new Stock('died');
    await stock.asks('a', 10);
    await stock.receive('lot', 10);
    const dying = createStockActivities({ database: ledger.database, tell: () => Promise.reject(new Error('killed')), heartbeat: () => undefined });
    await expect(dying['give-stock']({ at: stock.at })).rejects.toThrow('killed');
    const { told, give } = orders();
    await give(stock.at);
    expect(told).toEqual(['died-a']);
  });

  it('waits for a lot to open, and gets it on its day though nobody does anything', async () => {
    const stock = new Stock('opens');
    const opensAt = dayZero + 10 * day;
    await stock.asks('a', 10);
    await stock.receive('lot', 10, opensAt);
    expect(await untoldOrders(ledger.database, 10)).toEqual([]);
    const { told, give } = orders();
    expect(await give(dayZero + 9 * day)).toMatchObject({ told: 0, opensAt });
    expect(await give(opensAt)).toMatchObject({ told: 1, opensAt: null });
    expect(told).toEqual(['opens-a']);
  });
});
