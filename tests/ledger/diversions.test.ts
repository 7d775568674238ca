import { describe, expect, it } from 'vitest';
import { diversionCase } from '../../domain/diversion.ts';
import { isPolicyChange } from '../../domain/policy-change.ts';
import { keepTold, unheardHolds, untoldChanges } from '../../ledger/board-tidings.ts';
import { approveCustomer, removeCustomer } from '../../ledger/customer-holds.ts';
import { inTransaction, query } from '../../ledger/database.ts';
import { closeCase, type DiversionClosing, type DiversionRefused, type DiversionReport, openCase } from '../../ledger/diversions.ts';
import { diversionCases } from '../../ledger/diversions-shown.ts';
import { claimOrders, OrderConflict } from '../../ledger/orders.ts';
import { changesAgainstShipping, recordChange } from '../../ledger/policy-board.ts';
import { sealRecord } from '../../ledger/sealed-records.ts';
import { shipUnits } from '../../ledger/stock-shipments.ts';
import { reserveUnits } from '../../ledger/stock-queue.ts';
import { receiveLot } from '../../ledger/stock-receipt.ts';
import { terms } from '../support/orders.ts';
import { withLedger } from './with-ledger.ts';

const ledger = withLedger();
const at = Date.UTC(2026, 2, 5, 8);

const claim = (customer: string, ...ids: readonly string[]) =>
  claimOrders(
    ledger.database,
    ids.map((id) => ({ terms: terms({ id, customer, units: 10 }), policy: '2025-12-announcement' })),
    at,
  );
const seal = (order: string) => sealRecord(ledger.database, { order, count: 1, hash: 'a'.repeat(64), record: '{}' }, at);
const report = (customer: string, order: string, changes: Partial<DiversionReport> = {}, database = ledger.database) =>
  openCase(database, { customer, order, reason: 'seen in a market', evidence: 'photograph 1', by: 'us.oee', at, ...changes });
const close = (number: number, finding: DiversionClosing['finding'], changes: Partial<DiversionClosing> = {}) =>
  closeCase(ledger.database, { number, finding, reason: 'looked into', evidence: 'letter 7', by: 'us.oee', at: at + 1_000, ...changes });
const against = (order: string) => inTransaction(ledger.database, (session) => changesAgainstShipping(session, order, Number.MAX_SAFE_INTEGER));
const one = async (number: number) => (await diversionCases(ledger.database, { number }))[0];
const heldBy = async (number: number) => (await one(number))?.held.map(({ order }) => order);
const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'taken',
    (error: DiversionRefused) => error.code,
  );

describe('a report of a diversion', () => {
  it('opens a case and holds each open order of the customer, none that is sealed, and none of anybody else', async () => {
    await claim('cloud', 'A-1', 'A-2', 'A-3');
    await claim('cloud-1', 'A-4');
    await seal('A-1');
    const { number, isNew } = await report('cloud', 'A-1', { units: 4 });
    expect(isNew).toBe(true);
    expect(await against('A-2')).toEqual([
      { id: diversionCase(number), effect: 'hold', epoch: expect.any(Number), reason: 'diversion of order A-1, reported by us.oee: seen in a market' },
    ]);
    for (const order of ['A-1', 'A-4']) expect(await against(order)).toEqual([]);
    const { product, unitPriceMinor, currency } = terms({});
    const held = { hold: diversionCase(number), product, units: 10, valueMinor: 10 * unitPriceMinor, currency, told: null };
    expect(await one(number)).toEqual({
      ...{ case: diversionCase(number), customer: 'cloud', order: 'A-1', units: 4, reason: 'seen in a market', evidence: 'photograph 1', by: 'us.oee', at },
      ...{ shipped: [], finding: null, held: ['A-2', 'A-3'].map((order) => ({ order, ...held })) },
    });
  });

  it('stops a shipment of an order that has not heard of it, until the case is unfounded', async () => {
    await claim('stopped', 'S-1', 'S-2');
    await receiveLot(ledger.database, { id: 'lot-S', product: 'H20', units: 20 }, at);
    const ship = async (orderId: string, policyEpoch: number) => {
      const reservationKey = `${orderId}/reserve-stock/0`;
      await reserveUnits(ledger.database, { customerClass: 'core', key: reservationKey, orderId, product: 'H20', units: 10, at });
      return await shipUnits(ledger.database, { key: `${orderId}/ship/0`, orderId, reservationKey, policyEpoch, at });
    };
    expect(await ship('S-1', 0)).toEqual({ outcome: 'shipped' });
    const { number } = await report('stopped', 'S-1');
    expect((await one(number))?.shipped).toEqual([{ units: 10, at }]);
    const [hold] = await against('S-2');
    expect(await ship('S-2', 0)).toEqual({ outcome: 'stale-epoch', changes: [hold] });
    expect(await ship('S-2', hold?.epoch ?? 0)).toEqual({ outcome: 'stale-epoch', changes: [hold] });
    await close(number, 'unfounded');
    expect(await ship('S-2', 1_000_000)).toEqual({ outcome: 'shipped' });
  });

  it('on the same evidence is the same case, also of four people at once; on other evidence it is another', async () => {
    await claim('again', 'G-1');
    const pools = Array.from({ length: 4 }, () => ledger.pool());
    const answers = await Promise.all(pools.map((pool) => report('again', 'G-1', {}, pool)));
    expect(new Set(answers.map(({ number }) => number)).size).toBe(1);
    expect(answers.filter(({ isNew }) => isNew)).toHaveLength(1);
    const held = await against('G-1');
    expect(await report('again', 'G-1', { reason: 'said otherwise', by: 'buyer' })).toEqual({ number: answers[0]?.number, isNew: false });
    expect(await against('G-1')).toEqual(held);
    const other = await report('again', 'G-1', { evidence: 'x'.repeat(2_000) });
    expect(other).toEqual({ number: expect.any(Number), isNew: true });
    expect(other.number).not.toBe(answers[0]?.number);
    expect(await against('G-1')).toHaveLength(2);
  });

  it.each([
    ['order-unknown', { order: 'no-such' }],
    ['customer-differs', { customer: 'bad-1' }],
    ['units-more', { units: 11 }],
  ])('is refused as %s, and nothing is written', async (code, changes) => {
    await claim('bad', 'B-1');
    expect(await refusal(report('bad', 'B-1', changes))).toBe(code);
    expect(await diversionCases(ledger.database, { customer: 'bad' })).toEqual([]);
    expect(await against('B-1')).toEqual([]);
  });

  it('is told to orders in a reason that they take', async () => {
    await claim('long', 'L-1');
    await report('long', 'L-1', { reason: '\u{1f600}'.repeat(1_000) });
    expect(isPolicyChange((await against('L-1'))[0])).toBe(true);
  });
});

