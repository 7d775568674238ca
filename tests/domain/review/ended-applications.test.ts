import { describe, expect, it } from 'vitest';
import { accountableTime } from '../../../domain/accountable-time.ts';
import { reviewRules } from '../../../domain/rules-of.ts';
import { day, dayZero, ladderRules, policyOfToday, type Rehearsal, rehearsal } from '../../support/orders.ts';
import { agencies, noObjection, questioned, referredToday } from '../reviews.ts';

const why = { reason: 'why' };
const filedToday = (): Rehearsal => rehearsal({}, policyOfToday(ladderRules)).submitted();
/** The next application is registered under this number and referred. */
const again = (order: Rehearsal, applicationNumber: string): Rehearsal =>
  order.acts('seller.desk', 'resubmit', { reason: 'statement attached' }).acts('us.commerce', 'register', { applicationNumber }).acts('us.commerce', 'refer');

describe('an application that ends without a license', () => {
  const ended: readonly (readonly [string, () => Rehearsal, object])[] = [
    ['rejected', () => filedToday().acts('us.commerce', 'reject-unregistered', why), { ended: 'rejected-unregistered', filingReference: 'FILING-1' }],
    [
      'returned',
      () => referredToday(ladderRules).acts('us.commerce', 'return-without-action', why),
      { ended: 'returned-without-action', applicationNumber: 'Z100001' },
    ],
    ['withdrawn', () => referredToday(ladderRules).acts('seller.desk', 'withdraw-application', why), { ended: 'withdrawn', applicationNumber: 'Z100001' }],
    [
      'withdrawn before its registration',
      () => filedToday().acts('seller.desk', 'withdraw-application', why),
      { ended: 'withdrawn', filingReference: 'FILING-1' },
    ],
  ];

  it.each(ended)('as %s leaves the order open with its stock, and asks the desk alone', (_, reach) => {
    const order = reach();
    expect(order.order).toMatchObject({ outcome: undefined, allocation: { state: 'reserved' } });
    expect(order.plan.asks).toEqual([{ role: 'seller.desk', acts: ['resubmit', 'cancel'] }]);
    expect(order.plan.deadline).toBeUndefined();
    expect(order.tries('us.commerce', 'issue-license', { licenseNumber: 'D1' })).toBeDefined();
  });

  it.each(ended)('as %s is followed by a new one that is linked to it, filed anew, its clocks at their beginning', (_, reach, past) => {
    const order = again(reach().after(17 * day), 'Z100002');
    const now = dayZero + 17 * day;
    expect(order.order.usReview).toMatchObject({
      ...{ state: 'referred', applicationNumber: 'Z100002', previous: [past], referredAt: now },
      limit: { state: 'running', dueAt: now + 90 * day },
      positions: Object.fromEntries(agencies.map((agency) => [agency, { state: 'asked', clock: { state: 'running', dueAt: now + 30 * day } }])),
    });
    expect(
      order.events.filter((event) => event.type === 'step-started' && event.step === 'file-application').map((event) => 'wish' in event && event.wish),
    ).toEqual([0, 1]);
  });

  it('is remembered after the next one ends, too, the oldest first', () => {
    const order = again(referredToday(ladderRules).acts('us.commerce', 'return-without-action', why), 'Z100002').acts(
      'seller.desk',
      'withdraw-application',
      why,
    );
    again(order, 'Z100003');
    expect(order.order.usReview).toMatchObject({ previous: [{ applicationNumber: 'Z100001' }, { applicationNumber: 'Z100002', ended: 'withdrawn' }] });
    const told = accountableTime(order.events, reviewRules(order.order.policy), order.now);
    expect(told.map(({ total }) => total.to !== undefined)).toEqual([true, true, false]);
  });

  it('takes nothing of the old review along: its questions are gone, its agencies are asked again', () => {
    const order = again(questioned('us.state').acts('us.energy', 'recommend', noObjection).acts('us.commerce', 'return-without-action', why), 'Z100002');
    expect(order.order.usReview).not.toHaveProperty('questions');
    expect(order.plan.asks.map(({ role }) => role)).toEqual([...agencies]);
    expect(order.tries('us.state', 'request-information', { number: 'Q-1', question: 'who?' })).toBeUndefined();
  });

  it('that is withdrawn is withdrawn at Commerce before the desk may file again, and once', () => {
    const order = referredToday();
    order.slow.add('withdraw-application');
    order.acts('seller.desk', 'withdraw-application', why);
    expect(order.tries('seller.desk', 'resubmit', why)?.refused).toBe('not-yet');
    expect(order.answers('withdraw-application').order.usReview.state).toBe('withdrawn');
    expect(order.tries('seller.desk', 'withdraw-application', why)?.refused).toBe('already-decided');
  });

  it('leaves nothing to withdraw where the order is cancelled then; the next one has to be', () => {
    const stepsOf = (order: Rehearsal): number =>
      order.acts('seller.desk', 'cancel', why).events.filter((event) => event.type === 'step-started' && event.step === 'withdraw-application').length;
    expect(stepsOf(referredToday().acts('us.commerce', 'return-without-action', why))).toBe(0);
    expect(stepsOf(referredToday().acts('seller.desk', 'withdraw-application', why))).toBe(1);
    expect(stepsOf(again(referredToday().acts('seller.desk', 'withdraw-application', why), 'Z100002'))).toBe(2);
  });
});

