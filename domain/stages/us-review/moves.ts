import { type Clock, startClock, stopClock } from '../../clock.ts';
import { reviewRules } from '../../rules-of.ts';
import { activeHolds, type Order } from '../../state.ts';
import type { BeforeCommerce, Consensus, Opaque, OpenReview, PastApplication, Referral, Registration, UsReview } from '../../us-review.ts';

export type ReviewIn<S extends UsReview['state']> = Extract<UsReview, { state: S }>;
const isIn = <S extends UsReview['state']>(now: UsReview, state: S): now is ReviewIn<S> => now.state === state;

/** Moves the review on from the one state in which the fact can have happened. */
export function review<S extends UsReview['state']>(order: Order, from: S, to: (now: ReviewIn<S>) => UsReview): Order {
  if (!isIn(order.usReview, from)) throw new Error(`order ${order.terms.id}: review is ${order.usReview.state}, expected ${from}`);
  return { ...order, usReview: to(order.usReview) };
}

const openStates: ReadonlySet<UsReview['state']> = new Set<OpenReview['state']>([
  'registered',
  'referred',
  'referred-opaque',
  'before-level',
  'appealable',
  'before-president',
  'before-commerce',
  'one-text',
  'conditions-offered',
  'intent-to-deny',
]);
/** Whether Commerce has the application registered and nobody has ended its review. */
export const isOpen = (now: UsReview): now is OpenReview => openStates.has(now.state);

/** What stays with an application from its registration on. */
export const registered = ({ applicationNumber, limit, questions, previous }: Registration): Registration => ({
  applicationNumber,
  ...(limit && { limit }),
  ...(questions && { questions }),
  ...(previous && { previous }),
});

/** What stays with an application from its referral on. */
export const referred = (now: Referral): Referral => ({
  ...registered(now),
  positions: now.positions,
  ...(now.referredAt !== undefined && { referredAt: now.referredAt }),
  ...(now.decisions && { decisions: now.decisions }),
});

/** The registration of an open review, wherever it stands. */
export function registrationOf(now: OpenReview): Registration {
  return now.state === 'conditions-offered' || now.state === 'intent-to-deny' ? now.before : now;
}

/** Changes what stays with an application, wherever its review stands. */
export function withRegistration(now: OpenReview, change: (one: Registration) => Registration): OpenReview {
  if (now.state === 'conditions-offered' || now.state === 'intent-to-deny') return { ...now, before: { ...now.before, ...change(now.before) } };
  return { ...now, ...change(now) };
}

/** The open review of an order, also of one that is parked. */
export const openReviewOf = ({ usReview }: Order): OpenReview | undefined =>
  isOpen(usReview) ? usReview : usReview.state === 'held-without-action' ? usReview.parked : undefined;

/** The number under which Commerce knows the application, there where it has one. */
export function applicationNumberOf(order: Order): string | undefined {
  const open = openReviewOf(order);
  if (open) return registrationOf(open).applicationNumber;
  const now = order.usReview.state === 'license-unusable' ? order.usReview.licensed : order.usReview;
  return 'applicationNumber' in now ? now.applicationNumber : undefined;
}

/** A clock of the review that starts now. One that starts while a hold is on starts stopped: it loses nothing. */
export function started(order: Order, ms: number, at: number): Clock {
  const { day } = reviewRules(order.policy);
  const clock = startClock(ms, at, day);
  return activeHolds(order).reduce<Clock>((one, id) => stopClock(one, `hold ${id}`, at, day), clock);
}

/** Where a disagreement goes, by the policy. */
export function goesUp(order: Order, now: Referral, at: number): UsReview {
  const { disagreement } = reviewRules(order.policy);
  return disagreement.goesTo === 'president'
    ? { ...referred(now), state: 'before-president' }
    : { ...referred(now), state: 'before-level', level: 'oc-chair', due: started(order, disagreement.chairMs, at) };
}

/** The review as it lies before Commerce, also where what agencies say is not shown. */
export const beforeCommerce = (now: UsReview): BeforeCommerce | Opaque | undefined =>
  now.state === 'before-commerce' || now.state === 'referred-opaque' ? now : undefined;

/** What lies before Commerce; what agencies say may not be shown. */
export const consensusOf = (now: BeforeCommerce | Opaque): Consensus => (now.state === 'referred-opaque' ? 'not-shown' : now.consensus);

/** The applications that the present one replaces, the oldest first. */
export function previousOf(order: Order): readonly PastApplication[] | undefined {
  const open = openReviewOf(order);
  if (open) return registrationOf(open).previous;
  const now = order.usReview.state === 'license-unusable' ? order.usReview.licensed : order.usReview;
  return 'previous' in now ? now.previous : undefined;
}

/** The application that an ended review was about, and those before it. */
export function pastOf(order: Order, ended: PastApplication['ended']): { readonly of: PastApplication; readonly previous?: readonly PastApplication[] } {
  const { usReview } = order;
  const applicationNumber = applicationNumberOf(order);
  const previous = previousOf(order);
  return {
    of: {
      ended,
      ...('filingReference' in usReview && { filingReference: usReview.filingReference }),
      ...(applicationNumber !== undefined && { applicationNumber }),
    },
    ...(previous && { previous }),
  };
}
