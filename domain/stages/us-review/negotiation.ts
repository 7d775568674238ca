import { resumeClock, stopClock } from '../../clock.ts';
import { type Refusal, refuse } from '../../refusal.ts';
import { agencies } from '../../roles.ts';
import { reviewRules } from '../../rules-of.ts';
import { askedFor, asksForConditions, departs, kindOf, missingKinds } from '../../rules/conditions.ts';
import { faultOfCondition } from '../../rules/condition-terms.ts';
import { commerceMay } from '../../rules/us-decision.ts';
import type { ActRules, Evolutions } from '../../stage.ts';
import type { Order } from '../../state.ts';
import type { BeforeCommerce, Opaque, UsReview } from '../../us-review.ts';
import { onClocks } from './clocks.ts';
import { beforeCommerce, consensusOf, referred, review } from './moves.ts';
import { outOfTurn } from './out-of-turn.ts';

type NegotiationAct = 'propose-conditions' | 'concur' | 'accept-conditions' | 'counter-conditions' | 'decline-conditions';

/** One consolidated set, offered once it contradicts nobody: proposed by Commerce, answered by the applicant, as often as it takes. */
export const negotiationActs: ActRules<NegotiationAct> = {
  'propose-conditions': (order, act, at) => {
    const now = beforeCommerce(order.usReview);
    if (!now) return outOfTurn(order, 'propose-conditions');
    const isContradiction = now.state === 'before-commerce' && now.consensus === 'conditions-contradict';
    const isTheirs = isContradiction || departsFrom(now, act.conditions);
    const verdict = commerceMay[consensusOf(now)]['issue-license'];
    if (!isContradiction && !verdict.taken)
      return refuse('not-yet', `order ${order.terms.id}: no license may be issued, so it needs no conditions`, verdict.accepted);
    const unread = faultOfConditions(act.conditions);
    if (unread) return unread;
    return (
      leftOut(order, now, act.conditions) ?? [
        isTheirs ? { type: 'conditions-consolidated', conditions: act.conditions, at } : { type: 'conditions-offered', conditions: act.conditions, at },
      ]
    );
  },
  concur: (order, act, at) => {
    const now = order.usReview;
    if (now.state !== 'one-text') return outOfTurn(order, 'concur');
    const agency = agencies.find((one) => one === act.by);
    if (!agency || !asksForConditions(now.positions, agency) || now.concurring.includes(agency))
      return refuse(
        'already-decided',
        `order ${order.terms.id}: nothing waits for the word of ${act.by}`,
        'concur by an agency that asked for conditions, once',
      );
    const isLast = agencies.every((one) => one === agency || !asksForConditions(now.positions, one) || now.concurring.includes(one));
    return [{ type: 'conditions-concurred', agency, at }, ...(isLast ? [{ type: 'conditions-offered', conditions: now.offer, at } as const] : [])];
  },
  'accept-conditions': (order, _act, at) =>
    order.usReview.state === 'conditions-offered'
      ? [{ type: 'conditions-answered', answer: 'accepted', conditions: order.usReview.offer, at }]
      : outOfTurn(order, 'accept-conditions'),
  'counter-conditions': (order, { conditions, reason }, at) =>
    order.usReview.state === 'conditions-offered'
      ? (faultOfConditions(conditions) ?? [{ type: 'conditions-answered', answer: 'countered', conditions, reason, at }])
      : outOfTurn(order, 'counter-conditions'),
  'decline-conditions': (order, { reason }, at) =>
    order.usReview.state === 'conditions-offered'
      ? [{ type: 'conditions-answered', answer: 'declined', conditions: order.usReview.offer, reason, at }]
      : outOfTurn(order, 'decline-conditions'),
};

/** A condition that cannot be tracked, or a set that contradicts itself, is refused before anybody agrees to it. */
export function faultOfConditions(conditions: readonly string[]): Refusal | undefined {
  const fault = conditions.flatMap((one) => faultOfCondition(one) ?? [])[0];
  if (fault !== undefined) return refuse('invalid-act', `conditions: ${fault}`, 'KIND: FORM | by ROLE | to ROLE | due DAY | before STEP | binds ROLE');
  const kinds = conditions.map(kindOf);
  const twice = kinds.find((kind, index) => kinds.indexOf(kind) !== index);
  return twice === undefined ? undefined : refuse('invalid-act', `conditions: two of the kind ${twice}`, 'one condition of each kind');
}