describe('an application that is parked', () => {
  it('stands still wherever it is, and goes on with exactly what was left', () => {
    const order = referredToday(ladderRules)
      .after(12 * day)
      .acts('us.commerce', 'hold-without-action', { reason: 'policy pending' });
    expect(order.plan.asks).toEqual([{ role: 'us.commerce', acts: ['resume-review', 'return-without-action'] }]);
    expect(order.tries('us.state', 'recommend', noObjection)?.refused).toBe('not-yet');
    order.after(100 * day).acts('us.commerce', 'resume-review', { reason: 'policy settled' });
    expect(order.plan.deadline).toMatchObject({ at: dayZero + 130 * day, roles: [...agencies] });
    expect(order.order.usReview).toMatchObject({ state: 'referred', limit: { state: 'running', dueAt: dayZero + 190 * day } });
  });

  it('may be returned or withdrawn, but neither parked twice nor resumed twice', () => {
    const parked = (): Rehearsal => referredToday().acts('us.commerce', 'hold-without-action', why);
    expect(parked().tries('us.commerce', 'hold-without-action', why)?.refused).toBe('not-yet');
    expect(parked().acts('us.commerce', 'return-without-action', why).order.usReview.state).toBe('returned-without-action');
    expect(parked().acts('seller.desk', 'withdraw-application', why).order.usReview.state).toBe('withdrawn');
    expect(parked().acts('us.commerce', 'resume-review', why).tries('us.commerce', 'resume-review', why)).toBeDefined();
  });
});

describe('an application that was returned, followed by one with a license that stopped carrying', () => {
  it('is still told among those before it', () => {
    const order = rehearsal({}, policyOfToday());
    order.results.ship = { outcome: 'license-refused', code: 'license-revoked', licenseNumber: 'D1', available: 0 };
    order
      .submitted()
      .acts('us.commerce', 'register', { applicationNumber: 'Z1' })
      .acts('us.commerce', 'return-without-action', { reason: 'the item is not described' })
      .acts('seller.desk', 'resubmit', { reason: 'described' })
      .acts('us.commerce', 'register', { applicationNumber: 'Z2' })
      .acts('us.commerce', 'refer')
      .after(30 * day)
      .acts('us.commerce', 'issue-license', { licenseNumber: 'D1' })
      .acts('buyer', 'apply-purchase', { applicationNumber: 'CN-1' })
      .acts('cn.mofcom', 'approve-purchase', { approvalNumber: 'CN-A-1' })
      .acts('test.lab', 'pass-inspection', { reportNumber: 'LAB-1' })
      .acts('seller.desk', 'resubmit', { reason: 'the license is revoked' });
    expect(order.order.usReview).toMatchObject({
      previous: [
        { applicationNumber: 'Z1', ended: 'returned-without-action' },
        { applicationNumber: 'Z2', ended: 'license-unusable' },
      ],
    });
  });
});
