import { resumeClock, stopClock } from '../../clock.ts';
import type { OrderEvent } from '../../events.ts';
import { type Refusal, refuse } from '../../refusal.ts';
import { reviewRules } from '../../rules-of.ts';
import { filingFault, routeOf } from '../../rules/filing.ts';
import type { ActRules, Evolutions, ReportRules } from '../../stage.ts';
import { isHeld, type Order } from '../../state.ts';
import { wantAnew } from '../../steps.ts';
import type { PastApplication, UsReview } from '../../us-review.ts';
import { onClocks } from './clocks.ts';
import { withoutConditions } from './license.ts';
import { isOpen, openReviewOf, pastOf, registrationOf, review, started } from './moves.ts';
import { outOfTurn } from './out-of-turn.ts';
import { referralOf } from './referral.ts';

type FilingAct =
  | 'submit-application'
  | 'reject-unregistered'
  | 'register'
  | 'refer'
  | 'return-without-action'
  | 'hold-without-action'
  | 'resume-review'
  | 'withdraw-application'
  | 'resubmit';

export const filingActs: ActRules<FilingAct> = {
  'submit-application': (order, _act, at) =>
    order.usReview.state !== 'not-submitted'
      ? refuse('already-decided', `the application of order ${order.terms.id} is ${order.usReview.state}`, 'one application an order')
      : order.allocation.state !== 'reserved'
        ? refuse('not-yet', `order ${order.terms.id} has no stock yet (${order.allocation.state})`, 'filing once stock is reserved')
        : (filingFault(order) ?? [{ type: 'application-submitted', at }]),
  'reject-unregistered': (order, act, at) =>
    order.usReview.state === 'filed' ? [{ type: 'application-rejected', reason: act.reason, at }] : outOfTurn(order, 'reject-unregistered'),
  register: (order, act, at) =>
    order.usReview.state === 'filed' ? [{ type: 'application-registered', applicationNumber: act.applicationNumber, at }] : outOfTurn(order, 'register'),
  refer: (order, _act, at) => (order.usReview.state === 'registered' ? [{ type: 'application-referred', at }] : outOfTurn(order, 'refer')),
  'return-without-action': (order, act, at) =>
    openReviewOf(order) ? [{ type: 'application-returned', reason: act.reason, at }] : outOfTurn(order, 'return-without-action'),
  'hold-without-action': (order, act, at) =>
    isOpen(order.usReview) ? [{ type: 'application-parked', reason: act.reason, at }] : outOfTurn(order, 'hold-without-action'),
  'resume-review': (order, act, at) =>
    order.usReview.state === 'held-without-action' ? [{ type: 'review-resumed', reason: act.reason, at }] : outOfTurn(order, 'resume-review'),
  'withdraw-application': (order, act, at) =>
    openReviewOf(order) || order.usReview.state === 'filed'
      ? [{ type: 'withdrawal-requested', reason: act.reason, at }]
      : outOfTurn(order, 'withdraw-application'),
  resubmit: (order, act, at) =>
    isUncovered(order)
      ? [{ type: 'coverage-given-up', reason: act.reason, at }]
      : (resubmissionFault(order) ?? [{ type: 'application-resubmitted', reason: act.reason, at }]),
};

/** The license that stops the shipment is another order's: this one has never been filed, and its papers come first. */
const isUncovered = ({ usReview }: Order): boolean => usReview.state === 'license-unusable' && usReview.licensed.state === 'covered';

const ended: ReadonlySet<UsReview['state']> = new Set<UsReview['state']>(['rejected-unregistered', 'returned-without-action', 'withdrawn', 'license-unusable']);
function resubmissionFault(order: Order): Refusal | undefined {
  const { state } = order.usReview;
  if (state === 'withdrawing') return refuse('not-yet', `the application of order ${order.terms.id} is being withdrawn`, 'resubmit once it has been');
  if (!ended.has(state)) return outOfTurn(order, 'resubmit');
  return order.allocation.state === 'reserved'
    ? filingFault(order)
    : refuse('not-yet', `order ${order.terms.id} has no stock (${order.allocation.state})`, 'filing once stock is reserved');
}

/** What follows by itself before the filing: no license is required, or a submission that carries the filing files as soon as there is stock and no hold. */
export function filingAt(order: Order, at: number): OrderEvent[] {
  if (order.usReview.state !== 'not-submitted' || order.allocation.state !== 'reserved' || isHeld(order)) return [];
  if (routeOf(order) === 'no-license-required') return [{ type: 'license-not-required', reason: `${order.terms.product}: no license required`, at }];
  return order.terms.fileApplication === 'when-allocated' && !filingFault(order) ? [{ type: 'application-submitted', by: 'seller.desk', at }] : [];
}