/** Whether an offer changes what agencies ask for: then it is theirs to concur with first, unless somebody above them has decided. */
const departsFrom = (now: BeforeCommerce | Opaque, conditions: readonly string[]): boolean =>
  now.state === 'before-commerce' && now.consensus === 'agencies-approve' && departs(now.agreed ?? askedFor(Object.values(now.positions)), conditions);

/** What agencies ask for stands in every offer, unless somebody above them has decided. */
function leftOut(order: Order, now: BeforeCommerce | Opaque, conditions: readonly string[]): Refusal | undefined {
  if (now.state !== 'before-commerce' || now.consensus === 'president-approved' || now.consensus === 'escalation-approved') return undefined;
  const missing = missingKinds(Object.values(now.positions), conditions);
  return missing.length === 0
    ? undefined
    : refuse(
        'conditions-missing',
        `order ${order.terms.id}: agencies ask for conditions of the kind ${missing.join(', ')}`,
        'a set with all that agencies ask for',
      );
}

const acceptedIn = ({ answer, offer = [] }: BeforeCommerce | Opaque): readonly string[] => (answer === 'accepted' ? offer : []);

/** Whether a license could carry what the applicant has accepted so far, so that nobody is asked for one that would be refused. */
export function mayCarryAccepted(order: Order): boolean {
  const now = beforeCommerce(order.usReview);
  return now !== undefined && leftOut(order, now, acceptedIn(now)) === undefined;
}

/** A license carries the conditions that the applicant has accepted, and those that agencies ask for are among them. */
export function conditionsFault(order: Order, conditions: readonly string[]): Refusal | undefined {
  const now = beforeCommerce(order.usReview);
  if (!now) return outOfTurn(order, 'issue-license');
  const accepted = acceptedIn(now);
  const same = accepted.length === conditions.length && accepted.every((one) => conditions.includes(one));
  return (
    leftOut(order, now, conditions) ??
    (same
      ? undefined
      : refuse(
          'conditions-not-accepted',
          `order ${order.terms.id}: the applicant has accepted ${accepted.length > 0 ? accepted.join('; ') : 'no conditions'}`,
          accepted.length > 0 ? 'exactly these' : 'a license without conditions, or propose-conditions first',
        ))
  );
}

const withApplicant = 'conditions with the applicant';

export const negotiationEvolutions: Evolutions<'conditions-consolidated' | 'conditions-concurred' | 'conditions-offered' | 'conditions-answered'> = {
  'conditions-consolidated': (order, event) =>
    review(order, 'before-commerce', (now) => ({ ...referred(now), state: 'one-text', offer: event.conditions, concurring: [] })),
  'conditions-concurred': (order, event) => review(order, 'one-text', (now) => ({ ...now, concurring: [...now.concurring, event.agency] })),
  'conditions-offered': (order, event) =>
    onClocks({ ...order, usReview: { state: 'conditions-offered', offer: event.conditions, before: beforeOffer(order) } }, (clock) =>
      stopClock(clock, withApplicant, event.at, reviewRules(order.policy).day),
    ),
  'conditions-answered': (order, event) => {
    const { day } = reviewRules(order.policy);
    const resumed = onClocks(order, (clock) => resumeClock(clock, withApplicant, event.at, day));
    return review(resumed, 'conditions-offered', ({ before }): UsReview => ({ ...before, offer: event.conditions, answer: event.answer }));
  },
};

/** Where the review stands while an offer is with the applicant: contradicting conditions have become one text that agencies agree on. */
function beforeOffer(order: Order): BeforeCommerce | Opaque {
  const { usReview: now } = order;
  if (now.state === 'one-text') return { ...referred(now), state: 'before-commerce', consensus: 'agencies-approve', agreed: now.offer };
  const before = beforeCommerce(now);
  if (!before) throw new Error(`order ${order.terms.id}: conditions are offered while the review is ${now.state}`);
  return before;
}
