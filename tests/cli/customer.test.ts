import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { removeCustomer } from '../../ledger/customer-holds.ts';
import { standingOf } from '../../ledger/customers.ts';
import { withLedger } from '../ledger/with-ledger.ts';
import { Cli, expectFailure, expectUntouched, newId } from '../support/cli.ts';
import { Desk } from '../support/desk.ts';
import { givePapers } from '../support/papers.ts';
import { day } from '../support/orders.ts';
import { type Beside, holdOf, isListed, reason, submitted, waiting } from './customer-orders.ts';

/** Of its own: workers of other tests tell orders what stands on the board of theirs. */
const ledger = withLedger();
let desk: Desk;
let cli: Cli;
let here: Beside;
beforeAll(async () => {
  desk = await Desk.open({ worker: true, databaseUrl: ledger.url });
  cli = Cli.beside(desk.engine.taskQueue, { database: ledger.url });
  here = { cli, desk };
});
afterAll(() => desk.close());

const standing = (customer: string) => standingOf(desk.database, customer);

async function referred(customer: string): Promise<string> {
  const order = await submitted(here, customer);
  await desk.act(order, 'us.commerce', 'register', { applicationNumber: 'Z100001' });
  await desk.act(order, 'us.commerce', 'refer');
  await desk.quiet(order);
  return order;
}

/** Both keys turn, by a license of a number of its own: the ledger keeps each once. */
async function bothKeys(order: string): Promise<void> {
  for (const agency of ['us.state', 'us.energy', 'us.defense'] as const) await desk.act(order, agency, 'recommend', { position: 'no-objection' });
  await desk.act(order, 'us.commerce', 'issue-license', { licenseNumber: `D-${order}` });
  await desk.quiet(order);
  await desk.act(order, 'buyer', 'apply-purchase', { applicationNumber: 'CN-1' });
  await desk.act(order, 'cn.mofcom', 'approve-purchase', { approvalNumber: 'CN-A-1' });
  await desk.quiet(order);
}

describe('twokey customer', () => {
  it('approves a customer: its orders that wait go on, and the next one does not wait', async () => {
    const customer = newId('new');
    const orders = [await waiting(here, customer), await waiting(here, customer)];
    const other = await waiting(here, newId('other'));
    expect(await desk.quiet(other)).toMatchObject({ stage: 'intake', waitingOn: ['us.commerce'] });
    expect(await desk.reservedFor(other)).toBe(0);

    const text = await expectUntouched(desk.client, other, () => cli.text('customer', 'approve', customer, ...reason));
    expect(text.split('\n').toSorted()).toEqual(['', `${customer} is approved`, ...orders.map((order) => `  ${order}  goes on`)].toSorted());
    for (const order of orders) expect(await desk.quiet(order)).toMatchObject({ stage: 'us-review' });
    const next = await submitted(here, customer);
    expect(await desk.quiet(next)).toMatchObject({ stage: 'us-review' });
    expect((await desk.record(next)).events.map(({ type }) => type)).not.toContain('customer-not-vetted');
  });

  it('is told by an act on an order as well, and lists on which it was', async () => {
    const customer = newId('new');
    const order = await waiting(here, customer);
    await cli.text('act', order, 'approve-customer', '--as', 'us.commerce', ...reason);
    await desk.quiet(order);
    const { customers } = (await cli.json('customer', 'list')) as { customers: readonly { customer: string }[] };
    expect(customers.filter((one) => one.customer === customer)).toEqual([
      { customer, standing: 'approved', reason: 'letter of 5 January', order, at: expect.stringMatching(/Z$/) },
    ]);
    expect(await cli.text('customer', 'list')).toMatch(new RegExp(`^${customer} +approved +[\\d-]+ [\\d:]+ +${order} +letter of 5 January$`, 'm'));
  });

  it('declines a customer: its orders that wait end, and the next one waits', async () => {
    const customer = newId('new');
    const order = await waiting(here, customer);
    expect(await cli.json('customer', 'decline', customer, '--reason', 'military end user')).toEqual({
      customer,
      standing: 'declined',
      orders: [{ order, outcome: 'went-on', says: 'ends' }],
    });
    expect(await desk.quiet(order)).toMatchObject({ stage: 'closed', outcome: 'refused-at-intake' });
    expect((await desk.record(await waiting(here, customer))).order.intake).toEqual({ state: 'not-vetted', standing: 'declined' });
  });

  it('does not decline one that is approved, whose orders are under way', async () => {
    const customer = newId('new');
    await cli.text('customer', 'approve', customer, ...reason);
    const order = await referred(customer);
    const message = await expectUntouched(desk.client, order, () => expectFailure(cli, 3, 'customer-approved', 'customer', 'decline', customer, ...reason));
    expect(message).toContain(`twokey customer remove ${customer}`);
    expect(await standing(customer)).toBe('approved');
  });
});

