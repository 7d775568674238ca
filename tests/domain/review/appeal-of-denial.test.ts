import { describe, expect, it } from 'vitest';
import { deadlineSummary } from '../../../domain/plan.ts';
import { reviewTold } from '../../../domain/stages/us-review/told.ts';
import { washington } from '../zones.ts';
import { day, ladderRules, type Rehearsal, rehearsal } from '../../support/orders.ts';
import { allSay, before, denial, notified, referredToday } from '../reviews.ts';

const basis = { basis: '15 CFR 742.6(b)' };
const appeal = { grounds: 'the end user was mistaken for another', document: 'letter of 20 May' };
const appealMs = 45 * day;

/** Commerce has denied, and the applicant has 45 days. */
const denied = (): Rehearsal => allSay(denial, { appealMs }).acts('us.commerce', 'deny', basis);
const appeals = (order: Rehearsal): string | undefined => order.tries('seller.desk', 'appeal-denial', appeal)?.refused;

describe('a denial that may be appealed', () => {
  it('ends the order and gives everything back at once; the order is open for the appeal alone', () => {
    const order = denied();
    expect(order.order).toMatchObject({ outcome: 'denied-by-us', allocation: { state: 'released' } });
    expect(order.plan).toMatchObject({ stage: 'closing', closed: false, run: [] });
    expect(order.plan.asks).toEqual([{ role: 'seller.desk', acts: ['appeal-denial'], dueAt: order.now + appealMs }]);
    expect(order.plan.deadline && deadlineSummary(order.plan.deadline)).toBe('seller.desk: appeal until 2026-02-05');
    expect(reviewTold(order.order)).toEqual(['the denial may be appealed until 2026-02-05; an appeal suspends nothing']);
  });

  it('is appealed once: what is recorded changes neither the outcome nor what was given back, and the order is closed', () => {
    const order = denied().after(44 * day);
    const { usReview: _before, acts: _acts, ...rest } = order.order;
    order.acts('seller.desk', 'appeal-denial', appeal);
    const { usReview, acts: _more, ...then } = order.order;
    expect(then).toEqual(rest);
    expect(usReview).toMatchObject({ state: 'denied', appeal: { state: 'recorded', at: order.now, ...appeal } });
    expect(order.plan).toMatchObject({ stage: 'closed', closed: true, asks: [], deadline: undefined });
    expect(appeals(order)).toBe('already-decided');
  });

  it('is appealed to the last millisecond of its days, and not at their end', () => {
    expect(appeals(denied().after(appealMs - 1))).toBeUndefined();
    const order = denied();
    order.now += appealMs;
    expect(order.tries('seller.desk', 'appeal-denial', appeal)).toMatchObject({
      refused: 'late',
      message: 'order A-1: the days to appeal the denial were over on 2026-02-05',
    });
  });

  it('is closed by time where nobody appeals', () => {
    const order = denied().after(appealMs);
    expect(order.story.at(-1)).toBe('denial-appeal-period-ended');
    expect(order.plan).toMatchObject({ closed: true, asks: [], deadline: undefined });
    expect(reviewTold(order.order)).toEqual(['not appealed by 2026-02-05']);
  });

  it('is appealed by the end of the last day as Washington has it, where the policy reads days by their ends', () => {
    const order = allSay(denial, { appealMs, day: { reading: 'day-end', zone: washington } }).acts('us.commerce', 'deny', basis);
    // Denied on the evening of 21 December in Washington, so the 45th day is 4 February.
    expect(order.plan.deadline).toMatchObject({ at: Date.UTC(2026, 1, 5, 5) - 1, day: '2026-02-04' });
  });

  it('is appealed also where it became final by time, from the day on which it did', () => {
    const order = notified({ ...ladderRules, appealMs }).after(45 * day);
    expect(order.plan.asks).toEqual([{ role: 'seller.desk', acts: ['appeal-denial'], dueAt: order.now + appealMs }]);
    expect(appeals(order)).toBeUndefined();
  });

  it('leaves the days for an appeal to run while a hold is on: they are no days of the review', () => {
    const order = allSay(denial, { appealMs }).hold().acts('us.commerce', 'deny', basis);
    expect(order.plan.deadline?.at).toBe(order.now + appealMs);
    expect(appeals(order)).toBeUndefined();
  });

  it('stays open past its days while something is still owed, and takes no appeal any more', () => {
    const order = allSay(denial, { appealMs });
    order.slow.add('release-stock');
    order.acts('us.commerce', 'deny', basis).fails('release-stock').after(appealMs);
    expect(order.plan).toMatchObject({ closed: false, asks: [{ role: 'seller.desk', acts: ['retry-step', 'settle-step'] }] });
    expect(appeals(order)).toBe('late');
  });

  it('goes on being wound up while an appeal is recorded', () => {
    const order = allSay(denial, { appealMs });
    order.slow.add('release-stock');
    order.acts('us.commerce', 'deny', basis).acts('seller.desk', 'appeal-denial', appeal);
    expect(order.plan.closed).toBe(false);
    order.answers('release-stock');
    expect(order.story.slice(-2)).toEqual(['denial-appealed', 'stock-released']);
    expect(order.plan.closed).toBe(true);
  });
});

describe('an appeal is refused', () => {
  it('before the denial, and of an order that ended otherwise', () => {
    expect(appeals(notified({ ...ladderRules, appealMs }))).toBe('not-yet');
    expect(appeals(allSay(denial, { appealMs }).acts('seller.desk', 'cancel', { reason: 'the customer withdrew' }))).toBe('order-closed');
  });

  it('after the President, whose denial is final: the order is closed at once', () => {
    const order = before('president', referredToday({ ...ladderRules, appealMs }))
      .acts('us.president', 'presidential-decision', { decision: 'deny' })
      .acts('us.commerce', 'deny', basis);
    expect(order.plan.closed).toBe(true);
    expect(appeals(order)).toBe('decided-by-president');
  });

  it('where the policy knows no days for it: the order is closed at once', () => {
    const order = allSay(denial, {}).acts('us.commerce', 'deny', basis);
    expect(order.plan.closed).toBe(true);
    expect(order.order.usReview).toEqual({ state: 'denied', applicationNumber: 'Z100001', ...basis });
    expect(order.tries('seller.desk', 'appeal-denial', appeal)).toMatchObject({ refused: 'not-in-policy' });
  });

  it('of an order of edition 1, which closes as it did', () => {
    const order = rehearsal().referred();
    for (const by of ['us.state', 'us.energy', 'us.defense'] as const) order.acts(by, 'recommend', { position: 'deny', ...basis });
    order.acts('us.commerce', 'deny', basis);
    expect(order.plan.closed).toBe(true);
    expect(appeals(order)).toBe('not-in-policy');
  });
});
