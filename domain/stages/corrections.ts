import { resumeClock, stopClock } from '../clock.ts';
import type { CorrectableAct, Decided } from '../decided.ts';
import type { OrderEvent } from '../events.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { reviewRules } from '../rules-of.ts';
import { authorityDay } from '../rules/authority-day.ts';
import type { ActRules, Evolutions, ReportRules } from '../stage.ts';
import { activeHolds, type Order } from '../state.ts';
import { mayHaveHappened, wantAnew } from '../steps.ts';
import { mayHaveLeft } from '../waves.ts';
import { onClocks } from './us-review/clocks.ts';
import { withoutConditions } from './us-review/license.ts';
import { beforeCommerce, referred, review } from './us-review/moves.ts';

/** A decision that can be put back now, and what that comes to. */
export interface Correctable {
  /** The id of the act that recorded it. */
  readonly entry: string;
  readonly act: CorrectableAct;
  /** What stands on it and falls with it, or stays although it falls: one line each, by name and day. */
  readonly effects: readonly string[];
}

/** Why a clock of the review stands still while a license stands. */
const standing = 'correction';

/** Keeps what an authority has decided, so that it can be put back; an order that has ended takes no correction, and keeps nothing. */
export function withDecision(before: Order, event: OrderEvent, after: Order): Order {
  if (after.policy.edition === 1) return after;
  if (event.type === 'order-ended') return withoutDecisions(after);
  if (!event.act) return after;
  const entry = event.act.id;
  const decided = (more: Decided): Order => ({ ...after, decided: { ...after.decided, ...more } });
  if (event.type === 'president-decided') return decided({ president: { entry } });
  if (event.type === 'license-issued') {
    const stopped = onClocks(before, (clock) => stopClock(clock, standing, event.at, reviewRules(before.policy).day));
    const lay = beforeCommerce(stopped.usReview);
    return lay ? decided({ license: { entry, before: lay } }) : after;
  }
  const { chinaReview: now } = before;
  return event.type === 'purchase-approved' && now.state === 'applied'
    ? decided({ purchase: { entry, at: event.at, applicationNumber: now.applicationNumber } })
    : after;
}

/** What an ended order still has to do of a correction stays. */
function withoutDecisions({ decided, ...order }: Order): Order {
  return decided?.toVoid ? { ...order, decided: { toVoid: decided.toVoid } } : order;
}

/** The decisions that can be corrected now: of each key the latest, while its goods cannot have left. */
export function correctable(order: Order): readonly Correctable[] {
  const { decided, chinaReview } = order;
  if (!decided || order.outcome !== undefined || mayHaveLeft(order)) return [];
  const { license, president, purchase } = decided;
  return [
    ...(license && ownLicense(order) && isNoticeSettled(order) ? [{ entry: license.entry, act: 'issue-license', effects: ofLicense(order) } as const] : []),
    ...(president && isBoundByPresident(order) ? [{ entry: president.entry, act: 'presidential-decision', effects: ofPresident(order) } as const] : []),
    ...(purchase && isSoleApproval(chinaReview) ? [{ entry: purchase.entry, act: 'approve-purchase', effects: ofPurchase(order, purchase.at) } as const] : []),
  ];
}

/** Where the buyer has applied for the rest of a purchase, its approval is no longer the last word. */
const isSoleApproval = (key: Order['chinaReview']): boolean => key.state === 'approved' && !key.before && key.applicationNumber === undefined;

/** The license that Commerce issued on the order's own application, also where it did not carry a shipment. */
function ownLicense({ usReview: now }: Order) {
  const licensed = now.state === 'license-unusable' ? now.licensed : now;
  return licensed.state === 'licensed' ? licensed.license : undefined;
}
const isNoticeSettled = ({ steps: { 'notify-license': notice } }: Order): boolean => notice?.state === 'done' || notice?.state === 'failed';
const isBoundByPresident = ({ usReview: now }: Order): boolean =>
  now.state === 'before-commerce' && (now.consensus === 'president-approved' || now.consensus === 'president-denied');

function ofLicense(order: Order): readonly string[] {
  const license = ownLicense(order);
  if (!license) return [];
  return [
    `license ${license.number} of ${authorityDay(order.policy, license.issuedAt)} no longer stands`,
    ...(order.steps['notify-license']?.state === 'done' ? [`the buyer was told of license ${license.number}`] : []),
    ...(order.conditions ?? []).map(({ number, text }) => `condition ${number} falls away: ${text}`),
    ...(order.shortened ? [`the order stays one for ${order.shortened.units} units: ${order.shortened.reason}`] : []),
    ...ofGoods(order),
  ];
}

function ofPresident({ usReview: now }: Order): readonly string[] {
  if (now.state !== 'before-commerce') return [];
  return [`Commerce is no longer bound: ${now.consensus}`, ...(now.offer && now.answer ? [`conditions ${now.answer} fall away: ${now.offer.join('; ')}`] : [])];
}

const ofPurchase = (order: Order, at: number): readonly string[] =>
  order.chinaReview.state === 'approved'
    ? [`purchase approval ${order.chinaReview.approvalNumber} of ${authorityDay(order.policy, at)} no longer stands`, ...ofGoods(order)]
    : [];

/** What was done with the goods on the strength of it, and stays done. */
function ofGoods({ fulfillment: now, levyMinor, terms }: Order): readonly string[] {
  return [
    ...('reportNumber' in now ? [`the test stays passed: report ${now.reportNumber}`] : []),
    ...('bookingReference' in now ? [`the carrier stays booked: ${now.bookingReference}`] : []),
    ...(levyMinor > 0 ? [`a levy of ${levyMinor} minor units of ${terms.currency} stays accrued`] : []),
  ];
}

