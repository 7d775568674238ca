import { describe, expect, it } from 'vitest';
import { createLedgerPort } from '../../activities/ledger.ts';
import type { Quota } from '../../domain/rules/quota.ts';
import { inTransaction } from '../../ledger/database.ts';
import { claimOrders } from '../../ledger/orders.ts';
import { auditStock } from '../../ledger/stock-audit.ts';
import { receiveLot } from '../../ledger/stock-receipt.ts';
import { markTold, untoldOrders } from '../../ledger/stock-tidings.ts';
import { queueAt } from '../../ledger/waitlist.ts';
import { termsOf } from './capped-orders.ts';
import { holdingsOf, withLedger } from './with-ledger.ts';

const ledger = withLedger();
const at = Date.UTC(2026, 1, 4);

/** Orders of one customer for one product, which each test has of its own; the customer may have 100 units of it. */
class Capped {
  readonly product: string;
  readonly #port = createLedgerPort(ledger.database);
  readonly #quotas: readonly Quota[];

  constructor(product: string) {
    this.product = product;
    this.#quotas = [{ kind: 'units-per-customer', name: 'per-customer', units: 100, products: [product] }];
  }
  async asks(order: string, units: number, wish = 0) {
    const orderId = `${this.product}-${order}`;
    await claimOrders(ledger.database, [{ terms: termsOf(orderId, order.startsWith('other') ? 'other' : this.product, 'H200', 1), policy: 'p' }], at);
    const wanted = { key: this.key(order, wish), orderId, product: this.product, units, customerClass: 'core', at } as const;
    return await this.#port.reserve({ ...wanted, quotas: this.#quotas });
  }
  givesBack(order: string, wish = 0) {
    const orderId = `${this.product}-${order}`;
    return this.#port.release({ key: `${orderId}/release-stock/0`, orderId, reservationKey: this.key(order, wish), at });
  }
  key(order: string, wish = 0): string {
    return `${this.product}-${order}/reserve-stock/${wish}`;
  }
  receive(lot: string, units: number) {
    return receiveLot(ledger.database, { id: `${this.product}-${lot}`, product: this.product, units }, at);
  }
  async queue() {
    const { called, waiting } = await inTransaction(ledger.database, (session) => queueAt(session, this.product, at));
    const names = (orders: typeof called): string[] => orders.map(({ orderId }) => orderId.slice(this.product.length + 1));
    return { called: names(called), waiting: names(waiting) };
  }
  /** Who is to be told, which it is from now on. */
  async told(): Promise<string[]> {
    const untold = (await untoldOrders(ledger.database, 100)).filter(({ orderId }) => orderId.startsWith(`${this.product}-`));
    for (const one of untold) await markTold(ledger.database, one, at);
    return untold.map(({ key }) => key);
  }
}

describe('an order over a quota', () => {
  it('has no units and no place in the queue, is told to nobody, and has nothing to give back', async () => {
    const capped = new Capped('none');
    await capped.receive('a', 60);
    await capped.asks('first', 60);
    expect(await capped.asks('over', 41)).toEqual({ outcome: 'over-quota', quota: 'per-customer', limit: 100, used: 60, left: 40 });
    expect(await capped.queue()).toEqual({ called: [], waiting: [] });
    await capped.receive('b', 100);
    expect(await capped.told()).toEqual([]);
    expect(await holdingsOf(ledger.database, capped.product)).toMatchObject({ reserved: 60, free: 100 });
    expect(await capped.givesBack('over')).toEqual({ released: 0 });
  });

  it('is answered alike under the same key, also when there is room by then, and gets its units under a new one', async () => {
    const capped = new Capped('again');
    await capped.receive('a', 200);
    await capped.asks('first', 60);
    const refused = await capped.asks('over', 41);
    await capped.givesBack('first');
    expect(await capped.asks('over', 41)).toEqual(refused);
    expect(await capped.asks('over', 41, 1)).toMatchObject({ outcome: 'reserved' });
    expect(await capped.asks('over', 41)).toEqual(refused);
    expect(await holdingsOf(ledger.database, capped.product)).toMatchObject({ reserved: 41 });
  });
});

describe('an order that waits and keeps caps', () => {
  it('does not get its units where they leave no room when its turn comes: they go to the next, and it hears of that when it asks again', async () => {
    const capped = new Capped('turn');
    await capped.asks('large', 60);
    await capped.asks('small', 50);
    await capped.asks('other', 50);
    expect(await capped.queue()).toEqual({ called: [], waiting: ['large', 'small', 'other'] });
    await capped.receive('a', 110);
    expect(await capped.queue()).toEqual({ called: ['large', 'other'], waiting: [] });
    expect(await capped.told()).toEqual(['large', 'small', 'other'].map((order) => capped.key(order)));
    expect(await capped.asks('small', 50, 1)).toEqual({ outcome: 'over-quota', quota: 'per-customer', limit: 100, used: 60, left: 40 });
    expect(await capped.asks('large', 60, 1)).toMatchObject({ outcome: 'reserved' });
    expect(await capped.queue()).toEqual({ called: ['other'], waiting: [] });
    expect(await auditStock(ledger.database)).toBeUndefined();
  });

  it('whose turn has passed waits behind the others where there is room when it asks again', async () => {
    const capped = new Capped('passed');
    for (const [order, units] of [
      ['large', 60],
      ['small', 50],
      ['other', 70],
    ] as const)
      await capped.asks(order, units);
    await capped.receive('a', 110);
    await capped.givesBack('large');
    expect(await capped.queue()).toEqual({ called: ['other'], waiting: [] });
    expect(await capped.asks('small', 50, 1)).toEqual({ outcome: 'short', free: 40, place: 1, waiting: 1 });
    expect(await capped.told()).toEqual([capped.key('other')]);
    await capped.receive('b', 10);
    expect(await capped.told()).toEqual([capped.key('small', 1)]);
    expect(await capped.asks('small', 50, 2)).toMatchObject({ outcome: 'reserved' });
  });

  it('leaves the queue where they leave no room when it asks anew, and the call before takes nothing any more', async () => {
    const capped = new Capped('anew');
    await capped.asks('waits', 60);
    await capped.receive('a', 50);
    await capped.asks('first', 50);
    expect(await capped.asks('waits', 60)).toEqual({ outcome: 'short', free: 0, place: 1, waiting: 1 });
    expect(await capped.asks('waits', 60, 1)).toMatchObject({ outcome: 'over-quota', left: 50 });
    expect(await capped.queue()).toEqual({ called: [], waiting: [] });
    await expect(capped.asks('waits', 60)).rejects.toThrow('was released: it cannot be made again');
  });

  it('that is called off after its turn has passed gives nothing back, and nobody is told', async () => {
    const capped = new Capped('off');
    for (const [order, units] of [
      ['large', 60],
      ['small', 50],
    ] as const)
      await capped.asks(order, units);
    await capped.receive('a', 110);
    expect(await capped.givesBack('small')).toEqual({ released: 0 });
    expect(await capped.told()).toEqual([capped.key('large')]);
    expect(await holdingsOf(ledger.database, capped.product)).toMatchObject({ reserved: 60, free: 50 });
  });
});
