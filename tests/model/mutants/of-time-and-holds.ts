import { resumeClock } from '../../../domain/clock.ts';
import { onClocks } from '../../../domain/stages/us-review/clocks.ts';
import { theCore } from '../core.ts';
import { deciding, evolving, type Mutant, planning, telling } from './mutant.ts';

/** Broken clocks and holds. */
export const ofTimeAndHolds: readonly Mutant[] = [
  evolving('a hold does not stop the clocks', 'a-clock-stands-still-for-its-reasons-alone-and-loses-nothing', (order, event) => {
    const next = theCore.evolve(order, event);
    return event.type === 'policy-held' ? onClocks(next, (clock) => resumeClock(clock, `hold ${event.id}`, event.at)) : next;
  }),
  evolving('a lifted hold gives the agencies another day', 'a-clock-stands-still-for-its-reasons-alone-and-loses-nothing', (order, event) => {
    const next = theCore.evolve(order, event);
    return event.type === 'policy-lifted'
      ? onClocks(next, (clock) => (clock.state === 'running' ? { ...clock, dueAt: clock.dueAt + 86_400_000 } : clock))
      : next;
  }),
  telling('silence is told of the moment at which it was noticed', 'an-agency-has-exactly-thirty-accountable-days', (event, _order, command) =>
    event.type === 'agency-deemed' && command.type === 'deadline-reached' ? { ...event, at: event.at + 1 } : event,
  ),
  deciding('an agency is taken as silent a millisecond early', 'the-history-is-in-order-of-time', (order, command, now) =>
    theCore.decide(order, command, now + 1),
  ),
  deciding('an act that comes before its alarm finds the clock still running', 'an-alarm-that-rang-before-makes-no-difference', (order, command, now) =>
    theCore.decide(order, command, command.type === 'act' && order.usReview.state === 'referred' ? now - 1 : now),
  ),
  telling('the review closes on two agencies', 'the-review-closes-when-all-have-spoken-and-not-before', (event, order) => {
    const spoken = order.usReview.state === 'referred' ? Object.values(order.usReview.positions).filter((position) => position.state !== 'asked').length : 0;
    return event.type === 'position-given' && spoken === 1 ? [event, { type: 'review-closed', finding: 'none-objects', at: event.at }] : event;
  }),
  planning('the deadline is shown a day late', 'the-deadline-shown-is-the-one-that-counts', (order) => {
    const plan = theCore.plan(order);
    return plan.deadline ? { ...plan, deadline: { ...plan.deadline, at: plan.deadline.at + 86_400_000 } } : plan;
  }),
  deciding('a hold that was lifted comes back by a late broadcast', 'a-policy-change-counts-once-and-a-lifted-hold-stays-lifted', (order, command, now) =>
    command.type === 'policy-changed' && command.change.effect === 'hold'
      ? theCore.decide({ ...order, holds: {} }, command, now)
      : theCore.decide(order, command, now),
  ),
  evolving('an older policy change takes the epoch back', 'the-newest-policy-epoch-never-falls', (order, event) => {
    const next = theCore.evolve(order, event);
    return event.type === 'policy-lifted' ? { ...next, policyEpoch: event.epoch } : next;
  }),
];
