import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plantFault } from '../../ledger/simulation.ts';
import { Desk } from '../support/desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

describe('a step of the world that goes wrong', () => {
  it.each(['unavailable', 'answer-lost', 'twice'] as const)('by fault %s takes effect once and the order goes on', async (fault) => {
    const order = await desk.submit({ fileApplication: 'by-act' });
    await plantFault(desk.database, { step: 'file-application', orderId: order, fault, times: 1 });
    await desk.act(order, 'seller.desk', 'submit-application');
    expect((await desk.quiet(order)).waitingOn).toEqual(['us.commerce']);
    expect(await desk.effects(order)).toMatchObject({ 'file-application': 1 });
  });

  it('answers late, after its attempt was given up, and takes effect once', async () => {
    const order = await desk.referred();
    await plantFault(desk.database, { step: 'notify-license', orderId: order, fault: 'late', times: 1 });
    await desk.licensed(order);
    expect((await desk.quiet(order)).stage).toBe('china-review');
    expect(await desk.effects(order)).toMatchObject({ 'notify-license': 1 });
  });

  it('is rejected, waits on the desk, and goes on by retry-step', async () => {
    const order = await desk.submit({ fileApplication: 'by-act' });
    await plantFault(desk.database, { step: 'file-application', orderId: order, fault: 'rejected', times: 1 });
    await desk.act(order, 'seller.desk', 'submit-application');
    expect((await desk.quiet(order)).awaitedActs).toEqual(['seller.desk:retry-step', 'seller.desk:settle-step']);
    expect(await desk.refusal(order, 'seller.desk', 'retry-step', { step: 'ship' })).toBe('step-not-failed');
    await desk.act(order, 'seller.desk', 'retry-step', { step: 'file-application' });
    expect((await desk.quiet(order)).waitingOn).toEqual(['us.commerce']);
    await desk.keep(order, 'a-failed-step-is-retried');
  });

  it('is settled with evidence where it took effect all the same', async () => {
    const order = await desk.submit({ fileApplication: 'by-act' });
    await plantFault(desk.database, { step: 'file-application', orderId: order, fault: 'rejected', times: 1 });
    await desk.act(order, 'seller.desk', 'submit-application');
    await desk.quiet(order);
    await desk.act(order, 'seller.desk', 'settle-step', { step: 'file-application', outcome: 'done', evidence: 'receipt 4711' });
    expect((await desk.record(order)).order.usReview).toEqual({ state: 'filed', filingReference: 'receipt 4711' });
    await desk.keep(order, 'a-failed-step-is-settled');
  });

  it('keeps a cancelled order from closing while it fails to take back, and shows it', async () => {
    const order = await desk.submit();
    await plantFault(desk.database, { step: 'withdraw-application', orderId: order, fault: 'rejected', times: 1 });
    await desk.act(order, 'seller.desk', 'cancel', { reason: 'withdrawn' });
    expect(await desk.quiet(order)).toMatchObject({ stage: 'closing', waitingOn: ['seller.desk'] });
    await desk.act(order, 'seller.desk', 'retry-step', { step: 'withdraw-application' });
    expect(await desk.quiet(order)).toMatchObject({ stage: 'closed', outcome: 'cancelled' });
  });
});
