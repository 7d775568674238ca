import { describe, expect, it } from 'vitest';
import { serialRange } from '../../edge/serial-range.ts';
import { query } from '../../ledger/database.ts';
import { claimOrders } from '../../ledger/orders.ts';
import { recordChange } from '../../ledger/policy-board.ts';
import { auditStock } from '../../ledger/stock-audit.ts';
import { quarantineUnits, restoreUnits } from '../../ledger/stock-quarantine.ts';
import { reserveUnits } from '../../ledger/stock-queue.ts';
import { receiveLot } from '../../ledger/stock-receipt.ts';
import { quarantineReturn } from '../../ledger/stock-return.ts';
import { shipUnits } from '../../ledger/stock-shipments.ts';
import { reduceUnits, releaseUnits } from '../../ledger/stock.ts';
import { unitsInUse } from '../../ledger/units-in-use.ts';
import { termsOf } from './capped-orders.ts';
import { holdingsOf, withLedger } from './with-ledger.ts';

const ledger = withLedger();
const at = Date.UTC(2026, 1, 4);

/** Ten units of a product of its own name in two lots, of which an order has reserved so many. */
async function reserved(name: string, units: number): Promise<void> {
  for (const lot of ['a', 'b']) await receiveLot(ledger.database, { id: `${name}-${lot}`, product: name, units: 5 }, at);
  await reserve(name, units);
}
const reserve = (name: string, units: number, order = name) =>
  reserveUnits(ledger.database, { customerClass: 'core', key: `${order}/r`, orderId: order, product: name, units, at });
const ship = (name: string, wish: number, units?: number, policyEpoch = 0) =>
  shipUnits(ledger.database, {
    ...{ key: `${name}/ship/${wish}`, orderId: name, reservationKey: `${name}/r`, policyEpoch, at },
    ...(units !== undefined && { units }),
  });
const release = (name: string, ...left: readonly number[]) =>
  releaseUnits(ledger.database, { orderId: name, reservationKey: `${name}/r`, left: left.map((wish) => `${name}/ship/${wish}`), at });
const comesBack = (name: string, wish: number, step = 0, orderId = name) =>
  quarantineReturn(ledger.database, { key: `${name}/quarantine-return/${step}`, orderId, shipmentKey: `${name}/ship/${wish}`, reason: 'refused', at });
const holdings = (name: string) => holdingsOf(ledger.database, name);
const tookOf = (name: string) =>
  query(ledger.database, `select shipment_key as key, lot_id as lot, units from shipment_lots where starts_with(shipment_key, $1) order by 1, 2`, [`${name}/`]);
const soundBooks = async (): Promise<void> => expect(await auditStock(ledger.database)).toBeUndefined();

