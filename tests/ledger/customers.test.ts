import { describe, expect, it } from 'vitest';
import { inTransaction } from '../../ledger/database.ts';
import { approveCustomer, removeCustomer } from '../../ledger/customer-holds.ts';
import { type CustomerWord, declineCustomer, listedCustomers, recordCustomer, standingOf } from '../../ledger/customers.ts';
import { claimOrders } from '../../ledger/orders.ts';
import { changesAgainstShipping, recordChange } from '../../ledger/policy-board.ts';
import { shipUnits } from '../../ledger/stock-shipments.ts';
import { reserveUnits } from '../../ledger/stock-queue.ts';
import { receiveLot } from '../../ledger/stock-receipt.ts';
import { terms } from '../support/orders.ts';
import { withLedger } from './with-ledger.ts';

const ledger = withLedger();
const at = Date.UTC(2026, 0, 5);
let words = 0;
const word = (customer: string, reason = 'letter of 5 January') => ({ key: `word-${(words += 1)}`, customer, reason, at });
const say = (customer: string, standing: CustomerWord['standing'], orderId: string | null = null) =>
  recordCustomer(ledger.database, { ...word(customer), standing, orderId });
const claim = (id: string, customer: string, database = ledger.database) =>
  claimOrders(database, [{ terms: terms({ id, customer, units: 10 }), policy: '2025-12-announcement' }], at);
const against = (order: string, epoch = 0) => inTransaction(ledger.database, (session) => changesAgainstShipping(session, order, epoch));

describe('the list of customers', () => {
  it('says of a customer of whom nothing was said that it is not vetted', async () => {
    expect(await standingOf(ledger.database, 'nobody')).toBe('not-vetted');
  });

  it('says what was said last, and keeps customers apart whose names begin alike', async () => {
    for (const standing of ['declined', 'approved', 'removed', 'approved'] as const) {
      await say('cloud', standing);
      expect(await standingOf(ledger.database, 'cloud')).toBe(standing);
    }
    expect(await standingOf(ledger.database, 'cloud-1')).toBe('not-vetted');
    expect(await standingOf(ledger.database, 'Cloud')).toBe('not-vetted');
  });

  it('takes the word of one key once: a step that is tried again says nothing new', async () => {
    const first = { key: 'A-1/record-customer/0', customer: 'once', standing: 'approved', reason: 'letter', orderId: 'A-1', at } as const;
    await recordCustomer(ledger.database, first);
    await say('once', 'removed');
    await recordCustomer(ledger.database, first);
    expect(await standingOf(ledger.database, 'once')).toBe('removed');
  });

  it('is listed with the newest word of each, when it was said, why, and on which order', async () => {
    await say('listed', 'declined');
    await recordCustomer(ledger.database, { ...word('listed', 'a license'), standing: 'approved', orderId: 'A-7' });
    expect((await listedCustomers(ledger.database)).filter(({ customer }) => customer === 'listed')).toEqual([
      { customer: 'listed', standing: 'approved', reason: 'a license', order: 'A-7', at },
    ]);
  });

  it('declines whom it has not approved, and leaves one that is approved as it was', async () => {
    expect(await declineCustomer(ledger.database, word('new'))).toBe('declined');
    expect(await declineCustomer(ledger.database, word('new'))).toBe('declined');
    await say('new', 'approved');
    expect(await declineCustomer(ledger.database, word('new'))).toBe('approved');
    expect(await standingOf(ledger.database, 'new')).toBe('approved');
  });
});