describe('an order that the customer submits while a case stands', () => {
  it('is held from its submission, once for each case; the same content again holds it no more, once a person has lifted that', async () => {
    await claim('later', 'T-1');
    const first = await report('later', 'T-1');
    const second = await report('later', 'T-1', { evidence: 'photograph 2' });
    await claim('later', 'T-2');
    expect((await against('T-2')).map(({ id }) => id)).toEqual([first, second].map(({ number }) => diversionCase(number)));
    for (const { number } of [first, second])
      await recordChange(ledger.database, { orderId: 'T-2', id: diversionCase(number), effect: 'lift', reason: 'for another site' });
    await claim('later', 'T-2');
    expect(await against('T-2')).toEqual([]);
    expect(await heldBy(first.number)).toEqual(['T-1']);
  });

  it('is held by a substantiated case, and not by one that is unfounded', async () => {
    await claim('found', 'F-1');
    const true_ = await report('found', 'F-1');
    const false_ = await report('found', 'F-1', { evidence: 'photograph 2' });
    await close(true_.number, 'substantiated');
    await close(false_.number, 'unfounded');
    await claim('found', 'F-2');
    expect((await against('F-2')).map(({ id }) => id)).toEqual([diversionCase(true_.number)]);
    expect(await heldBy(true_.number)).toEqual(['F-1', 'F-2']);
  });

  it('leaves no hold where it is refused', async () => {
    await claim('conflict', 'C-1');
    await report('conflict', 'C-1');
    const orders = [terms({ id: 'C-2', customer: 'conflict', units: 10 }), terms({ id: 'C-1', customer: 'conflict', units: 11 })];
    const both = orders.map((one) => ({ terms: one, policy: '2025-12-announcement' }));
    await expect(claimOrders(ledger.database, both, at)).rejects.toThrow(OrderConflict);
    expect(await against('C-2')).toEqual([]);
  });

  it('does not slip between the case and its holds, however they meet', async () => {
    const pools = [ledger.pool(), ledger.pool(), ledger.pool()] as const;
    for (let round = 0; round < 10; round += 1) {
      const customer = `race-${round}`;
      await claim(customer, `${customer}-x`);
      const submissions = Array.from({ length: 6 }, (_, n) =>
        claimOrders(pools[n % 2] ?? ledger.database, [{ terms: terms({ id: `${customer}-${n}`, customer, units: 10 }), policy: '2025-12-announcement' }], at),
      );
      const [{ number }] = await Promise.all([report(customer, `${customer}-x`, {}, pools[2]), ...submissions]);
      expect((await heldBy(number))?.toSorted()).toEqual([...Array.from({ length: 6 }, (_, n) => `${customer}-${n}`), `${customer}-x`]);
    }
  });
});

