import type { SignedActName } from './claims.ts';
import { registerOf } from '../rules/export-papers.ts';
import { correctable } from '../stages/corrections.ts';
import { applicationNumberOf, openReviewOf, registrationOf } from '../stages/us-review/moves.ts';
import type { Order } from '../state.ts';
import { unitsShipped, unitsToShip, wavesShipped, waveUnits } from '../waves.ts';

/** Facts that an act is about, beside the order's terms and policy: they are signed along, so that nobody decides on something else. */
export type Subject = Readonly<Record<string, unknown>>;

const application = (order: Order): Subject => {
  const applicationNumber = applicationNumberOf(order);
  return applicationNumber === undefined ? {} : { applicationNumber };
};

const review = (order: Order): Subject => {
  const { usReview } = order;
  if (!('positions' in usReview)) return application(order);
  const positions = Object.fromEntries(
    Object.entries(usReview.positions).map(([agency, one]) => [agency, one.state === 'asked' ? { state: 'asked' } : { ...one }]),
  );
  return {
    ...application(order),
    positions,
    ...('consensus' in usReview && { consensus: usReview.consensus }),
    ...(usReview.decisions && { decisions: usReview.decisions }),
  };
};

const questions = (order: Order): Subject => {
  const open = openReviewOf(order);
  const asked = open ? (registrationOf(open).questions ?? []).filter(({ closed }) => !closed) : [];
  return { ...application(order), questions: asked.map(({ number, by, question }) => ({ number, by, question })) };
};
const offer = (order: Order): Subject => ({ ...application(order), offer: 'offer' in order.usReview ? (order.usReview.offer ?? []) : [] });
const intent = (order: Order): Subject => {
  const { usReview: now } = order;
  return { ...application(order), ...(now.state === 'intent-to-deny' && { basis: now.basis, response: now.response ?? null }) };
};
const denial = (order: Order): Subject => ({ ...application(order), basis: order.usReview.state === 'denied' ? order.usReview.basis : null });
const conditions = (order: Order): Subject => ({
  conditions: (order.conditions ?? []).map(({ number, text, evidence }) => ({ number, text, evidence })),
});
const filing = ({ usReview }: Order): Subject => ({ filingReference: 'filingReference' in usReview ? usReview.filingReference : null });

const license = ({ usReview: now }: Order): Subject => {
  if (now.state !== 'license-unusable') return {};
  return { license: now.licensed.license.number, code: now.code, available: now.available };
};

const purchase = ({ chinaReview }: Order): Subject => ('applicationNumber' in chinaReview ? { applicationNumber: chinaReview.applicationNumber } : {});

const lots = ({ allocation }: Order): Subject => ({ lots: allocation.state === 'reserved' ? allocation.lots : [] });
const hit = ({ intake }: Order): Subject => ({ matches: intake.state === 'hit' ? intake.matches : [] });
const standing = ({ intake, terms }: Order): Subject => ({ customer: terms.customer, standing: 'standing' in intake ? intake.standing : null });
const goods = (order: Order): Subject => {
  const { fulfillment, waves } = order;
  if (!waves)
    return {
      ...('waybill' in fulfillment && { waybill: fulfillment.waybill }),
      // A release that was signed before customs detained the goods does not let them go.
      ...(fulfillment.state === 'detained' && { detained: fulfillment.reason }),
    };
  return {
    waves: wavesShipped(order).map(({ number, units, goods: { state, ...rest } }) => ({
      number,
      units,
      state,
      ...('waybill' in rest && { waybill: rest.waybill }),
    })),
  };
};
const leaving = (order: Order): Subject => ({
  units: waveUnits(order),
  ...(order.fulfillment.state === 'booked' && { bookingReference: order.fulfillment.bookingReference }),
});
const rest = (order: Order): Subject => ({ left: unitsShipped(order), never: unitsToShip(order) });
const failures = ({ steps }: Order): Subject => ({
  failed: Object.entries(steps).flatMap(([step, progress]) => (progress.state === 'failed' ? [{ step, wish: progress.wish, reason: progress.reason }] : [])),
});
const decisions = (order: Order): Subject => ({ decisions: correctable(order) });
const nothingMore = (): Subject => ({});

const subjects: { readonly [A in SignedActName]: (order: Order) => Subject } = {
  submit: nothingMore,
  import: nothingMore,
  cancel: nothingMore,
  amend: nothingMore,
  correct: decisions,
  hold: nothingMore,
  lift: nothingMore,
  'clear-hit': hit,
  'confirm-hit': hit,
  'approve-customer': standing,
  'decline-customer': standing,
  'recheck-stock': nothingMore,
  'submit-application': lots,
  certify: nothingMore,
  'issue-end-user-statement': nothingMore,
  'rule-on-classification': nothingMore,
  'confirm-filing': nothingMore,
  'reject-unregistered': filing,
  register: filing,
  'return-without-action': application,
  'hold-without-action': application,
  'resume-review': application,
  'withdraw-application': application,
  resubmit: (order) => ({ ...application(order), ...license(order) }),
  'request-information': application,
  'answer-information': questions,
  'withdraw-request': questions,
  'propose-conditions': review,
  concur: offer,
  'accept-conditions': offer,
  'counter-conditions': offer,
  'decline-conditions': offer,
  'notify-intent-to-deny': review,
  'respond-to-intent-to-deny': intent,
  'rescind-intent-to-deny': intent,
  'decide-appeal': review,
  refer: application,
  recommend: application,
  escalate: review,
  'presidential-decision': review,
  'issue-license': review,
  deny: review,
  'appeal-denial': denial,
  'submit-evidence': conditions,
  'accept-evidence': conditions,
  'return-evidence': conditions,
  'acknowledge-condition': conditions,
  'apply-purchase': nothingMore,
  'approve-purchase': purchase,
  'deny-purchase': purchase,
  'pass-inspection': lots,
  'fail-inspection': lots,
  'request-retest': lots,
  'recheck-license': license,
  'release-entry': leaving,
  'register-paper': nothingMore,
  'file-eei': leaving,
  'detain-export': leaving,
  'release-export': (order) => ({ ...leaving(order), detained: registerOf(order).detained ?? null }),
  release: goods,
  detain: goods,
  'refuse-entry': goods,
  'order-return': goods,
  'confirm-delivery': goods,
  'verify-use': goods,
  'confirm-return': goods,
  'short-close': rest,
  'retry-step': failures,
  'settle-step': failures,
};

/** What an act of this name decides upon in an order as it is now; time must have passed for it (`lapsed` in domain/order.ts). */
export const subjectOf = (order: Order, act: SignedActName): Subject => subjects[act](order);