describe('the removal of a customer', () => {
  it('holds each order of theirs, and none of anybody else', async () => {
    await claim('R-1', 'removed');
    await claim('R-2', 'removed');
    await claim('R-3', 'removed-too');
    const told = await removeCustomer(ledger.database, word('removed', 'entity list'));
    expect(told).toEqual(
      ['R-1', 'R-2'].map((order) => ({
        order,
        change: { id: expect.stringMatching(/^customer-removed:removed:/), effect: 'hold', epoch: expect.any(Number), reason: 'entity list' },
      })),
    );
    expect(await against('R-1')).toEqual([told[0]?.change]);
    expect(await against('R-3')).toEqual([]);
    expect(await standingOf(ledger.database, 'removed')).toBe('removed');
  });

  it('stops a shipment of an order that has not heard of it, and lets it go when it is approved again', async () => {
    await claim('S-1', 'stopped');
    await receiveLot(ledger.database, { id: 'lot-S', product: 'H20', units: 10 }, at);
    const reservationKey = 'S-1/reserve-stock/0';
    await reserveUnits(ledger.database, { customerClass: 'core', key: reservationKey, orderId: 'S-1', product: 'H20', units: 10, at });
    const ship = (policyEpoch: number) => shipUnits(ledger.database, { key: 'S-1/ship/0', orderId: 'S-1', reservationKey, policyEpoch, at });
    const [hold] = await removeCustomer(ledger.database, word('stopped'));
    expect(await ship(0)).toEqual({ outcome: 'stale-epoch', changes: [hold?.change] });
    expect(await ship(hold?.change.epoch ?? 0)).toEqual({ outcome: 'stale-epoch', changes: [hold?.change] });
    const [lift] = await approveCustomer(ledger.database, word('stopped'));
    expect(lift).toEqual({ order: 'S-1', change: { ...hold?.change, effect: 'lift', epoch: lift?.change.epoch, reason: 'letter of 5 January' } });
    expect(await ship(lift?.change.epoch ?? 0)).toEqual({ outcome: 'shipped' });
  });

  it('that comes twice needs one approval, which lifts both and nothing else', async () => {
    await claim('T-1', 'twice');
    await claim('T-2', 'twice-1');
    const own = await recordChange(ledger.database, { orderId: 'T-1', id: 'P-7', effect: 'hold', reason: 'review' });
    await removeCustomer(ledger.database, word('twice'));
    await removeCustomer(ledger.database, word('twice'));
    const [other] = await removeCustomer(ledger.database, word('twice-1'));
    expect((await approveCustomer(ledger.database, word('twice'))).map(({ order, change }) => [order, change.effect])).toEqual([
      ['T-1', 'lift'],
      ['T-1', 'lift'],
    ]);
    expect(await against('T-1', 1_000_000)).toContainEqual(own);
    expect(await against('T-2')).toEqual([other?.change]);
    expect(await approveCustomer(ledger.database, word('twice'))).toEqual([]);
  });

  it('after an approval holds the orders anew', async () => {
    await claim('U-1', 'again');
    for (let round = 0; round < 3; round += 1) {
      expect((await removeCustomer(ledger.database, word('again'))).map(({ order }) => order)).toEqual(['U-1']);
      expect(await against('U-1', 1_000_000)).not.toEqual([]);
      await approveCustomer(ledger.database, word('again'));
      expect(await against('U-1', 1_000_000)).toEqual([]);
    }
  });

  it('that fails half way leaves nothing: neither the word nor a hold', async () => {
    await claim('V-1', 'half');
    const asked = { ...word('half'), reason: null } as unknown as ReturnType<typeof word>;
    await expect(removeCustomer(ledger.database, asked)).rejects.toThrow('null value in column "reason"');
    expect(await standingOf(ledger.database, 'half')).toBe('not-vetted');
    expect(await against('V-1')).toEqual([]);
  });

  it('lets no order slip between the list and the holds, however they meet', async () => {
    const pools = [ledger.pool(), ledger.pool(), ledger.pool()] as const;
    for (let round = 0; round < 10; round += 1) {
      const customer = `race-${round}`;
      await say(customer, 'approved');
      const seen = Array.from({ length: 6 }, async (_, n) => {
        await claim(`${customer}-${n}`, customer, pools[n % 2]);
        return { order: `${customer}-${n}`, standing: await standingOf(pools[n % 2] ?? ledger.database, customer) };
      });
      const removal = removeCustomer(pools[2], word(customer));
      const told = new Set((await removal).map(({ order }) => order));
      for (const { order, standing } of await Promise.all(seen))
        expect({ order, stopped: standing === 'removed' || told.has(order) }).toEqual({ order, stopped: true });
    }
  });

  it('and an approval at the same moment leave the list and the holds of one mind', async () => {
    const [one, other] = [ledger.pool(), ledger.pool()];
    for (let round = 0; round < 10; round += 1) {
      const customer = `both-${round}`;
      await claim(`W-${round}`, customer);
      await Promise.all([removeCustomer(one, word(customer)), approveCustomer(other, word(customer))]);
      const isHeld = (await against(`W-${round}`, 1_000_000)).length > 0;
      expect({ round, standing: await standingOf(ledger.database, customer) }).toEqual({ round, standing: isHeld ? 'removed' : 'approved' });
    }
  });
});
