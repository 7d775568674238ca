import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { removeCustomer } from '../../ledger/customer-holds.ts';
import { standingOf } from '../../ledger/customers.ts';
import { withLedger } from '../ledger/with-ledger.ts';
import { expectFailure, expectUntouched, newId } from '../support/cli.ts';
import { givePapers } from '../support/papers.ts';
import { day } from '../support/orders.ts';
import { holdOf, isListed, reason, submitted, waiting } from './customer-orders.ts';
import { withDeskOn } from './with-desk-on.ts';

/** Of its own: workers of other tests tell orders what stands on the board of theirs. */
const ledger = withLedger();
const here = withDeskOn(ledger);

const standing = (customer: string) => standingOf(here.desk.database, customer);

async function referred(customer: string): Promise<string> {
  const order = await submitted(here, customer);
  await here.desk.act(order, 'us.commerce', 'register', { applicationNumber: 'Z100001' });
  await here.desk.act(order, 'us.commerce', 'refer');
  await here.desk.quiet(order);
  return order;
}

/** Both keys turn, by a license of a number of its own: the ledger keeps each once. */
async function bothKeys(order: string): Promise<void> {
  for (const agency of ['us.state', 'us.energy', 'us.defense'] as const) await here.desk.act(order, agency, 'recommend', { position: 'no-objection' });
  await here.desk.act(order, 'us.commerce', 'issue-license', { licenseNumber: `D-${order}` });
  await here.desk.quiet(order);
  await here.desk.act(order, 'buyer', 'apply-purchase', { applicationNumber: 'CN-1' });
  await here.desk.act(order, 'cn.mofcom', 'approve-purchase', { approvalNumber: 'CN-A-1' });
  await here.desk.quiet(order);
}

describe('twokey customer', () => {
  it('approves a customer: its orders that wait go on, and the next one does not wait', async () => {
    const customer = newId('new');
    const orders = [await waiting(here, customer), await waiting(here, customer)];
    const other = await waiting(here, newId('other'));
    expect(await here.desk.quiet(other)).toMatchObject({ stage: 'intake', waitingOn: ['us.commerce'] });
    expect(await here.desk.reservedFor(other)).toBe(0);

    const text = await expectUntouched(here.desk.client, other, () => here.cli.text('customer', 'approve', customer, ...reason));
    expect(text.split('\n').toSorted()).toEqual(['', `${customer} is approved`, ...orders.map((order) => `  ${order}  goes on`)].toSorted());
    for (const order of orders) expect(await here.desk.quiet(order)).toMatchObject({ stage: 'us-review' });
    const next = await submitted(here, customer);
    expect(await here.desk.quiet(next)).toMatchObject({ stage: 'us-review' });
    expect((await here.desk.record(next)).events.map(({ type }) => type)).not.toContain('customer-not-vetted');
  });

  it('is told by an act on an order as well, and lists on which it was', async () => {
    const customer = newId('new');
    const order = await waiting(here, customer);
    await here.cli.text('act', order, 'approve-customer', '--as', 'us.commerce', ...reason);
    await here.desk.quiet(order);
    const { customers } = (await here.cli.json('customer', 'list')) as { customers: readonly { customer: string }[] };
    expect(customers.filter((one) => one.customer === customer)).toEqual([
      { customer, standing: 'approved', reason: 'letter of 5 January', order, at: expect.stringMatching(/Z$/) },
    ]);
    expect(await here.cli.text('customer', 'list')).toMatch(new RegExp(`^${customer} +approved +[\\d-]+ [\\d:]+ +${order} +letter of 5 January$`, 'm'));
  });

  it('declines a customer: its orders that wait end, and the next one waits', async () => {
    const customer = newId('new');
    const order = await waiting(here, customer);
    expect(await here.cli.json('customer', 'decline', customer, '--reason', 'military end user')).toEqual({
      customer,
      standing: 'declined',
      orders: [{ order, outcome: 'went-on', says: 'ends' }],
    });
    expect(await here.desk.quiet(order)).toMatchObject({ stage: 'closed', outcome: 'refused-at-intake' });
    expect((await here.desk.record(await waiting(here, customer))).order.intake).toEqual({ state: 'not-vetted', standing: 'declined' });
  });

  it('does not decline one that is approved, whose orders are under way', async () => {
    const customer = newId('new');
    await here.cli.text('customer', 'approve', customer, ...reason);
    const order = await referred(customer);
    const message = await expectUntouched(here.desk.client, order, () =>
      expectFailure(here.cli, 3, 'customer-approved', 'customer', 'decline', customer, ...reason),
    );
    expect(message).toContain(`twokey customer remove ${customer}`);
    expect(await standing(customer)).toBe('approved');
  });
});

