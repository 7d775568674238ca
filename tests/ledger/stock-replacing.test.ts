import { describe, expect, it } from 'vitest';
import type { Quota } from '../../domain/rules/quota.ts';
import { serialRange } from '../../edge/serial-range.ts';
import { query } from '../../ledger/database.ts';
import { claimOrders } from '../../ledger/orders.ts';
import { auditStock } from '../../ledger/stock-audit.ts';
import type { Finding } from '../../ledger/stock-quarantine.ts';
import { reserveUnits } from '../../ledger/stock-queue.ts';
import { receiveLot } from '../../ledger/stock-receipt.ts';
import { type FailedInStock, replaceUnits } from '../../ledger/stock-replacing.ts';
import { shipUnits } from '../../ledger/stock-shipments.ts';
import { releaseUnits } from '../../ledger/stock.ts';
import { unitsInUse } from '../../ledger/units-in-use.ts';
import { termsOf } from './capped-orders.ts';
import { holdingsOf, withLedger } from './with-ledger.ts';

const ledger = withLedger();
const at = Date.UTC(2026, 1, 4);
const day = 86_400_000;

const lot = (product: string, name: string, units: number, more: { readonly serials?: string; readonly opensAt?: number } = {}) =>
  receiveLot(
    ledger.database,
    {
      ...{ id: `${product}-${name}`, product, units },
      ...(more.serials !== undefined && { serials: [serialRange.parse(more.serials)] }),
      ...(more.opensAt !== undefined && { opensAt: more.opensAt }),
    },
    at,
  );
const reserve = (product: string, units: number, order = product, quotas?: readonly Quota[]) =>
  reserveUnits(ledger.database, { customerClass: 'core', key: `${order}/r`, orderId: order, product, units, at, ...(quotas && { quotas }) });
const failing = (product: string, what: Finding['what'], wish = 0, changes: Partial<FailedInStock> = {}): FailedInStock => ({
  ...{ key: `${product}/replace-units/${wish}`, orderId: product, reservationKey: `${product}/r`, lot: `${product}-a`, what, reason: 'bandwidth', at },
  ...changes,
});
const replace = (product: string, what: Finding['what'], wish = 0, changes: Partial<FailedInStock> = {}) =>
  replaceUnits(ledger.database, failing(product, what, wish, changes));
const heldBy = (order: string) =>
  query(ledger.database, 'select lot_id as lot, units from reservation_lots where reservation_key = $1 order by 1', [`${order}/r`]);
const holdings = (product: string) => holdingsOf(ledger.database, product);
const soundBooks = async (): Promise<void> => expect(await auditStock(ledger.database)).toBeUndefined();

