import type { OrderEvent } from '../../events.ts';
import type { Act } from '../../acts.ts';
import { type Refusal, refuse } from '../../refusal.ts';
import { reviewRules } from '../../rules-of.ts';
import { approvedPart } from '../../rules/conditions.ts';
import { authorityDay, lastLicenseDay } from '../../rules/authority-day.ts';
import { commerceMay, type CommerceAct } from '../../rules/us-decision.ts';
import type { ActRules, Evolutions } from '../../stage.ts';
import type { Order } from '../../state.ts';
import { wantAnew } from '../../steps.ts';
import type { BeforeCommerce, License, Opaque } from '../../us-review.ts';
import { unitsShipped, unitsToShip } from '../../waves.ts';
import { trackedOf } from '../conditions.ts';
import { appealFrom } from './appeal.ts';
import { beforeCommerce, consensusOf, review, started } from './moves.ts';
import { conditionsFault } from './negotiation.ts';
import { outOfTurn } from './out-of-turn.ts';

type DecisionAct = 'issue-license' | 'deny' | 'notify-intent-to-deny' | 'respond-to-intent-to-deny' | 'rescind-intent-to-deny';

export const decisionActs: ActRules<DecisionAct> = {
  'issue-license': (order, act, at) => commerceFault(order, 'issue-license') ?? licenseFault(order, act, at) ?? licensed(order, licenseOf(order, act, at), at),
  deny: (order, act, at) =>
    commerceFault(order, 'deny') ??
    noticeFault(order) ?? [
      { type: 'license-denied', basis: act.basis, at },
      { type: 'order-ended', outcome: 'denied-by-us', reason: act.basis, at },
    ],
  'notify-intent-to-deny': (order, act, at) => {
    const refused = commerceFault(order, 'deny');
    if (refused) return refused;
    return isNoticeNeeded(order)
      ? [{ type: 'denial-notified', basis: act.basis, reason: act.reason, at }]
      : refuse('notice-not-needed', `order ${order.terms.id}: a denial takes no notice here`, 'deny');
  },
  'respond-to-intent-to-deny': (order, act, at) => {
    const now = order.usReview;
    if (now.state !== 'intent-to-deny') return outOfTurn(order, 'respond-to-intent-to-deny');
    if (now.response !== undefined) return refuse('already-decided', `order ${order.terms.id}: the applicant has responded`, 'one response');
    return now.respondBy.state === 'reached'
      ? refuse('late', `order ${order.terms.id}: the days to respond were over on ${authorityDay(order.policy, now.respondBy.at)}`, 'a response in time')
      : [{ type: 'denial-response', response: act.response, at }];
  },
  'rescind-intent-to-deny': (order, act, at) =>
    order.usReview.state === 'intent-to-deny' ? [{ type: 'denial-rescinded', reason: act.reason, at }] : outOfTurn(order, 'rescind-intent-to-deny'),
};

/** Why Commerce may not do this now; undefined where it may. */
export function commerceFault(order: Order, name: CommerceAct): Refusal | undefined {
  const now = beforeCommerce(order.usReview);
  if (!now) return outOfTurn(order, name);
  const verdict = commerceMay[consensusOf(now)][name];
  return verdict.taken ? undefined : refuse(verdict.code, `order ${order.terms.id}: ${verdict.why}`, verdict.accepted);
}

/** A denial is told before it is made, except after the President (15 CFR 750.6). */
export function isNoticeNeeded(order: Order): boolean {
  const now = order.usReview;
  return reviewRules(order.policy).intentToDeny !== null && !(now.state === 'before-commerce' && now.consensus === 'president-denied');
}
const noticeFault = (order: Order): Refusal | undefined =>
  isNoticeNeeded(order)
    ? refuse('notice-needed', `order ${order.terms.id}: the applicant has not been told of the intent`, 'notify-intent-to-deny')
    : undefined;

/** A license for a part makes the order a smaller one: what is not licensed is no longer held for it. */
function licensed(order: Order, license: License, at: number): OrderEvent[] {
  const { units = unitsToShip(order), number } = license;
  const shortened = order.policy.edition !== 1 && units < unitsToShip(order);
  return [
    { type: 'license-issued', license, at },
    ...(shortened ? [{ type: 'order-shortened', units: unitsShipped(order) + units, reason: `license ${number} is for ${units} units`, at } as const] : []),
  ];
}

