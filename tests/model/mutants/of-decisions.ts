import { agencies } from '../../../domain/roles.ts';
import { theCore } from '../core.ts';
import { deciding, evolving, type Mutant, telling } from './mutant.ts';

/** Broken ways to decide. */
export const ofDecisions: readonly Mutant[] = [
  telling('a failed inspection is told as a passed one', 'what-is-recorded-is-what-was-said', (event) =>
    event.type === 'inspection-failed' ? { ...event, type: 'inspection-passed', reportNumber: event.reportNumber } : event,
  ),
  telling('the President’s denial is recorded as an approval', 'what-is-recorded-is-what-was-said', (event) =>
    event.type === 'president-decided' ? { ...event, consensus: 'president-approved' } : event,
  ),
  evolving('silence counts as the agency’s own approval', 'silence-is-recorded-as-silence', (order, event) =>
    event.type === 'agency-deemed'
      ? theCore.evolve(order, { type: 'position-given', agency: event.agency, position: { state: 'given', position: 'no-objection' }, at: event.at })
      : theCore.evolve(order, event),
  ),
  deciding('a timer issues the license', 'only-the-named-act-of-the-entitled-role-decides', (order, command, now) =>
    command.type === 'deadline-reached' && order.usReview.state === 'before-commerce' && order.usReview.consensus === 'none-objects'
      ? [{ type: 'license-issued', license: { number: 'D0', conditions: [], issuedAt: now }, by: 'us.commerce', at: now }]
      : theCore.decide(order, command, now),
  ),
  deciding('a timer asks the President', 'only-the-named-act-of-the-entitled-role-decides', (order, command, now) =>
    command.type === 'deadline-reached' && order.usReview.state === 'before-commerce' && order.usReview.consensus === 'all-deny'
      ? [{ type: 'escalated', reason: 'time', at: now }]
      : theCore.decide(order, command, now),
  ),
  deciding('a timer cancels an order that waits for stock', 'no-timer-decides', (order, command, now) =>
    command.type === 'deadline-reached' && order.allocation.state === 'short' && order.outcome === undefined
      ? [{ type: 'order-ended', outcome: 'cancelled', reason: 'time', at: now }]
      : theCore.decide(order, command, now),
  ),
  deciding('the desk may issue the license', 'only-the-named-act-of-the-entitled-role-decides', (order, command, now) =>
    command.type === 'act' && command.act.name === 'issue-license'
      ? theCore.decide(order, { type: 'act', act: { ...command.act, by: 'us.commerce' } }, now)
      : theCore.decide(order, command, now),
  ),
  deciding('Commerce licenses against a denial by all', 'commerce-licenses-only-what-the-review-lets-it', (order, command, now) =>
    order.usReview.state === 'before-commerce' && command.type === 'act' && command.act.name === 'issue-license'
      ? theCore.decide({ ...order, usReview: { ...order.usReview, consensus: 'none-objects' } }, command, now)
      : theCore.decide(order, command, now),
  ),
  deciding('Commerce goes to the President although nobody objects', 'the-president-decides-only-disagreements', (order, command, now) =>
    order.usReview.state === 'before-commerce' && command.type === 'act' && command.act.name === 'escalate'
      ? theCore.decide({ ...order, usReview: { ...order.usReview, consensus: 'all-deny' } }, command, now)
      : theCore.decide(order, command, now),
  ),
  evolving('a position changes after the review has closed', 'the-state-says-what-the-history-says', (order, event) => {
    const next = theCore.evolve(order, event);
    const { usReview } = next;
    if (event.type !== 'review-closed' || !('positions' in usReview)) return next;
    const yes = { state: 'given', position: 'no-objection' } as const;
    return { ...next, usReview: { ...usReview, positions: { ...usReview.positions, [agencies[0]]: yes } } };
  }),
];
