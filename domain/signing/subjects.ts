import type { SignedActName } from './claims.ts';
import type { Order } from '../state.ts';

/** Facts that an act is about, beside the order's terms and policy: they are signed along, so that nobody decides on something else. */
export type Subject = Readonly<Record<string, unknown>>;

const application = ({ usReview }: Order): Subject => ('applicationNumber' in usReview ? { applicationNumber: usReview.applicationNumber } : {});

const review = (order: Order): Subject => {
  const { usReview } = order;
  if (!('positions' in usReview)) return application(order);
  const positions = Object.fromEntries(
    Object.entries(usReview.positions).map(([agency, one]) => [agency, one.state === 'asked' ? { state: 'asked' } : { ...one }]),
  );
  return { ...application(order), positions, ...('consensus' in usReview && { consensus: usReview.consensus }) };
};

const purchase = ({ chinaReview }: Order): Subject => ('applicationNumber' in chinaReview ? { applicationNumber: chinaReview.applicationNumber } : {});

const lots = ({ allocation }: Order): Subject => ({ lots: allocation.state === 'reserved' ? allocation.lots : [] });
const hit = ({ intake }: Order): Subject => ({ matches: intake.state === 'hit' ? intake.matches : [] });
const goods = ({ fulfillment }: Order): Subject => ('waybill' in fulfillment ? { waybill: fulfillment.waybill } : {});
const failures = ({ steps }: Order): Subject => ({
  failed: Object.entries(steps).flatMap(([step, progress]) => (progress.state === 'failed' ? [{ step, wish: progress.wish, reason: progress.reason }] : [])),
});
const nothingMore = (): Subject => ({});

const subjects: { readonly [A in SignedActName]: (order: Order) => Subject } = {
  submit: nothingMore,
  cancel: nothingMore,
  hold: nothingMore,
  lift: nothingMore,
  'clear-hit': hit,
  'confirm-hit': hit,
  'recheck-stock': nothingMore,
  'submit-application': lots,
  register: ({ usReview }) => ({ filingReference: 'filingReference' in usReview ? usReview.filingReference : null }),
  refer: application,
  recommend: application,
  escalate: review,
  'presidential-decision': review,
  'issue-license': review,
  deny: review,
  'apply-purchase': nothingMore,
  'approve-purchase': purchase,
  'deny-purchase': purchase,
  'pass-inspection': lots,
  'fail-inspection': lots,
  'request-retest': lots,
  release: goods,
  'confirm-delivery': goods,
  'retry-step': failures,
  'settle-step': failures,
};

/** What an act of this name decides upon in an order as it is now; time must have passed for it (`lapsed` in domain/order.ts). */
export const subjectOf = (order: Order, act: SignedActName): Subject => subjects[act](order);