describe('twokey customer remove', () => {
  it('holds the open orders of the customer, whose clocks stand still, until it is approved again', async () => {
    const [customer, another] = [newId('cloud'), newId('cloud')];
    for (const one of [customer, another]) await cli.text('customer', 'approve', one, ...reason);
    const [order, untouched] = [await referred(customer), await referred(another)];
    await desk.skip(order, 10 * day);

    const removed = await expectUntouched(desk.client, untouched, () => cli.json('customer', 'remove', customer, '--reason', 'entity list'));
    expect(removed).toEqual({ customer, standing: 'removed', orders: [{ order, outcome: 'held', says: expect.stringContaining(holdOf(customer)) }] });
    expect(await desk.quiet(order)).toMatchObject({ held: true, deadline: null });
    expect(await desk.skip(order, 60 * day)).toMatchObject({ stage: 'us-review', held: true });
    expect(await desk.quiet(await waiting(here, customer))).toMatchObject({ stage: 'intake', held: false });

    const approved = (await cli.json('customer', 'approve', customer, '--reason', 'off the entity list')) as { orders: readonly { order: string }[] };
    expect(approved.orders).toContainEqual({ order, outcome: 'lifted', says: expect.stringContaining(holdOf(customer)) });
    expect(await desk.quiet(order)).toMatchObject({ held: false, deadline: expect.any(String) });
    const { events } = await desk.record(order);
    expect(events.filter(({ type }) => type === 'agency-deemed')).toEqual([]);
    expect(events).toContainEqual(expect.objectContaining({ type: 'policy-lifted', reason: 'off the entity list' }));
    expect(await desk.skip(order, 19 * day)).toMatchObject({ waitingOn: ['us.state', 'us.energy', 'us.defense'] });
    expect(await desk.skip(order, 2 * day)).toMatchObject({ waitingOn: ['us.commerce'] });
  });

  it('stops at the board a shipment of an order that has not heard of it, and lets it leave afterwards', async () => {
    const customer = newId('cloud');
    await cli.text('customer', 'approve', customer, ...reason);
    const order = await referred(customer);
    await bothKeys(order);
    // As it is in the moment before the order is told; meanwhile Commerce approves the customer on another order, which lifts no hold.
    await removeCustomer(desk.database, { key: newId('word'), customer, reason: 'entity list', at: Date.now() });
    await desk.act(await waiting(here, customer), 'us.commerce', 'approve-customer', { reason: 'for this one' });
    for (const until = Date.now() + 20_000; (await standing(customer)) !== 'approved' && Date.now() < until;) await wait(50);
    await desk.act(order, 'test.lab', 'pass-inspection', { reportNumber: 'LAB-1' });
    await givePapers(desk, order);
    expect(await desk.quiet(order)).toMatchObject({ stage: 'fulfillment', held: true });
    expect(await desk.shippedFor(order)).toBe(0);
    expect((await desk.record(order)).events.map(({ type }) => type)).toContain('shipment-refused');

    await cli.text('customer', 'approve', customer, '--reason', 'off the entity list');
    expect(await desk.quiet(order)).toMatchObject({ held: false });
    expect(await desk.shippedFor(order)).toBe(500);
  });

  it('brings an order that has not heard of it back to its intake when its parties are screened once more, and approve lets it go on', async () => {
    const customer = newId('cloud');
    await cli.text('customer', 'approve', customer, ...reason);
    const order = await referred(customer);
    await bothKeys(order);
    await removeCustomer(desk.database, { key: newId('word'), customer, reason: 'entity list', at: Date.now() });
    await desk.act(order, 'test.lab', 'pass-inspection', { reportNumber: 'LAB-1' });
    expect(await desk.quiet(order)).toMatchObject({ stage: 'intake', waitingOn: ['us.commerce'] });
    expect(await desk.shippedFor(order)).toBe(0);
    await isListed(here, order);
    await cli.text('customer', 'approve', customer, '--reason', 'off the entity list');
    await givePapers(desk, order);
    expect(await desk.quiet(order)).toMatchObject({ stage: 'fulfillment', held: false });
    expect(await desk.shippedFor(order)).toBe(500);
  });

  it('tells nothing of orders that are closed, and of a customer without orders says so alone', async () => {
    const customer = newId('cloud');
    const order = await waiting(here, customer);
    await cli.text('act', order, 'cancel', '--as', 'seller.desk', '--reason', 'withdrawn');
    expect(await desk.quiet(order)).toMatchObject({ stage: 'closed' });
    await expectUntouched(desk.client, order, async () => {
      expect(await cli.json('customer', 'remove', customer, ...reason)).toEqual({ customer, standing: 'removed', orders: [] });
    });
    expect(await cli.text('customer', 'remove', 'constructor', ...reason)).toBe('constructor is removed\n');
  });
});