describe('twokey customer remove', () => {
  it('holds the open orders of the customer, whose clocks stand still, until it is approved again', async () => {
    const [customer, another] = [newId('cloud'), newId('cloud')];
    for (const one of [customer, another]) await here.cli.text('customer', 'approve', one, ...reason);
    const [order, untouched] = [await referred(customer), await referred(another)];
    await here.desk.skip(order, 10 * day);

    const removed = await expectUntouched(here.desk.client, untouched, () => here.cli.json('customer', 'remove', customer, '--reason', 'entity list'));
    expect(removed).toEqual({ customer, standing: 'removed', orders: [{ order, outcome: 'held', says: expect.stringContaining(holdOf(customer)) }] });
    expect(await here.desk.quiet(order)).toMatchObject({ held: true, deadline: null });
    expect(await here.desk.skip(order, 60 * day)).toMatchObject({ stage: 'us-review', held: true });
    expect(await here.desk.quiet(await waiting(here, customer))).toMatchObject({ stage: 'intake', held: false });

    const approved = (await here.cli.json('customer', 'approve', customer, '--reason', 'off the entity list')) as { orders: readonly { order: string }[] };
    expect(approved.orders).toContainEqual({ order, outcome: 'lifted', says: expect.stringContaining(holdOf(customer)) });
    expect(await here.desk.quiet(order)).toMatchObject({ held: false, deadline: expect.any(String) });
    const { events } = await here.desk.record(order);
    expect(events.filter(({ type }) => type === 'agency-deemed')).toEqual([]);
    expect(events).toContainEqual(expect.objectContaining({ type: 'policy-lifted', reason: 'off the entity list' }));
    expect(await here.desk.skip(order, 19 * day)).toMatchObject({ waitingOn: ['us.state', 'us.energy', 'us.defense'] });
    expect(await here.desk.skip(order, 2 * day)).toMatchObject({ waitingOn: ['us.commerce'] });
  });

  it('stops at the board a shipment of an order that has not heard of it, and lets it leave afterwards', async () => {
    const customer = newId('cloud');
    await here.cli.text('customer', 'approve', customer, ...reason);
    const order = await referred(customer);
    await bothKeys(order);
    // As it is in the moment before the order is told; meanwhile Commerce approves the customer on another order, which lifts no hold.
    await removeCustomer(here.desk.database, { key: newId('word'), customer, reason: 'entity list', at: Date.now() });
    await here.desk.act(await waiting(here, customer), 'us.commerce', 'approve-customer', { reason: 'for this one' });
    for (const until = Date.now() + 20_000; (await standing(customer)) !== 'approved' && Date.now() < until;) await wait(50);
    await here.desk.act(order, 'test.lab', 'pass-inspection', { reportNumber: 'LAB-1' });
    await givePapers(here.desk, order);
    expect(await here.desk.quiet(order)).toMatchObject({ stage: 'fulfillment', held: true });
    expect(await here.desk.shippedFor(order)).toBe(0);
    expect((await here.desk.record(order)).events.map(({ type }) => type)).toContain('shipment-refused');

    await here.cli.text('customer', 'approve', customer, '--reason', 'off the entity list');
    expect(await here.desk.quiet(order)).toMatchObject({ held: false });
    expect(await here.desk.shippedFor(order)).toBe(500);
  });

  it('brings an order that has not heard of it back to its intake when its parties are screened once more, and approve lets it go on', async () => {
    const customer = newId('cloud');
    await here.cli.text('customer', 'approve', customer, ...reason);
    const order = await referred(customer);
    await bothKeys(order);
    await removeCustomer(here.desk.database, { key: newId('word'), customer, reason: 'entity list', at: Date.now() });
    await here.desk.act(order, 'test.lab', 'pass-inspection', { reportNumber: 'LAB-1' });
    expect(await here.desk.quiet(order)).toMatchObject({ stage: 'intake', waitingOn: ['us.commerce'] });
    expect(await here.desk.shippedFor(order)).toBe(0);
    await isListed(here, order);
    await here.cli.text('customer', 'approve', customer, '--reason', 'off the entity list');
    await givePapers(here.desk, order);
    expect(await here.desk.quiet(order)).toMatchObject({ stage: 'fulfillment', held: false });
    expect(await here.desk.shippedFor(order)).toBe(500);
  });

  it('tells nothing of orders that are closed, and of a customer without orders says so alone', async () => {
    const customer = newId('cloud');
    const order = await waiting(here, customer);
    await here.cli.text('act', order, 'cancel', '--as', 'seller.desk', '--reason', 'withdrawn');
    expect(await here.desk.quiet(order)).toMatchObject({ stage: 'closed' });
    await expectUntouched(here.desk.client, order, async () => {
      expect(await here.cli.json('customer', 'remove', customer, ...reason)).toEqual({ customer, standing: 'removed', orders: [] });
    });
    expect(await here.cli.text('customer', 'remove', 'constructor', ...reason)).toBe('constructor is removed\n');
  });
});