describe('the finding of a case', () => {
  it('unfounded lifts its holds alone, and says so; the same again changes nothing', async () => {
    await claim('unfounded', 'U-1', 'U-2');
    const { number } = await report('unfounded', 'U-1');
    const other = await report('unfounded', 'U-1', { evidence: 'photograph 2' });
    await removeCustomer(ledger.database, { key: 'U', customer: 'unfounded', reason: 'entity list', at });
    expect(await close(number, 'unfounded')).toEqual({ isNew: true });
    expect(await heldBy(number)).toEqual([]);
    expect(await heldBy(other.number)).toEqual(['U-1', 'U-2']);
    const changes = await against('U-1');
    expect(changes.filter(({ effect }) => effect === 'lift')).toEqual([
      { id: diversionCase(number), effect: 'lift', epoch: expect.any(Number), reason: `${diversionCase(number)} is unfounded, says us.oee: looked into` },
    ]);
    expect(await close(number, 'unfounded')).toEqual({ isNew: false });
    expect(await against('U-1')).toEqual(changes);
    await close(other.number, 'unfounded');
    expect(await against('U-1')).not.toEqual([]);
    await approveCustomer(ledger.database, { key: 'U-2', customer: 'unfounded', reason: 'off the list', at });
    expect(await against('U-1')).toEqual([]);
  });

  it('substantiated keeps them', async () => {
    await claim('substantiated', 'V-1');
    const { number } = await report('substantiated', 'V-1');
    const held = await against('V-1');
    const desk = { holder: 'jane.doe', confirmedBy: 'john.roe' };
    expect(await close(number, 'substantiated', { by: 'seller.desk', desk })).toEqual({ isNew: true });
    expect(await against('V-1')).toEqual(held);
    const finding = { finding: 'substantiated', by: 'seller.desk', reason: 'looked into', evidence: 'letter 7', ...desk, at: at + 1_000 };
    expect(await one(number)).toMatchObject({ finding });
  });

  it('is one: another finding, or the same for another reason, is refused, also of two people at once', async () => {
    await claim('once', 'O-1');
    const { number } = await report('once', 'O-1');
    const both = await Promise.all([refusal(close(number, 'unfounded')), refusal(close(number, 'substantiated'))]);
    expect(both.toSorted()).toEqual(['case-closed', 'taken']);
    const closed = (await one(number))?.finding?.finding ?? 'unfounded';
    for (const changes of [{ reason: 'another' }, { evidence: 'another' }, { by: 'seller.desk', desk: { holder: 'a', confirmedBy: 'b' } }] as const)
      expect(await refusal(close(number, closed, changes))).toBe('case-closed');
    expect((await against('O-1')).length).toBe(closed === 'unfounded' ? 0 : 1);
  });

  it('is refused of a case that is not there, and of one person of the desk, and nothing is written', async () => {
    expect(await refusal(close(999_999, 'unfounded'))).toBe('case-unknown');
    await claim('alone', 'N-1');
    const { number } = await report('alone', 'N-1');
    const alone = { by: 'seller.desk', desk: { holder: 'jane.doe', confirmedBy: 'jane.doe' } } as const;
    await expect(close(number, 'unfounded', alone)).rejects.toThrow('the_desk_is_two_people');
    await expect(close(number, 'unfounded', { by: 'seller.desk' })).rejects.toThrow('the_desk_is_two_people');
    expect(await one(number)).toMatchObject({ finding: null, held: [{ order: 'N-1' }] });
  });
});

describe('what a case writes on the board', () => {
  const mine = async (name: string) => (await untoldChanges(ledger.database)).filter(({ change }) => change.id === name);

  it('is to be told until somebody has tried, hold and lift, also where whoever wrote it is dead', async () => {
    await claim('untold', 'W-1', 'W-2');
    const { number } = await report('untold', 'W-1');
    const [first, second] = await mine(diversionCase(number));
    expect([first, second]).toMatchObject(['W-1', 'W-2'].map((order) => ({ order, change: { effect: 'hold' } })));
    if (first) await keepTold(ledger.database, first, 'to-sign');
    if (second) await keepTold(ledger.database, second, 'closed');
    expect(await mine(diversionCase(number))).toEqual([]);
    expect((await one(number))?.held).toMatchObject([{ order: 'W-1', told: 'to-sign' }]);
    await close(number, 'unfounded');
    expect(await mine(diversionCase(number))).toMatchObject(['W-1', 'W-2'].map((order) => ({ order, change: { effect: 'lift' } })));
  });

  it('is unheard of by an order that somebody tried to tell before it began', async () => {
    await claim('unheard', 'X-1');
    const { number } = await report('unheard', 'X-1');
    const [hold] = await mine(diversionCase(number));
    expect(await unheardHolds(ledger.database, ['X-1'])).toEqual([hold]);
    if (hold) await keepTold(ledger.database, hold, 'closed');
    expect(await unheardHolds(ledger.database, ['X-1'])).toEqual([hold]);
    if (hold) await keepTold(ledger.database, hold, 'told');
    expect(await unheardHolds(ledger.database, ['X-1'])).toEqual([]);
    await close(number, 'unfounded');
    expect(await unheardHolds(ledger.database, ['X-1'])).toEqual([]);
  });

  it('is nobody else’s to tell where a person wrote it on one order', async () => {
    await claim('by-hand', 'Y-1');
    await recordChange(ledger.database, { orderId: 'Y-1', id: 'P-7', effect: 'hold', reason: 'review' });
    expect(await mine('P-7')).toEqual([]);
    expect(await query(ledger.database, `select told from policy_changes where id = 'P-7'`)).toEqual([{ told: null }]);
  });
});