function licenseFault(order: Order, act: Act<'issue-license'>, at: number): Refusal | undefined {
  const { id } = order.terms;
  const ordered = unitsToShip(order);
  if (order.policy.edition === 1) return undefined;
  if (act.units !== undefined && Number(act.units) > ordered)
    return refuse('invalid-act', `order ${id} has ${ordered} units to ship, and the license is for ${act.units}`, `units from 1 to ${ordered}`);
  if (act.expires !== undefined && act.expires < authorityDay(order.policy, at))
    return refuse('invalid-act', `the license is over on ${act.expires}, before it is issued`, 'a day to come');
  return mistakeFault(order, act) ?? partFault(order, act) ?? conditionsFault(order, act.conditions ?? []);
}

/** The ledger keeps a license that was recorded by mistake for good, so nothing else goes by its number. */
function mistakeFault({ terms: { id }, decided }: Order, { licenseNumber }: Act<'issue-license'>): Refusal | undefined {
  if (decided?.toVoid)
    return refuse('not-yet', `order ${id}: license ${decided.toVoid.number} is being made void in the ledger`, 'issue-license once it has been');
  return decided?.voided?.includes(licenseNumber)
    ? refuse('already-decided', `order ${id}: license ${licenseNumber} was recorded by mistake and is void in the ledger`, 'another number')
    : undefined;
}

/** Where agencies approve a part only, no more than that is licensed, unless somebody above has decided. */
function partFault(order: Order, act: Act<'issue-license'>): Refusal | undefined {
  const now = order.usReview;
  if (now.state !== 'before-commerce' || now.consensus !== 'agencies-approve') return undefined;
  const part = approvedPart(Object.values(now.positions));
  const units = act.units === undefined ? unitsToShip(order) : Number(act.units);
  return part === undefined || units <= part
    ? undefined
    : refuse('agencies-approve-a-part', `order ${order.terms.id}: agencies approve ${part} units, not ${units}`, `units of at most ${part}, or escalate`);
}

function licenseOf(order: Order, act: Act<'issue-license'>, at: number): License {
  const { policy } = order;
  const expires = act.expires ?? lastLicenseDay(policy, at);
  return {
    number: act.licenseNumber,
    conditions: act.conditions ?? [],
    issuedAt: at,
    ...(act.units !== undefined && { units: Number(act.units) }),
    ...(expires !== null && { expires }),
  };
}

type DecisionEvent = 'license-issued' | 'license-denied' | 'denial-notified' | 'denial-response' | 'response-period-ended' | 'denial-rescinded';

export const decisionEvolutions: Evolutions<DecisionEvent> = {
  'license-issued': (order, event) => {
    const now = theOpen(order);
    const { license } = event;
    const { applicationNumber, previous } = now;
    return {
      ...order,
      // The buyer is told of each license, also of one that follows another.
      ...(order.steps['notify-license'] && { steps: wantAnew(order.steps, 'notify-license') }),
      usReview: { state: 'licensed', applicationNumber, license, ...(previous && { previous }) },
      ...(order.policy.edition !== 1 && license.conditions.length > 0 && { conditions: trackedOf(license.conditions) }),
    };
  },
  'license-denied': (order, event) => {
    const denied = order.usReview.state === 'intent-to-deny' ? order.usReview.before : theOpen(order);
    const appeal = appealFrom(order, denied, event.at);
    return { ...order, usReview: { state: 'denied', applicationNumber: denied.applicationNumber, basis: event.basis, ...(appeal && { appeal }) } };
  },
  'denial-notified': (order, event) => {
    const { intentToDeny } = reviewRules(order.policy);
    if (!intentToDeny) throw new Error(`order ${order.terms.id}: an intent to deny was told, and the policy knows none`);
    const [respondBy, final] = [started(order, intentToDeny.respondMs, event.at), started(order, intentToDeny.finalMs, event.at)];
    return { ...order, usReview: { state: 'intent-to-deny', basis: event.basis, respondBy, final, before: theOpen(order) } };
  },
  'denial-response': (order, event) => review(order, 'intent-to-deny', (now) => ({ ...now, response: event.response })),
  'response-period-ended': (order, event) => review(order, 'intent-to-deny', (now) => ({ ...now, respondBy: { state: 'reached', at: event.at } })),
  'denial-rescinded': (order) => review(order, 'intent-to-deny', (now) => now.before),
};

/** The review that lies before Commerce; a decision is told of no other. */
function theOpen(order: Order): BeforeCommerce | Opaque {
  const now = beforeCommerce(order.usReview);
  if (!now) throw new Error(`order ${order.terms.id}: review is ${order.usReview.state}, expected before-commerce`);
  return now;
}
