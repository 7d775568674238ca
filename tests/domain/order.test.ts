import { describe, expect, it } from 'vitest';
import { day, dayZero, policyOfToday, rehearsal } from '../support/orders.ts';
import { doer, everyAct, turns } from './turns.ts';

describe('an order for which both keys turn', () => {
  it('goes its whole way to delivery in this order of facts', () => {
    expect(rehearsal().delivered().story).toEqual([
      'order-submitted',
      'parties-cleared',
      'stock-reserved',
      'application-submitted',
      'application-filed',
      'application-registered',
      'application-referred',
      'position-given',
      'position-given',
      'position-given',
      'review-closed',
      'license-issued',
      'purchase-applied',
      'purchase-approved',
      'inspection-requested',
      'inspection-passed',
      'shipment-booked',
      'goods-shipped',
      'levy-accrued',
      'customs-declared',
      'customs-released',
      'delivery-confirmed',
      'order-ended',
    ]);
  });

  it('ends delivered, closed, with nobody asked and the levy of 25 % accrued', () => {
    const { order, plan } = rehearsal().delivered();
    expect(order).toMatchObject({ outcome: 'delivered', levyMinor: 4_500_000_000, allocation: { state: 'shipped' }, fulfillment: { state: 'delivered' } });
    expect(plan).toEqual({ stage: 'closed', run: [], asks: [], deadline: undefined, closed: true });
  });

  it('accrues 15 % where its policy says so', () => {
    expect(rehearsal({}, { levyBasisPoints: 1_500 }).delivered().order.levyMinor).toBe(2_700_000_000);
  });

  it('goes the same way side by side, where China may approve before the license', () => {
    const order = rehearsal({ reviews: 'side-by-side' }).referred();
    expect(order.plan.asks.map((ask) => ask.role)).toEqual(['us.state', 'us.energy', 'us.defense', 'buyer']);

    order.acts('buyer', 'apply-purchase', { applicationNumber: 'CN-1' }).acts('cn.miit', 'approve-purchase', { approvalNumber: 'CN-A-1' });
    expect(order.plan).toMatchObject({ stage: 'us-review', run: [] });
    expect(order.order.fulfillment.state).toBe('not-started');

    for (const agency of ['us.state', 'us.energy', 'us.defense'] as const) order.acts(agency, 'recommend', { position: 'no-objection' });
    order.acts('us.commerce', 'issue-license', { licenseNumber: 'D1' });
    expect(order.order.fulfillment.state).toBe('under-test');
  });

  it('in sequence asks the buyer only once the US key has turned', () => {
    expect(
      rehearsal()
        .referred()
        .plan.asks.map((ask) => ask.role),
    ).not.toContain('buyer');
    expect(rehearsal().licensed().plan).toMatchObject({ stage: 'china-review', asks: [{ role: 'buyer', acts: ['apply-purchase'] }] });
  });

  it('is delivered only when the levy has been accrued too', () => {
    const order = rehearsal();
    order.slow.add('accrue-levy');
    order.delivered();
    expect(order.order).toMatchObject({ outcome: undefined, levyMinor: 0, fulfillment: { state: 'delivered' } });

    order.answers('accrue-levy');
    expect(order.order).toMatchObject({ outcome: 'delivered', levyMinor: 4_500_000_000 });
  });

  it('waits for the desk to file where the order says so', () => {
    const order = rehearsal({ fileApplication: 'by-act' }).submitted();
    expect(order.plan.asks).toEqual([{ role: 'seller.desk', acts: ['submit-application'] }]);
    order.acts('seller.desk', 'submit-application');
    expect(order.order.usReview.state).toBe('filed');
  });
});

describe('an order that has ended', () => {
  const mending = ['retry-step', 'settle-step'];

  it.each(everyAct.filter(({ name }) => !mending.includes(name)))('refuses $name', ({ name, by, example }) => {
    const order = turns[name]();
    const ended = order.take({ type: 'act', act: { name: 'cancel', id: 'the-end', by: doer('cancel'), reason: 'withdrawn' } });
    // A denial is appealed by an order that has ended.
    if (ended) expect(ended.refused).toBe(name === 'appeal-denial' ? 'order-closed' : 'irreversible');
    else expect(order.tries(by, name, example)?.refused).toBe('order-closed');
  });

  it('takes no act but mending after delivery either', () => {
    const order = rehearsal({}, policyOfToday()).delivered();
    for (const { name, by, example } of everyAct)
      expect(order.tries(by, name, example)?.refused).toBe(mending.includes(name) ? 'step-not-failed' : 'order-closed');
  });

  it('is not held or lifted any more and no clock of it runs', () => {
    const order = rehearsal();
    order.slow.add('withdraw-application');
    order.referred().acts('seller.desk', 'cancel', { reason: 'withdrawn' });
    expect(order.order.usReview.state).toBe('referred');
    const { order: untouched } = order;
    order
      .hold('P-7')
      .after(90 * day)
      .lift('P-7');
    expect(order.order).toBe(untouched);
    expect(order.now).toBe(dayZero + 90 * day);
  });
});