describe('a reservation that leaves in parts', () => {
  it('gives the first lots by name first, and keeps the rest under its key', async () => {
    await reserved('p1', 9);
    expect(await ship('p1', 0, 3)).toEqual({ outcome: 'shipped' });
    expect(await holdings('p1')).toEqual({ received: 10, free: 1, reserved: 6, quarantined: 0, shipped: 3 });
    await soundBooks();
    expect(await ship('p1', 1, 4)).toEqual({ outcome: 'shipped' });
    expect(await ship('p1', 2)).toEqual({ outcome: 'shipped' });
    expect(await holdings('p1')).toEqual({ received: 10, free: 1, reserved: 0, quarantined: 0, shipped: 9 });
    expect(await tookOf('p1')).toEqual([
      { key: 'p1/ship/0', lot: 'p1-a', units: 3 },
      { key: 'p1/ship/1', lot: 'p1-a', units: 2 },
      { key: 'p1/ship/1', lot: 'p1-b', units: 2 },
      { key: 'p1/ship/2', lot: 'p1-b', units: 2 },
    ]);
    await soundBooks();
  });

  it('ships each part once by its key, also where the call comes several times at the same moment', async () => {
    await reserved('p2', 10);
    const pools = [ledger.pool(), ledger.pool(), ledger.pool()];
    const one = { key: 'p2/ship/0', orderId: 'p2', reservationKey: 'p2/r', policyEpoch: 0, units: 3, at };
    expect(await Promise.all(pools.map((pool) => shipUnits(pool, one)))).toEqual(pools.map(() => ({ outcome: 'shipped' })));
    expect(await ship('p2', 0, 3)).toEqual({ outcome: 'shipped' });
    expect(await holdings('p2')).toMatchObject({ reserved: 7, shipped: 3 });
  });

  it('does not ship more than it has, nor a part that is none, and nothing is written', async () => {
    await reserved('p3', 6);
    await ship('p3', 0, 4);
    await expect(ship('p3', 1, 3)).rejects.toThrow('reservation p3/r has 2 units reserved, and 3 are to leave');
    for (const units of [0, -1, 0.5]) await expect(ship('p3', 1, units)).rejects.toThrow(`shipment p3/ship/1: ${units} units; expected a whole number from 1`);
    expect(await holdings('p3')).toMatchObject({ reserved: 2, shipped: 4 });
    await ship('p3', 1);
    await expect(ship('p3', 2, 1)).rejects.toThrow('p3/r is not reserved');
    await soundBooks();
  });

  it('all of which has failed ships nothing', async () => {
    await reserved('p4', 5);
    await quarantineUnits(ledger.database, { key: 'p4/q', lot: 'p4-a', what: { units: 5 }, reservationKey: 'p4/r', reason: 'failed', at });
    await expect(ship('p4', 0)).rejects.toThrow('reservation p4/r has 0 units reserved, and all are to leave');
    await expect(reserve('p4', 5)).rejects.toThrow('reservation p4/r has lost all its units');
  });

  it('is held back by a policy change that came after its first part', async () => {
    await reserved('p5', 10);
    await ship('p5', 0, 5);
    const hold = await recordChange(ledger.database, { orderId: 'p5', id: 'P-1', effect: 'hold', reason: 'review' });
    expect(await ship('p5', 1, 5)).toEqual({ outcome: 'stale-epoch', changes: [hold] });
    expect(await ship('p5', 0, 5)).toEqual({ outcome: 'shipped' });
    expect(await holdings('p5')).toMatchObject({ reserved: 5, shipped: 5 });
  });

  it('answers a second call that reserves it as the first, however much of it has left', async () => {
    await reserved('p6', 8);
    const first = await reserve('p6', 8);
    for (const [wish, units] of [
      [0, 6],
      [1, 2],
    ] as const) {
      await ship('p6', wish, units);
      expect(await reserve('p6', 8)).toEqual(first);
    }
  });

  it('keeps of the rest what the order is still for', async () => {
    await reserved('p7', 10);
    await ship('p7', 0, 3);
    await reduceUnits(ledger.database, { reservationKey: 'p7/r', units: 4, at });
    expect(await holdings('p7')).toEqual({ received: 10, free: 3, reserved: 4, quarantined: 0, shipped: 3 });
    await reduceUnits(ledger.database, { reservationKey: 'p7/r', units: 0, at });
    expect(await holdings('p7')).toMatchObject({ free: 7, reserved: 0 });
    await soundBooks();
  });
});

describe('giving back what has left in part', () => {
  it('leaves what is known to have left, and serves who waits with the rest', async () => {
    await reserved('g1', 10);
    await ship('g1', 0, 4);
    expect(await reserve('g1', 6, 'g1-next')).toMatchObject({ outcome: 'short', free: 0 });
    expect([await release('g1', 0), await release('g1', 0)]).toEqual([{ released: 6 }, { released: 0 }]);
    expect(await holdings('g1')).toEqual({ received: 10, free: 0, reserved: 6, quarantined: 0, shipped: 4 });
    expect(await reserve('g1', 6, 'g1-next')).toMatchObject({ outcome: 'reserved' });
    await expect(ship('g1', 1)).rejects.toThrow('g1/r is not reserved');
    await expect(reserve('g1', 10)).rejects.toThrow('g1/r was released');
    await soundBooks();
  });

  it('brings back the parts that never left, which are not shipped again under their keys', async () => {
    await reserved('g2', 10);
    for (const [wish, units] of [2, 3, 4].entries()) await ship('g2', wish, units);
    expect(await release('g2', 0, 2)).toEqual({ released: 4 });
    expect(await holdings('g2')).toEqual({ received: 10, free: 4, reserved: 0, quarantined: 0, shipped: 6 });
    await soundBooks();
    await expect(ship('g2', 1, 3)).rejects.toThrow('shipment g2/ship/1 never left');
    expect(await ship('g2', 2, 4)).toEqual({ outcome: 'shipped' });
    expect(await release('g2', 2)).toEqual({ released: 2 });
    expect(await release('g2')).toEqual({ released: 4 });
    expect(await holdings('g2')).toMatchObject({ free: 10, shipped: 0 });
    await soundBooks();
  });

  it('serves the first in the queue with all that comes back, not the smaller with what comes first', async () => {
    await reserved('g3', 10);
    await ship('g3', 0, 5);
    await reserve('g3', 10, 'g3-large');
    await reserve('g3', 5, 'g3-small');
    expect(await release('g3')).toEqual({ released: 10 });
    expect(await reserve('g3', 10, 'g3-large')).toMatchObject({ outcome: 'reserved' });
  });

  it('of what has all left gives nothing', async () => {
    await reserved('g4', 10);
    await ship('g4', 0, 7);
    await ship('g4', 1);
    expect(await release('g4', 0, 1)).toEqual({ released: 0 });
    expect(await holdings('g4')).toMatchObject({ free: 0, shipped: 10 });
    await soundBooks();
  });
});