export const filingReports: ReportRules<'file-application' | 'notify-license' | 'withdraw-application'> = {
  'file-application': (_order, result, at) => [{ type: 'application-filed', filingReference: result.filingReference, at }],
  'notify-license': () => [],
  'withdraw-application': (_order, _result, at) => [{ type: 'application-withdrawn', at }],
};

type FilingEvent =
  | 'license-not-required'
  | 'application-submitted'
  | 'application-filed'
  | 'application-rejected'
  | 'application-registered'
  | 'application-referred'
  | 'application-returned'
  | 'application-parked'
  | 'review-resumed'
  | 'withdrawal-requested'
  | 'application-withdrawn'
  | 'application-resubmitted';

const parked = 'held without action';

export const filingEvolutions: Evolutions<FilingEvent> = {
  'license-not-required': (order, event) => ({ ...order, usReview: { state: 'not-required', reason: event.reason } }),
  'application-submitted': (order) => ({ ...order, usReview: { state: 'submitted' } }),
  // An application that was withdrawn meanwhile stays withdrawn.
  'application-filed': (order, event) =>
    order.usReview.state === 'submitted' ? { ...order, usReview: { ...order.usReview, state: 'filed', filingReference: event.filingReference } } : order,
  'application-rejected': (order, event) => review(order, 'filed', (now) => ({ ...now, state: 'rejected-unregistered', reason: event.reason })),
  'application-registered': (order, event) =>
    review(order, 'filed', ({ previous }) => {
      const { limitMs } = reviewRules(order.policy);
      return {
        state: 'registered',
        applicationNumber: event.applicationNumber,
        ...(limitMs !== null && { limit: started(order, limitMs, event.at) }),
        ...(previous && { previous }),
      };
    }),
  'application-referred': (order, event) => review(order, 'registered', (now) => referralOf(order, now, event.at)),
  'application-returned': (order, event) => {
    const open = openReviewOf(order);
    if (!open) throw new Error(`order ${order.terms.id}: review is ${order.usReview.state}, expected an open one`);
    const { applicationNumber, previous } = registrationOf(open);
    return { ...order, usReview: { state: 'returned-without-action', applicationNumber, reason: event.reason, ...(previous && { previous }) } };
  },
  'application-parked': (order, event) => {
    const stopped = onClocks(order, (clock) => stopClock(clock, parked, event.at, reviewRules(order.policy).day));
    if (!isOpen(stopped.usReview)) throw new Error(`order ${order.terms.id}: review is ${order.usReview.state}, expected an open one`);
    return { ...stopped, usReview: { state: 'held-without-action', reason: event.reason, since: event.at, parked: stopped.usReview } };
  },
  'review-resumed': (order, event) => {
    const { day } = reviewRules(order.policy);
    return onClocks(
      review(order, 'held-without-action', (now) => now.parked),
      (clock) => resumeClock(clock, parked, event.at, day),
    );
  },
  'withdrawal-requested': (order, event) => ({ ...order, usReview: { state: 'withdrawing', reason: event.reason, ...pastOf(order, 'withdrawn') } }),
  'application-withdrawn': (order) => {
    const { usReview: now } = order;
    if (now.state !== 'withdrawing') return { ...order, usReview: { state: 'withdrawn' } };
    return { ...order, usReview: { state: 'withdrawn', of: now.of, ...(now.previous && { previous: now.previous }) } };
  },
  'application-resubmitted': (order) => {
    const { usReview: now } = order;
    const { of, previous = [] } = now.state === 'withdrawn' ? { of: now.of, previous: now.previous } : pastOf(order, endedAs(now.state));
    const steps = wantAnew(order.steps, 'file-application');
    const again = now.state === 'license-unusable' ? withoutConditions(order) : order;
    return { ...again, steps: withoutWithdrawal(steps), usReview: { state: 'submitted', previous: [...previous, ...(of ? [of] : [])] } };
  },
};

function endedAs(state: UsReview['state']): PastApplication['ended'] {
  if (state === 'rejected-unregistered' || state === 'license-unusable' || state === 'returned-without-action') return state;
  throw new Error(`a review that is ${state} has not ended, and so is followed by no other`);
}

/** The withdrawal of the application before is no withdrawal of this one. */
const withoutWithdrawal = (steps: Order['steps']): Order['steps'] => (steps['withdraw-application'] ? wantAnew(steps, 'withdraw-application') : steps);
