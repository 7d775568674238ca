import { describe, expect, it } from 'vitest';
import type { ReviewRules } from '../../../domain/policy.ts';
import { ladderRules, policyOfToday, type Rehearsal, rehearsal } from '../../support/orders.ts';
import { agencies, noObjection } from '../reviews.ts';
import { washington } from '../zones.ts';

const exact = { reading: 'exact' } as const;
const dayEnd = { reading: 'day-end', zone: washington } as const;
const iso = (at: number | undefined): string => new Date(at ?? NaN).toISOString();
/** Referred on 20 February 2026, 10:00 in Washington. */
function referredIn(day: ReviewRules['day']): Rehearsal {
  const order = rehearsal({}, policyOfToday({ ...ladderRules, day }));
  order.now = Date.parse('2026-02-20T15:00:00.000Z');
  return order.referred();
}
const hour = 3_600_000;

describe('30 days from a referral on 20 February 2026, 10:00 in Washington', () => {
  it.each([
    ['exact', exact, '2026-03-22T15:00:00.000Z'],
    ['day-end', dayEnd, '2026-03-23T03:59:59.999Z'],
  ] as const)('end, read %s, at %s', (_, day, end) => {
    const order = referredIn(day);
    expect(order.plan.deadline).toMatchObject({ roles: [...agencies] });
    expect(iso(order.plan.deadline?.at)).toBe(end);
    order.after(Date.parse(end) - order.now - 1);
    expect(order.order.usReview.state).toBe('referred');
    expect(order.tries('us.state', 'recommend', noObjection)).toBeUndefined();
    expect(order.after(1).order.usReview.state).toBe('before-commerce');
    expect(order.events.filter(({ type }) => type === 'agency-deemed').map(({ at }) => iso(at))).toEqual([end, end]);
  });
});

describe('days that are read to the end of the day', () => {
  it('take a question in time until the end of the tenth day in Washington, and not a millisecond later', () => {
    const end = Date.parse('2026-03-03T04:59:59.999Z');
    const stops = (at: number): boolean => {
      const order = referredIn(dayEnd);
      order.after(at - order.now).acts('us.state', 'request-information', { number: 'Q-1', question: 'who?' });
      return order.events.some((event) => event.type === 'question-asked' && event.stopsClocks);
    };
    expect([stops(end), stops(end + 1)]).toEqual([true, false]);
  });

  it('go on after a stop for as many days more as it has lasted into', () => {
    const order = referredIn(dayEnd)
      .after(24 * hour)
      .acts('us.state', 'request-information', { number: 'Q-1', question: 'who?' });
    order.after(30 * hour).acts('seller.desk', 'answer-information', { number: 'Q-1', answer: 'annex 3' });
    const now = order.order.usReview;
    expect(now).toMatchObject({ positions: { 'us.energy': { clock: { dueAt: Date.parse('2026-03-23T03:59:59.999Z') } } } });
    expect(now).toMatchObject({ positions: { 'us.state': { clock: { dueAt: Date.parse('2026-03-24T03:59:59.999Z') } } } });
  });

  it('give the chair, an appeal and the whole review their days to their ends, too', () => {
    const order = referredIn(dayEnd);
    expect(order.order.usReview).toMatchObject({ limit: { dueAt: Date.parse('2026-05-22T03:59:59.999Z') } });
    order.acts('us.state', 'recommend', { position: 'deny', statute: '50 USC 4813', basis: '15 CFR 742.6(b)' });
    order.acts('us.energy', 'recommend', noObjection).acts('us.defense', 'recommend', noObjection);
    expect(iso(order.plan.asks[0]?.dueAt)).toBe('2026-03-07T04:59:59.999Z');
    order.acts('us.oc-chair', 'decide-appeal', { decision: 'approve' });
    expect(iso(order.plan.deadline?.at)).toBe('2026-02-26T04:59:59.999Z');
  });
});
