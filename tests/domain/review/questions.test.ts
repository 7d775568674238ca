import { describe, expect, it } from 'vitest';
import { accountableTime } from '../../../domain/accountable-time.ts';
import { reviewRules } from '../../../domain/rules-of.ts';
import { day, dayZero, ladderRules, type Rehearsal } from '../../support/orders.ts';
import { agencies, noObjection, questioned, referredToday, spoken } from '../reviews.ts';

const asks = (number: string) => ({ number, question: 'who has access to the site?' });
const answers = (number: string) => ({ number, answer: 'annex 3' });
const asked = (by: 'us.commerce' | (typeof agencies)[number], on: number): Rehearsal =>
  referredToday(ladderRules)
    .after(on * day)
    .acts(by, 'request-information', asks('Q-1'));
/** Days used so far, by the record: the total's, then State's, Energy's and Defense's. */
const usedDays = ({ events, order, now }: Rehearsal): (number | undefined)[] => {
  const told = accountableTime(events, reviewRules(order.policy), now).at(-1);
  return [told?.total, ...agencies.map((agency) => told?.agencies[agency])].map((one) => one && one.usedMs / day);
};

describe('a question within 10 days of referral', () => {
  it('stops the clock of who asks and the total until it is answered, and not the clocks of the others', () => {
    const order = asked('us.state', 9).after(20 * day);
    expect(usedDays(order)).toEqual([9, 9, 29, 29]);
    order.acts('seller.desk', 'answer-information', answers('Q-1')).after(day);
    expect(usedDays(order)).toEqual([10, 10, 30, 30]);
    expect(order.order.usReview).toMatchObject({
      limit: { state: 'running', dueAt: dayZero + 110 * day },
      positions: { 'us.state': { clock: { dueAt: dayZero + 50 * day } }, 'us.energy': { state: 'deemed' } },
    });
  });

  it('of Commerce stops the total alone', () => {
    expect(usedDays(asked('us.commerce', 9).after(20 * day))).toEqual([9, 29, 29, 29]);
  });

  it('may come in the last millisecond of the tenth day; one millisecond later it is recorded and stops nothing', () => {
    const stops = (ms: number): boolean => {
      const order = referredToday(ladderRules).after(ms).acts('us.state', 'request-information', asks('Q-1'));
      return order.events.some((event) => event.type === 'question-asked' && event.stopsClocks);
    };
    expect([stops(10 * day), stops(10 * day + 1)]).toEqual([true, false]);
  });

  it('reaches the applicant, who alone is asked for the answer', () => {
    expect(asked('us.state', 9).plan.asks).toContainEqual({ role: 'seller.desk', acts: ['answer-information'] });
  });
});

describe('a question on day 11', () => {
  it('is recorded and answered like any other, and stops nothing', () => {
    const order = asked('us.state', 11).after(5 * day);
    expect(usedDays(order)).toEqual([16, 16, 16, 16]);
    expect(order.plan.asks).toContainEqual({ role: 'seller.desk', acts: ['answer-information'] });
    order.acts('seller.desk', 'answer-information', answers('Q-1'));
    expect(order.order.usReview).toMatchObject({ questions: [{ number: 'Q-1', stopsClocks: false, closed: { how: 'answered' } }] });
  });
});

describe('several stops', () => {
  it('overlap: a clock goes on when the last of its reasons has gone, and the total stands as long as any question is out', () => {
    const order = asked('us.state', 2)
      .after(2 * day)
      .acts('us.state', 'request-information', asks('Q-2'))
      .acts('us.energy', 'request-information', asks('Q-3'));
    order.after(day).acts('seller.desk', 'answer-information', answers('Q-1')).after(day);
    expect(usedDays(order)).toEqual([2, 2, 4, 6]);
    order.acts('seller.desk', 'answer-information', answers('Q-2')).after(day);
    expect(usedDays(order)).toEqual([2, 3, 4, 7]);
    order.acts('seller.desk', 'answer-information', answers('Q-3')).after(day);
    expect(usedDays(order)).toEqual([3, 4, 5, 8]);
  });

  it('keep reason, by, from and to, each, a hold over a question too', () => {
    const order = asked('us.state', 2).after(day).hold().after(day).acts('seller.desk', 'answer-information', answers('Q-1')).after(day).lift().after(day);
    expect(usedDays(order)).toEqual([3, 3, 4, 4]);
    const told = accountableTime(order.events, reviewRules(order.order.policy), order.now).at(-1);
    const hold = { reason: 'hold P-7', by: 'policy.admin', from: dayZero + 3 * day, to: dayZero + 5 * day };
    expect(told?.agencies['us.state']?.stops).toEqual([{ reason: 'question Q-1', by: 'us.state', from: dayZero + 2 * day, to: dayZero + 4 * day }, hold]);
    expect(told?.agencies['us.energy']?.stops).toEqual([hold]);
  });
});

describe('a question', () => {
  it('is answered once, and is asked once under its number', () => {
    const order = questioned().acts('seller.desk', 'answer-information', answers('Q-1'));
    expect(order.tries('seller.desk', 'answer-information', answers('Q-1'))?.refused).toBe('already-decided');
    expect(order.tries('us.energy', 'request-information', asks('Q-1'))?.refused).toBe('already-decided');
  });

  it('is taken back by whoever asked and by nobody else; its clock goes on then', () => {
    const order = questioned('us.state').after(3 * day);
    expect(order.tries('us.energy', 'withdraw-request', { number: 'Q-1' })).toMatchObject({
      refused: 'not-entitled',
      accepted: 'withdraw-request by us.state',
    });
    order.acts('us.state', 'withdraw-request', { number: 'Q-1' }).after(day);
    expect(usedDays(order)).toEqual([1, 1, 4, 4]);
    expect(order.tries('us.state', 'withdraw-request', { number: 'Q-1' })?.refused).toBe('already-decided');
  });

  it('is closed when the review closes, and the total goes on; who asked may give a position with it open', () => {
    const order = spoken(questioned('us.state').after(3 * day), noObjection, noObjection, noObjection).after(day);
    expect(order.order.usReview).toMatchObject({ state: 'before-commerce', questions: [{ closed: { at: dayZero + 3 * day, how: 'review-closed' } }] });
    expect(usedDays(order)).toEqual([1, 0, 3, 3]);
    expect(order.tries('seller.desk', 'answer-information', answers('Q-1'))?.refused).toBe('already-decided');
  });

  it('that nobody has asked is not answered', () => {
    expect(questioned().tries('seller.desk', 'answer-information', answers('Q-9'))?.refused).toBe('no-question');
  });

  it('waits with a parked application: that is said, and not that nobody has asked', () => {
    const order = questioned().acts('us.commerce', 'hold-without-action', { reason: 'policy pending' });
    expect(order.tries('seller.desk', 'answer-information', answers('Q-1'))?.refused).toBe('not-yet');
    expect(order.acts('us.commerce', 'resume-review', { reason: 'settled' }).tries('seller.desk', 'answer-information', answers('Q-1'))).toBeUndefined();
  });
});