describe('units of a reservation that failed', () => {
  it('are set apart, and others taken from the oldest open lots in their place', async () => {
    await lot('u1', 'a', 6);
    await lot('u1', 'b', 4);
    await lot('u1', 'late', 9, { opensAt: at + day });
    await reserve('u1', 5);
    expect(await replace('u1', { units: 3 })).toEqual({
      replaced: [
        { lot: 'u1-a', units: 1 },
        { lot: 'u1-b', units: 2 },
      ],
      missing: 0,
    });
    expect(await heldBy('u1')).toEqual([
      { lot: 'u1-a', units: 3 },
      { lot: 'u1-b', units: 2 },
    ]);
    expect(await holdings('u1')).toEqual({ received: 19, free: 11, reserved: 5, quarantined: 3, shipped: 0 });
    await soundBooks();
  });

  it('leave the reservation as small as it is where stock has too few, and it ships so', async () => {
    await lot('u2', 'a', 6);
    await reserve('u2', 5);
    expect(await replace('u2', { units: 3 })).toEqual({ replaced: [{ lot: 'u2-a', units: 1 }], missing: 2 });
    await shipUnits(ledger.database, { key: 'u2/ship/0', orderId: 'u2', reservationKey: 'u2/r', policyEpoch: 0, at });
    expect(await holdings('u2')).toEqual({ received: 6, free: 0, reserved: 0, quarantined: 3, shipped: 3 });
    await soundBooks();
  });

  it('are all that it had, and it has none', async () => {
    await lot('u3', 'a', 5);
    await reserve('u3', 5);
    expect(await replace('u3', { units: 5 })).toEqual({ replaced: [], missing: 5 });
    expect(await releaseUnits(ledger.database, { orderId: 'u3', reservationKey: 'u3/r', at })).toEqual({ released: 0 });
    await soundBooks();
  });

  it('are set apart by their numbers', async () => {
    await lot('u4', 'a', 10, { serials: 'A-01..A-10' });
    await reserve('u4', 5);
    expect(await replace('u4', serialRange.parse('A-02..A-03'))).toEqual({ replaced: [{ lot: 'u4-a', units: 2 }], missing: 0 });
    expect(await query(ledger.database, 'select serial from quarantined_serials where lot = $1 order by 1', ['u4-a'])).toEqual([
      { serial: 'A-02' },
      { serial: 'A-03' },
    ]);
    await soundBooks();
  });

  it('are replaced once by the key of the step: the same answer whatever has come into stock since, also for calls at the same moment', async () => {
    await lot('u5', 'a', 5);
    await reserve('u5', 5);
    const pools = [ledger.pool(), ledger.pool(), ledger.pool()];
    const none = { replaced: [], missing: 2 };
    expect(await Promise.all(pools.map((pool) => replaceUnits(pool, failing('u5', { units: 2 }))))).toEqual([none, none, none]);
    await lot('u5', 'b', 5);
    expect(await replace('u5', { units: 2 })).toEqual(none);
    expect(await replace('u5', { units: 2 }, 1)).toEqual({ replaced: [{ lot: 'u5-b', units: 2 }], missing: 0 });
    expect(await holdings('u5')).toEqual({ received: 10, free: 3, reserved: 3, quarantined: 4, shipped: 0 });
    await soundBooks();
  });

  it('are replaced before those who wait are served, since the order had its units', async () => {
    await lot('u6', 'a', 8);
    await reserve('u6', 5);
    expect(await reserve('u6', 4, 'u6-waits')).toMatchObject({ outcome: 'short', free: 3 });
    expect(await replace('u6', { units: 2 })).toEqual({ replaced: [{ lot: 'u6-a', units: 2 }], missing: 0 });
    expect(await reserve('u6', 4, 'u6-waits')).toMatchObject({ outcome: 'short', place: 1 });
    await soundBooks();
  });

  it('do not take what has been set aside for an order that was called', async () => {
    await lot('u7', 'a', 5);
    await reserve('u7', 5);
    await reserve('u7', 3, 'u7-called');
    await lot('u7', 'b', 4);
    expect(await replace('u7', { units: 2 })).toEqual({ replaced: [{ lot: 'u7-b', units: 1 }], missing: 1 });
    expect(await reserve('u7', 3, 'u7-called')).toMatchObject({ outcome: 'reserved', lots: [{ lot: 'u7-b', units: 3 }] });
    await soundBooks();
  });

  it('no longer count for the quota of their customer, and the others do', async () => {
    const quotas: readonly Quota[] = [{ kind: 'units-per-customer', name: 'cap', units: 8, products: ['u8'] }];
    const orders = ['u8', 'u8-next'].map((id) => ({ terms: termsOf(id, 'u8-customer', 'H200', 5), policy: 'p' }));
    await claimOrders(ledger.database, orders, at);
    await lot('u8', 'a', 6);
    await reserve('u8', 5, 'u8', quotas);
    const used = async () => (await unitsInUse(ledger.database)).filter(({ product }) => product === 'u8').map(({ units }) => units);
    expect(await used()).toEqual([5]);
    expect(await replace('u8', { units: 1 })).toMatchObject({ missing: 0 });
    expect(await used()).toEqual([5]);
    expect(await replace('u8', { units: 1 }, 1)).toMatchObject({ missing: 1 });
    expect(await used()).toEqual([4]);
    await lot('u8', 'b', 20);
    expect(await reserve('u8', 5, 'u8-next', quotas)).toMatchObject({ outcome: 'over-quota', left: 4 });
    await soundBooks();
  });

  it('of two orders that want the last others are replaced for one of them', async () => {
    await lot('u9', 'a', 12);
    await reserve('u9', 5);
    await reserve('u9', 5, 'u9-too');
    const two = [failing('u9', { units: 2 }), failing('u9', { units: 2 }, 1, { orderId: 'u9-too', reservationKey: 'u9-too/r' })];
    const answers = await Promise.all(two.map((one) => replaceUnits(ledger.pool(), one)));
    expect(answers.map(({ missing }) => missing).toSorted((a, b) => a - b)).toEqual([0, 2]);
    expect(await holdings('u9')).toEqual({ received: 12, free: 0, reserved: 8, quarantined: 4, shipped: 0 });
    await soundBooks();
  });
});

describe('a finding that does not fit is refused, and nothing is written', () => {
  const numbered = serialRange.parse('A-02..A-03');
  it.each<[string, string, string, Finding['what'], Partial<FailedInStock>]>([
    ['an unknown lot', 'lot-unknown', 'lot nowhere is not in the ledger', { units: 1 }, { lot: 'nowhere' }],
    ['a lot of another reservation', 'units-short', 'has not 1 units of lot', { units: 1 }, { lot: 'f-other-b' }],
    ['more than the reservation has', 'units-short', 'has not 9 units of lot', serialRange.parse('A-02..A-10'), {}],
    ['how many, and not which', 'serials-unknown', 'say which of them', { units: 2 }, {}],
    ['a number that the lot has not', 'serials-unknown', 'its serial numbers are A-01..A-10', serialRange.parse('A-10..A-11'), {}],
    ['a number that is set apart already', 'serials-quarantined', '1 of A-01..A-02', serialRange.parse('A-01..A-02'), {}],
    ['a reservation that is none', 'reservation-unknown', 'is not in the ledger', numbered, { reservationKey: 'never' }],
    ['the reservation of another order', 'reservation-unknown', 'not of somebody', numbered, { orderId: 'somebody' }],
  ])('%s', async (what, code, why, found, changes) => {
    const product = `f-${what.replaceAll(' ', '-')}`;
    await lot(product, 'a', 10, { serials: 'A-01..A-10' });
    await reserve(product, 5);
    await replace(product, serialRange.parse('A-01..A-01'), 1);
    if (changes.lot?.startsWith('f-other')) await lot('f-other', 'b', 3);
    const before = [await holdings(product), await heldBy(product)];
    await expect(replace(product, found, 2, changes)).rejects.toMatchObject({ name: 'StockRefused', code, message: expect.stringContaining(why) as unknown });
    expect([await holdings(product), await heldBy(product)]).toEqual(before);
    await soundBooks();
  });

  it('units of a reservation that was given back', async () => {
    await lot('f-back', 'a', 5);
    await reserve('f-back', 5);
    await releaseUnits(ledger.database, { orderId: 'f-back', reservationKey: 'f-back/r', at });
    await expect(replace('f-back', { units: 1 })).rejects.toThrow('reservation f-back/r is released; expected one that is reserved');
  });
});