describe('goods that customs sent back', () => {
  it('are in stock again and set apart, once, and nobody who waits gets them', async () => {
    await reserved('r1', 10);
    await ship('r1', 0, 7);
    await ship('r1', 1, 3);
    await reserve('r1', 1, 'r1-next');
    expect([await comesBack('r1', 0), await comesBack('r1', 0)]).toEqual([{ quarantined: 7 }, { quarantined: 7 }]);
    expect(await holdings('r1')).toEqual({ received: 10, free: 0, reserved: 0, quarantined: 7, shipped: 3 });
    expect(await reserve('r1', 1, 'r1-next')).toMatchObject({ outcome: 'short' });
    expect(await ship('r1', 0, 7)).toEqual({ outcome: 'shipped' });
    await soundBooks();
    await restoreUnits(ledger.database, { key: 'r1/back', lot: 'r1-a', what: { units: 2 }, reason: 'sound', at });
    expect(await holdings('r1')).toMatchObject({ free: 1, reserved: 1, quarantined: 5 });
    await soundBooks();
  });

  it('do not come free where their order gives back what it has', async () => {
    await reserved('r2', 10);
    await ship('r2', 0, 4);
    await comesBack('r2', 0);
    expect(await release('r2')).toEqual({ released: 6 });
    expect(await holdings('r2')).toEqual({ received: 10, free: 6, reserved: 0, quarantined: 4, shipped: 0 });
    await soundBooks();
  });

  it('count against no quota any more', async () => {
    await claimOrders(ledger.database, [{ terms: termsOf('r3', 'cloud-r3', 'H200', 10), policy: 'p' }], at);
    await reserved('r3', 10);
    await ship('r3', 0, 4);
    const inUse = async () => (await unitsInUse(ledger.database)).filter(({ customer }) => customer === 'cloud-r3');
    expect(await inUse()).toMatchObject([{ reserved: 6, committed: 4 }]);
    await comesBack('r3', 0);
    expect(await inUse()).toMatchObject([{ reserved: 6, committed: 0 }]);
  });

  it('of a lot with serial numbers are told by how many, and the others by number', async () => {
    const id = 'r4';
    await receiveLot(ledger.database, { id, product: id, units: 10, serials: [serialRange.parse('A-01..A-10')] }, at);
    await reserve(id, 6);
    await quarantineUnits(ledger.database, { key: 'r4/q', lot: id, what: serialRange.parse('A-01..A-02'), reservationKey: 'r4/r', reason: 'failed', at });
    await ship(id, 0);
    expect(await comesBack(id, 0)).toEqual({ quarantined: 4 });
    await soundBooks();
    const restore = (key: string, what: { units: number } | ReturnType<typeof serialRange.parse>) =>
      restoreUnits(ledger.database, { key: `r4/${key}`, lot: id, what, reason: 'sound', at });
    await expect(restore('many', { units: 5 })).rejects.toThrow('say which of them; 4 that came back are told by how many');
    await restore('some', { units: 3 });
    await expect(restore('more', { units: 2 })).rejects.toThrow('say which of them; 1 that came back');
    await restore('rest', { units: 1 });
    await expect(restore('none', { units: 1 })).rejects.toThrow('say which of them');
    await restore('failed', serialRange.parse('A-01..A-02'));
    expect(await holdings(id)).toMatchObject({ free: 10, quarantined: 0 });
    await soundBooks();
  });

  it.each<[string, string, string, (name: string) => Promise<unknown>]>([
    ['that never left', 'r5', 'order r5 has no shipment r5/ship/9', (name) => comesBack(name, 9)],
    ['of another order', 'r6', 'order r5 has no shipment r6/ship/0', (name) => comesBack(name, 0, 0, 'r5')],
    ['that came back before', 'r7', 'shipment r7/ship/0 came back by r7/quarantine-return/0', (name) => comesBack(name, 0, 1)],
    ['of which a person has settled that they never left', 'r8', 'shipment r8/ship/1 never left', (name) => comesBack(name, 1, 1)],
  ])('%s are an error, and nothing is written', async (_what, name, why, act) => {
    await reserved(name, 5);
    await ship(name, 0, 2);
    await ship(name, 1, 2);
    await comesBack(name, 0);
    await release(name, 0);
    const before = await holdings(name);
    await expect(act(name)).rejects.toThrow(why);
    expect(await holdings(name)).toEqual(before);
    await soundBooks();
  });
});
