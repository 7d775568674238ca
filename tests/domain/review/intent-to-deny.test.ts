import { describe, expect, it } from 'vitest';
import { day, dayZero, ladderRules, type Rehearsal } from '../../support/orders.ts';
import { allSay, denial, notified, referredToday, spoken } from '../reviews.ts';

const notice = { basis: '15 CFR 742.6(b)', reason: 'the end user is not known' };
const response = { response: 'letter of 3 March' };
const denied = { outcome: 'denied-by-us', usReview: { state: 'denied', basis: notice.basis } };

describe('an intent to deny', () => {
  it('is told before a denial: Commerce is asked for the notice, and denies nothing without one', () => {
    const order = allSay(denial);
    expect(order.plan.asks).toEqual([{ role: 'us.commerce', acts: ['notify-intent-to-deny', 'escalate'] }]);
    expect(order.tries('us.commerce', 'deny', { basis: notice.basis })).toMatchObject({ refused: 'notice-needed', accepted: 'notify-intent-to-deny' });
  });

  it('leaves 20 days to respond, to the millisecond', () => {
    const order = notified();
    expect(order.plan.asks).toEqual([
      { role: 'seller.desk', acts: ['respond-to-intent-to-deny'], dueAt: dayZero + 20 * day },
      { role: 'us.commerce', acts: ['rescind-intent-to-deny'], dueAt: dayZero + 45 * day },
    ]);
    expect(
      notified()
        .after(20 * day - 1)
        .tries('seller.desk', 'respond-to-intent-to-deny', response),
    ).toBeUndefined();
    const late = notified();
    late.now += 20 * day;
    expect(late.tries('seller.desk', 'respond-to-intent-to-deny', response)?.refused).toBe('late');
    expect(late.after(0).plan.asks.map(({ role }) => role)).toEqual(['us.commerce']);
  });

  it('is responded to once', () => {
    const order = notified().acts('seller.desk', 'respond-to-intent-to-deny', response);
    expect(order.tries('seller.desk', 'respond-to-intent-to-deny', { response: 'another' })?.refused).toBe('already-decided');
    expect(order.order.usReview).toMatchObject({ response: response.response });
  });

  it.each([
    ['not answered', notified],
    ['answered', () => notified().acts('seller.desk', 'respond-to-intent-to-deny', response)],
  ])('that is %s becomes final on day 45 from the notice, and not a millisecond before', (_, reach) => {
    const order = reach().after(45 * day - 1);
    expect(order.order).toMatchObject({ outcome: undefined, usReview: { state: 'intent-to-deny' } });
    expect(order.after(1).order).toMatchObject({ ...denied, allocation: { state: 'released' } });
    expect(order.events.find(({ type }) => type === 'license-denied')?.at).toBe(dayZero + 45 * day);
  });

  it('is final at that moment however late the alarm rings', () => {
    const order = notified().after(400 * day);
    expect(order.events.find(({ type }) => type === 'license-denied')).toMatchObject({ at: dayZero + 45 * day, basis: notice.basis });
  });

  it('that is rescinded leaves the review where it was, and may be told anew with all of its days', () => {
    const order = notified()
      .after(30 * day)
      .acts('us.commerce', 'rescind-intent-to-deny', { reason: 'the response settles it' });
    expect(order.order.usReview).toMatchObject({ state: 'before-commerce', consensus: 'all-deny' });
    expect(order.after(100 * day).order.outcome).toBeUndefined();
    order.acts('us.commerce', 'notify-intent-to-deny', notice);
    expect(order.order.usReview).toMatchObject({ respondBy: { dueAt: dayZero + 150 * day }, final: { dueAt: dayZero + 175 * day } });
    expect(order.tries('us.commerce', 'notify-intent-to-deny', notice)).toBeDefined();
  });

  it.each([
    ['a hold', (order: Rehearsal) => order.hold(), (order: Rehearsal) => order.lift()],
    [
      'a parked application',
      (order: Rehearsal) => order.acts('us.commerce', 'hold-without-action', { reason: 'x' }),
      (order: Rehearsal) => order.acts('us.commerce', 'resume-review', { reason: 'x' }),
    ],
  ])('stops both clocks with %s', (_, stop, resume) => {
    const order = resume(stop(notified().after(10 * day)).after(300 * day));
    expect(order.order.usReview).toMatchObject({ respondBy: { dueAt: dayZero + 320 * day }, final: { dueAt: dayZero + 345 * day } });
    expect(order.after(9 * day).tries('seller.desk', 'respond-to-intent-to-deny', response)).toBeUndefined();
  });

  it('is not needed where the policy knows none', () => {
    const order = allSay(denial, {});
    expect(order.tries('us.commerce', 'notify-intent-to-deny', notice)?.refused).toBe('notice-not-needed');
    expect(order.acts('us.commerce', 'deny', { basis: notice.basis }).order).toMatchObject(denied);
  });

  it('is told of nothing that Commerce may not deny', () => {
    expect(allSay({ position: 'no-objection' }).tries('us.commerce', 'notify-intent-to-deny', notice)?.refused).toBe('agencies-approve');
    expect(referredToday(ladderRules).tries('us.commerce', 'notify-intent-to-deny', notice)?.refused).toBe('review-open');
  });

  it('meets day 90 on its way, which changes nothing of it', () => {
    const order = spoken(referredToday(ladderRules), denial, denial, 'silent')
      .after(40 * day)
      .acts('us.commerce', 'notify-intent-to-deny', notice)
      .after(25 * day);
    expect(order.story.slice(-2)).toEqual(['response-period-ended', 'limit-reached']);
    expect(order.after(20 * day).order).toMatchObject(denied);
  });
});
