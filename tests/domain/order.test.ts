import { describe, expect, it } from 'vitest';
import { day, dayZero, rehearsal } from '../support/orders.ts';
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

describe('what comes twice', () => {
  it.each(everyAct)('$name under the same id changes nothing the second time', ({ name, by, example }) => {
    const order = turns[name]().acts(by, name, example, 'the-act');
    const { order: untouched } = order;
    const told = order.events.length;

    expect(order.tries(by, name, example, 'the-act')).toBeUndefined();

    expect(order.order).toBe(untouched);
    expect(order.events).toHaveLength(told);
  });

  it('another act, or another role, under an id that was taken is an act-conflict', () => {
    const order = rehearsal().submitted().acts('us.commerce', 'register', { applicationNumber: 'Z1' }, 'the-act');
    expect(order.tries('us.commerce', 'refer', {}, 'the-act')?.refused).toBe('act-conflict');
    expect(order.tries('seller.desk', 'register', { applicationNumber: 'Z1' }, 'the-act')?.refused).toBe('act-conflict');
    expect(order.order.usReview.state).toBe('registered');
  });

  it('an act that was refused has used up no id', () => {
    const order = rehearsal().submitted();
    expect(order.tries('us.commerce', 'refer', {}, 'the-act')?.refused).toBe('not-yet');
    order.acts('us.commerce', 'register', { applicationNumber: 'Z1' }, 'the-act');
    expect(order.order.usReview.state).toBe('registered');
  });

  it('a report of a step counts once, also when it says something else the second time', () => {
    const order = rehearsal();
    order.slow.add('reserve-stock');
    order.submitted().answers('reserve-stock');
    const { order: untouched } = order;

    order.answers('reserve-stock').answers('reserve-stock', { outcome: 'short', free: 0 }).fails('reserve-stock');

    expect(order.order).toBe(untouched);
  });

  it('a report of an older wish changes nothing', () => {
    const order = rehearsal();
    order.results['reserve-stock'] = { outcome: 'short', free: 5 };
    order.submitted().slow.add('reserve-stock');
    order.acts('seller.stock', 'recheck-stock');
    const { order: untouched } = order;

    order.take({ type: 'step-done', report: { step: 'reserve-stock', wish: 0, result: { outcome: 'reserved', lots: [{ lot: 'L9', units: 6_000 }] } } });
    order.take({ type: 'step-failed', step: 'reserve-stock', wish: 0, reason: 'late' });

    expect(order.order).toBe(untouched);
    expect(order.answers('reserve-stock', { outcome: 'short', free: 6 }).order.allocation).toEqual({ state: 'short', free: 6 });
  });

  // Defect in domain/order.ts: an act id is looked up on Object.prototype too, so these ids always conflict.
  it.fails.each(['constructor', 'toString', '__proto__'])('an act may have the id %s', (id) => {
    expect(rehearsal().submitted().tries('seller.desk', 'cancel', { reason: 'x' }, id)).toBeUndefined();
  });

  // Defect in domain/order.ts: only name and role are compared, so the agency's second position is dropped as if it were taken.
  it.fails('the same act id with other fields is an act-conflict', () => {
    const order = rehearsal().referred().acts('us.state', 'recommend', { position: 'no-objection' }, 'the-act');
    expect(order.tries('us.state', 'recommend', { position: 'deny', basis: '15 CFR 742.6(b)' }, 'the-act')?.refused).toBe('act-conflict');
  });
});

describe('an order that has ended', () => {
  const mending = ['retry-step', 'settle-step'];

  it.each(everyAct.filter(({ name }) => !mending.includes(name)))('refuses $name', ({ name, by, example }) => {
    const order = turns[name]();
    const ended = order.take({ type: 'act', act: { name: 'cancel', id: 'the-end', by: doer('cancel'), reason: 'withdrawn' } });
    if (ended) expect(ended.refused).toBe('irreversible');
    else expect(order.tries(by, name, example)?.refused).toBe('order-closed');
  });

  it('takes no act but mending after delivery either', () => {
    const order = rehearsal().delivered();
    for (const { name, by, example } of everyAct)
      expect(order.tries(by, name, example)?.refused).toBe(mending.includes(name) ? 'step-not-failed' : 'order-closed');
  });

  it('is not held or lifted any more and no clock of it runs', () => {
    const order = rehearsal().referred().acts('seller.desk', 'cancel', { reason: 'withdrawn' });
    const { order: untouched } = order;
    order
      .hold('P-7')
      .after(90 * day)
      .lift('P-7');
    expect(order.order).toBe(untouched);
    expect(order.now).toBe(dayZero + 90 * day);
  });
});
