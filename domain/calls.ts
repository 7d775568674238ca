import { leviedOn } from './stages/fulfillment.ts';
import type { Order } from './state.ts';
import { type Call, stepKey, type StepInputs, type StepName } from './steps.ts';

const keyOf = (order: Order, step: StepName): string => stepKey(order.terms.id, step, order.steps[step]?.wish ?? 0);

function broken(order: Order, step: StepName, missing: string): never {
  throw new Error(`order ${order.terms.id}: ${step} was wanted without ${missing}`);
}

/** What each step is told, taken from the order as it stands when the step starts. */
const inputs: { readonly [S in StepName]: (order: Order) => StepInputs[S] } = {
  'screen-parties': ({ terms }) => ({ customer: terms.customer }),
  'reserve-stock': ({ terms }) => ({ product: terms.product, units: terms.units }),
  'file-application': ({ terms }) => ({ terms }),
  'notify-license': (order) =>
    order.usReview.state === 'licensed'
      ? { customer: order.terms.customer, licenseNumber: order.usReview.license.number, conditions: order.usReview.license.conditions }
      : broken(order, 'notify-license', 'a license'),
  'request-inspection': ({ terms }) => ({ product: terms.product, units: terms.units }),
  'book-shipment': ({ terms }) => ({ product: terms.product, units: terms.units, customer: terms.customer }),
  ship: (order) =>
    order.fulfillment.state === 'booked'
      ? { reservationKey: keyOf(order, 'reserve-stock'), bookingReference: order.fulfillment.bookingReference, policyEpoch: order.policyEpoch }
      : broken(order, 'ship', 'a booking'),
  'accrue-levy': (order) => ({ policy: order.policy.id, currency: order.terms.currency, ...leviedOn(order) }),
  'declare-customs': (order) =>
    'waybill' in order.fulfillment && order.chinaReview.state === 'approved'
      ? { waybill: order.fulfillment.waybill, purchaseApproval: order.chinaReview.approvalNumber }
      : broken(order, 'declare-customs', 'shipped goods and a Chinese approval'),
  'release-stock': (order) => ({ reservationKey: keyOf(order, 'reserve-stock') }),
  'withdraw-application': (order) => ({ filingKey: keyOf(order, 'file-application') }),
  'cancel-inspection': (order) => ({ inspectionKey: keyOf(order, 'request-inspection') }),
  'cancel-booking': (order) => ({ bookingKey: keyOf(order, 'book-shipment') }),
  'notify-ending': (order) => ({ customer: order.terms.customer, outcome: order.outcome ?? broken(order, 'notify-ending', 'an ending') }),
};

/** The call of a step that the order wants, under the key of its present wish. */
export function callOf<S extends StepName>(order: Order, step: S): Call<S> {
  return { step, key: keyOf(order, step), input: inputs[step](order) };
}
