import { resumeClock, stopClock } from '../../../domain/clock.ts';
import { onClocks } from '../../../domain/stages/us-review/clocks.ts';
import { theCore } from '../core.ts';
import { evolving, inWalk, type Mutant, planning, telling } from './mutant.ts';

const standsStill = 'a-clock-stands-still-for-its-reasons-alone-and-loses-nothing';

/** Broken clocks of the review. */
export const ofReviewTime: readonly Mutant[] = [
  ...inWalk(
    'announcement: what stops clocks',
    telling('a question that comes too late stops clocks', 'a-question-stops-clocks-only-in-its-days', (event) =>
      event.type === 'question-asked' ? { ...event, stopsClocks: true } : event,
    ),
    evolving('a question stops the clocks of all agencies', standsStill, (order, event) => {
      const next = theCore.evolve(order, event);
      return event.type === 'question-asked' && event.stopsClocks ? onClocks(next, (clock) => stopClock(clock, `question ${event.number}`, event.at)) : next;
    }),
    evolving('a parked application runs on', standsStill, (order, event) => {
      const next = theCore.evolve(order, event);
      const { usReview: now } = order;
      return next.usReview.state === 'held-without-action' && now.state === 'referred' ? { ...next, usReview: { ...next.usReview, parked: now } } : next;
    }),
  ),
  ...inWalk(
    'ladder: contradicting conditions',
    evolving('the days of the review run while an offer lies with the applicant', standsStill, (order, event) => {
      const next = theCore.evolve(order, event);
      return event.type === 'conditions-offered' ? onClocks(next, (clock) => resumeClock(clock, 'conditions with the applicant', event.at)) : next;
    }),
  ),
  ...inWalk(
    'ladder: every disagreement',
    telling('the end of the ninety days is told a millisecond late', 'every-other-period-ends-exactly-when-its-days-are-over', (event) =>
      event.type === 'limit-reached' ? { ...event, at: event.at + 1 } : event,
    ),
    telling('a license comes by itself when the days to appeal end', 'no-timer-decides', (event) =>
      event.type === 'appeal-period-ended'
        ? [event, { type: 'license-issued', license: { number: 'D0', conditions: [], issuedAt: event.at }, at: event.at }]
        : event,
    ),
    evolving('a chair that is late loses the case to the President', 'a-day-that-only-reminds-changes-nothing-else', (order, event) =>
      event.type === 'decision-overdue' && order.usReview.state === 'before-level'
        ? { ...order, usReview: { ...order.usReview, state: 'before-president' } }
        : theCore.evolve(order, event),
    ),
    planning('the ninety days are not shown', 'the-deadline-shown-is-the-one-that-counts', (order) => {
      if (order.usReview.state !== 'before-president') return theCore.plan(order);
      const { limit: _limit, ...usReview } = order.usReview;
      return theCore.plan({ ...order, usReview });
    }),
  ),
];
