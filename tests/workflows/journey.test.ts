import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordChange } from '../../ledger/policy-board.ts';
import { orderWorkflowId } from '../../workflows/messages.ts';
import { Desk } from '../support/desk.ts';
import { day } from '../support/orders.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

const agree = async (order: string, agencies: readonly ('us.state' | 'us.energy' | 'us.defense')[]): Promise<void> => {
  for (const agency of agencies) await desk.act(order, agency, 'recommend', { position: 'no-objection' });
};

describe('an order on a real engine', () => {
  it('is delivered when both keys have turned, with one filing, one shipment and the levy accrued', async () => {
    const order = await desk.referred();
    await desk.bothKeys(order);
    await desk.delivered(order);
    const result: unknown = await desk.client.workflow.getHandle(orderWorkflowId(order)).result();
    expect(result).toEqual({ order, outcome: 'delivered', units: 6_000, levyMinor: 4_500_000_000, currency: 'USD' });
    expect(await desk.effects(order)).toMatchObject({ 'file-application': 1, ship: 1 });
    await desk.keep(order, 'both-keys-turn');
  });

  it('takes an agency that is silent for 30 days as having no objection', async () => {
    const order = await desk.referred();
    await agree(order, ['us.state', 'us.energy']);
    expect((await desk.skip(order, 29.9 * day)).waitingOn).toEqual(['us.defense']);
    expect((await desk.skip(order, 0.2 * day)).waitingOn).toEqual(['us.commerce']);
    expect((await desk.record(order)).events).toContainEqual(expect.objectContaining({ type: 'agency-deemed', agency: 'us.defense' }));
  });

  it('is pending after 200 days in which neither the agencies nor Commerce spoke: no timer approves', async () => {
    const order = await desk.referred();
    const summary = await desk.skip(order, 200 * day);
    expect(summary).toMatchObject({ stage: 'us-review', waitingOn: ['us.commerce'], deadline: null, outcome: null });
    expect((await desk.record(order)).events.map((event) => event.type)).not.toContain('license-issued');
  });

  it('goes to the President when an agency denies, and on when he approves', async () => {
    const order = await desk.referred();
    await agree(order, ['us.state', 'us.energy']);
    await desk.act(order, 'us.defense', 'recommend', { position: 'deny', basis: '15 CFR 742.6(b)' });
    expect((await desk.skip(order, 400 * day)).waitingOn).toEqual(['us.president']);
    await desk.act(order, 'us.president', 'presidential-decision', { decision: 'approve' });
    expect(await desk.refusal(order, 'us.commerce', 'deny', { basis: 'disagrees' })).toBe('decided-by-president');
    await desk.act(order, 'us.commerce', 'issue-license', { licenseNumber: 'D2' });
    expect((await desk.quiet(order)).stage).toBe('china-review');
    await desk.keep(order, 'the-president-approves');
  });

  it('is denied when the President denies, and gives its stock back', async () => {
    const order = await desk.referred();
    await agree(order, ['us.energy', 'us.defense']);
    await desk.act(order, 'us.state', 'recommend', { position: 'deny', basis: '15 CFR 742.6(b)' });
    await desk.act(order, 'us.president', 'presidential-decision', { decision: 'deny' });
    await desk.act(order, 'us.commerce', 'deny', { basis: 'decision of the President' });
    expect(await desk.quiet(order)).toMatchObject({ stage: 'closed', outcome: 'denied-by-us' });
    expect(await desk.effects(order)).not.toHaveProperty('ship');
    await desk.keep(order, 'the-president-denies');
  });

  it('ends without levy when China denies, though the license was issued', async () => {
    const order = await desk.referred();
    await desk.licensed(order);
    await desk.act(order, 'buyer', 'apply-purchase', { applicationNumber: 'CN-1' });
    await desk.act(order, 'cn.miit', 'deny-purchase', { reason: 'domestic supply suffices' });
    expect(await desk.quiet(order)).toMatchObject({ outcome: 'denied-by-china' });
    expect((await desk.record(order)).order).toMatchObject({ levyMinor: 0, usReview: { state: 'licensed' }, allocation: { state: 'released' } });
    await desk.keep(order, 'china-denies');
  });

  it('keeps what was left of its clocks over a hold that lasts past the deadline', async () => {
    const order = await desk.referred();
    await desk.skip(order, 20 * day);
    await desk.change(order, 'hold');
    expect(await desk.skip(order, 60 * day)).toMatchObject({ held: true, deadline: null });
    await desk.change(order, 'lift');
    expect((await desk.skip(order, 9.9 * day)).waitingOn).toEqual(['us.state', 'us.energy', 'us.defense']);
    expect((await desk.skip(order, 0.2 * day)).waitingOn).toEqual(['us.commerce']);
    await desk.keep(order, 'held-over-the-deadline');
  });

  it('is cancelled by "Request Cancellation" in the Temporal UI, and takes back what it started', async () => {
    const order = await desk.referred();
    await desk.client.workflow.getHandle(orderWorkflowId(order)).cancel();
    expect(await desk.quiet(order)).toMatchObject({ stage: 'closed', outcome: 'cancelled' });
    expect(await desk.effects(order)).toMatchObject({ 'withdraw-application': 1 });
    await desk.keep(order, 'cancelled-in-the-temporal-ui');
  });

  it('does not ship under a hold that it has not heard of: the ledger refuses and tells it', async () => {
    const order = await desk.referred();
    await desk.bothKeys(order);
    await recordChange(desk.database, { orderId: order, id: 'P-board', effect: 'hold', reason: 'review' });
    await desk.act(order, 'test.lab', 'pass-inspection', { reportNumber: 'LAB-1' });
    expect(await desk.quiet(order)).toMatchObject({ held: true, stage: 'fulfillment' });
    expect(await desk.effects(order)).not.toHaveProperty('ship');
    await desk.change(order, 'lift', 'P-board');
    expect(await desk.quiet(order)).toMatchObject({ waitingOn: ['cn.gacc'] });
    await desk.keep(order, 'shipment-refused-by-the-policy-board');
  });
});
