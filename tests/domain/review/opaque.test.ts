import { describe, expect, it } from 'vitest';
import { day, dayZero, ladderRules, type Rehearsal } from '../../support/orders.ts';
import { noObjection, referredToday } from '../reviews.ts';

const opaque = (): Rehearsal => referredToday({ ...ladderRules, agencyPositions: 'opaque' });
const license = { licenseNumber: 'D1' };

describe('a review that shows nothing of its agencies', () => {
  it('keeps the application number, the days and the questions, and no positions', () => {
    expect(opaque().order.usReview).toEqual({
      ...{ state: 'referred-opaque', applicationNumber: 'Z100001', referredAt: dayZero },
      reminder: { state: 'running', dueAt: dayZero + 30 * day },
      limit: { state: 'running', dueAt: dayZero + 90 * day },
    });
  });

  it('hears no agency and knows nothing to escalate', () => {
    for (const agency of ['us.state', 'us.energy', 'us.defense'] as const) expect(opaque().tries(agency, 'recommend', noObjection)?.refused).toBe('not-shown');
    expect(opaque().tries('us.commerce', 'escalate', { reason: 'why' })?.refused).toBe('not-shown');
  });

  it.each([0, 12, 30, 45, 120])('lets Commerce license on day %i', (days) => {
    expect(
      opaque()
        .after(days * day)
        .acts('us.commerce', 'issue-license', license).order.usReview.state,
    ).toBe('licensed');
  });

  it.each([0, 12, 30, 45])('lets Commerce tell of its intent to deny on day %i, which is final 45 days later', (days) => {
    const order = opaque()
      .after(days * day)
      .acts('us.commerce', 'notify-intent-to-deny', { basis: '15 CFR 742.6(b)', reason: 'why' });
    expect(order.after(45 * day).order).toMatchObject({ outcome: 'denied-by-us', usReview: { state: 'denied', applicationNumber: 'Z100001' } });
  });

  it('takes day 30 for a reminder that deems nothing and closes nothing', () => {
    const order = opaque().after(30 * day);
    expect(order.story.slice(-1)).toEqual(['opinions-due']);
    expect(order.order.usReview).toMatchObject({ state: 'referred-opaque', reminder: { state: 'reached', at: dayZero + 30 * day } });
    expect(order.plan.asks).toEqual([{ role: 'us.commerce', acts: ['issue-license', 'notify-intent-to-deny', 'propose-conditions'] }]);
  });

  it('reminds, too, while an intent to deny is out', () => {
    const order = opaque()
      .after(20 * day)
      .acts('us.commerce', 'notify-intent-to-deny', { basis: '15 CFR 742.6(b)', reason: 'why' })
      .after(10 * day);
    expect(order.story.at(-1)).toBe('opinions-due');
    expect(order.order.usReview).toMatchObject({ state: 'intent-to-deny', before: { state: 'referred-opaque', reminder: { state: 'reached' } } });
    expect(order.acts('us.commerce', 'rescind-intent-to-deny', { reason: 'why' }).order.usReview.state).toBe('referred-opaque');
  });

  it('puts questions, whose answers its days wait for', () => {
    const order = opaque()
      .after(9 * day)
      .acts('us.state', 'request-information', { number: 'Q-1', question: 'who?' })
      .after(40 * day);
    expect(order.order.usReview).toMatchObject({ state: 'referred-opaque', limit: { state: 'stopped', leftMs: 81 * day } });
    order.acts('seller.desk', 'answer-information', { number: 'Q-1', answer: 'annex 3' });
    expect(order.order.usReview).toMatchObject({ limit: { state: 'running', dueAt: dayZero + 130 * day }, questions: [{ closed: { how: 'answered' } }] });
  });

  it('bargains over conditions like any other, with whatever set Commerce offers', () => {
    const order = opaque()
      .acts('us.commerce', 'propose-conditions', { conditions: ['no transfer'] })
      .acts('seller.desk', 'accept-conditions');
    expect(order.tries('us.commerce', 'issue-license', license)?.refused).toBe('conditions-not-accepted');
    expect(order.acts('us.commerce', 'issue-license', { ...license, conditions: ['no transfer'] }).order.usReview.state).toBe('licensed');
  });
});