export const correctionActs: ActRules<'correct'> = {
  correct: (order, { entry, reason }, at) => {
    const one = correctable(order).find((known) => known.entry === entry);
    return one ? [{ type: 'decision-corrected', entry, corrects: one.act, reason, effects: one.effects, at }] : faultOf(order, entry);
  },
};

/** Why an entry cannot be corrected. */
function faultOf(order: Order, entry: string): Refusal {
  const { id } = order.terms;
  const { license, president, purchase, corrected = [] } = order.decided ?? {};
  const named = correctable(order).map((one) => `entry ${one.entry} (${one.act})`);
  const accepted = named.length > 0 ? named.join(' or ') : 'a license, a decision of the President or a purchase approval that stands';
  if (corrected.includes(entry)) return refuse('already-decided', `entry ${entry} of order ${id} was corrected before`, accepted);
  if ([license, president, purchase].some((one) => one?.entry === entry)) return notNow(order, entry);
  return Object.hasOwn(order.acts, entry)
    ? refuse('invalid-act', `entry ${entry} of order ${id} is no decision that is corrected`, accepted)
    : refuse('invalid-act', `order ${id} has no entry ${entry}`, accepted);
}

/** Why a decision that stands cannot be put back as things are. */
function notNow(order: Order, entry: string): Refusal {
  const { terms, steps, usReview, decided } = order;
  if (mayHaveLeft(order))
    return refuse(
      'irreversible',
      `the goods of order ${terms.id} may have left under entry ${entry}`,
      'a license is stopped by twokey license suspend or revoke',
    );
  if (entry === decided?.president?.entry && decided.license && ownLicense(order))
    return refuse(
      'already-decided',
      `on entry ${entry} of order ${terms.id} rests license entry ${decided.license.entry}`,
      `a correction of entry ${decided.license.entry} first`,
    );
  return refuse(
    'not-yet',
    `entry ${entry} of order ${terms.id} cannot be put back: the US key is ${usReview.state}, notify-license is ${steps['notify-license']?.state ?? 'not wanted'}`,
    'this act once the review lies before Commerce, or the buyer has been told of the license',
  );
}

export const correctionReports: ReportRules<'void-license'> = {
  'void-license': ({ decided }, _result, at) => (decided?.toVoid ? [{ type: 'license-voided', licenseNumber: decided.toVoid.number, at }] : []),
};

export const correctionEvolutions: Evolutions<'decision-corrected' | 'license-voided'> = {
  'decision-corrected': (order, { entry, corrects, reason, at }) => {
    const back = putBack[corrects](order, at, reason);
    return { ...back, decided: { ...back.decided, corrected: [...(back.decided?.corrected ?? []), entry] } };
  },
  'license-voided': (order, { licenseNumber }) => {
    const { toVoid: _toVoid, ...decided } = order.decided ?? {};
    return { ...order, decided: { ...decided, voided: [...(decided.voided ?? []), licenseNumber] } };
  },
};

/** The order as it was before each decision, as far as that can be. */
const putBack: { readonly [A in CorrectableAct]: (order: Order, at: number, reason: string) => Order } = {
  'issue-license': withoutLicense,
  'presidential-decision': (order) => {
    const { president: _president, ...decided } = order.decided ?? {};
    return { ...review(order, 'before-commerce', (now) => ({ ...referred(now), state: 'before-president' })), decided };
  },
  'approve-purchase': (order) => {
    const { purchase, ...decided } = order.decided ?? {};
    if (!purchase) throw new Error(`order ${order.terms.id}: a purchase approval was corrected, and none stands`);
    return { ...order, chinaReview: { state: 'applied', applicationNumber: purchase.applicationNumber }, decided };
  },
};

/** The review goes on where it lay before Commerce; what may stand in the ledger is made void there. */
function withoutLicense(order: Order, at: number, reason: string): Order {
  const { license, ...decided } = order.decided ?? {};
  const own = ownLicense(order);
  if (!license || !own) throw new Error(`order ${order.terms.id}: a license was corrected, and the US key is ${order.usReview.state}`);
  const isRecorded = mayHaveHappened(order.steps['notify-license']);
  const { 'notify-license': notice } = order.steps;
  // Of a notice that failed nobody waits for the answer any more.
  const steps = notice?.state === 'failed' ? { ...order.steps, 'notify-license': { state: 'done', wish: notice.wish } as const } : order.steps;
  return goingOn(
    {
      ...withoutConditions(order),
      usReview: license.before,
      steps: isRecorded && steps['void-license'] ? wantAnew(steps, 'void-license') : steps,
      decided: { ...decided, ...(isRecorded && { toVoid: { number: own.number, reason } }) },
    },
    at,
  );
}

/** The clocks of a review go on with what they had left, or stand still for the holds that are on by now. */
function goingOn(order: Order, at: number): Order {
  const { day } = reviewRules(order.policy);
  const holds = activeHolds(order).map((id) => `hold ${id}`);
  return onClocks(order, (clock) => {
    const held = holds.reduce((one, hold) => stopClock(one, hold, at, day), clock);
    const over =
      held.state === 'stopped' ? held.reasons.filter((reason) => reason === standing || (reason.startsWith('hold ') && !holds.includes(reason))) : [];
    return over.reduce((one, reason) => resumeClock(one, reason, at, day), held);
  });
}
