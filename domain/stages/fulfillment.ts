import { refuse } from '../refusal.ts';
import { boardFacts } from '../policy-facts.ts';
import { levyBasisPoints, levyOn } from '../rules/levy.ts';
import type { ActRules, Evolutions, ReportRules, Stage } from '../stage.ts';
import { type Order, priceOf, unitsOf } from '../state.ts';
import { areConditionsOpen } from './conditions.ts';
import { wantAnew } from '../steps.ts';

export const fulfillment: Stage = {
  name: 'fulfillment',
  isDone: (order) => order.fulfillment.state === 'delivered' && order.steps['accrue-levy']?.state === 'done' && !areConditionsOpen(order),
  wants: (order) => {
    switch (order.fulfillment.state) {
      case 'not-started':
        return { steps: isDutyOwed(order) ? ['accrue-levy'] : ['request-inspection'], asks: [] };
      case 'under-test':
        return { steps: [], asks: [{ role: 'test.lab', acts: ['pass-inspection', 'fail-inspection'] }] };
      case 'test-failed':
        return { steps: [], asks: [{ role: 'seller.desk', acts: ['request-retest', 'cancel'] }] };
      case 'tested':
        return { steps: isRescreened(order) ? ['book-shipment'] : ['rescreen-parties'], asks: [] };
      case 'booked':
        return { steps: ['ship'], asks: [] };
      case 'shipped':
        return { steps: ['accrue-levy', 'declare-customs'], asks: [] };
      case 'at-customs':
        return { steps: ['accrue-levy'], asks: [{ role: 'cn.gacc', acts: ['release'] }] };
      case 'released':
        return {
          steps: ['accrue-levy'],
          asks: [
            { role: 'carrier', acts: ['confirm-delivery'] },
            { role: 'buyer', acts: ['confirm-delivery'] },
          ],
        };
      case 'delivered':
        return { steps: ['accrue-levy'], asks: [] };
    }
  },
};

/** A duty on entry is paid before the test in the United States, and sunk (proclamation of 14 January 2026); a share of revenue never holds goods back. */
const isDutyOwed = ({ policy, steps }: Order): boolean => policy.edition === 2 && policy.levy.trigger === 'on-entry' && steps['accrue-levy']?.state !== 'done';

/** Lists change while orders wait: nothing is booked for parties that were last looked at months ago. */
const isRescreened = ({ policy, steps }: Order): boolean => policy.edition === 1 || steps['rescreen-parties']?.state === 'done';

type FulfillmentAct = 'pass-inspection' | 'fail-inspection' | 'request-retest' | 'release' | 'confirm-delivery';

export const fulfillmentActs: ActRules<FulfillmentAct> = {
  'pass-inspection': (order, act, at) =>
    order.fulfillment.state === 'under-test'
      ? [{ type: 'inspection-passed', reportNumber: act.reportNumber, at }]
      : notAt(order, 'under-test', 'no test is open'),
  'fail-inspection': (order, act, at) =>
    order.fulfillment.state === 'under-test'
      ? [{ type: 'inspection-failed', reportNumber: act.reportNumber, reason: act.reason, at }]
      : notAt(order, 'under-test', 'no test is open'),
  'request-retest': (order, act, at) =>
    order.fulfillment.state === 'test-failed' ? [{ type: 'retest-requested', reason: act.reason, at }] : notAt(order, 'test-failed', 'no test has failed'),
  release: (order, act, at) =>
    order.fulfillment.state === 'at-customs'
      ? [{ type: 'customs-released', releaseNumber: act.releaseNumber, at }]
      : notAt(order, 'at-customs', 'no goods lie before customs'),
  'confirm-delivery': (order, act, at) =>
    order.fulfillment.state === 'released'
      ? [{ type: 'delivery-confirmed', proof: act.proof, at }]
      : notAt(order, 'released', 'no released goods are on their way'),
};

const journey = ['not-started', 'under-test', 'test-failed', 'tested', 'booked', 'shipped', 'at-customs', 'released', 'delivered'] as const;

/** Told as decided where the goods have moved on, as not yet where they have not come so far. */
function notAt(order: Order, needed: (typeof journey)[number], why: string) {
  const { state } = order.fulfillment;
  const code = journey.indexOf(state) > journey.indexOf(needed) ? 'already-decided' : 'not-yet';
  return refuse(code, `order ${order.terms.id}: ${why}; fulfillment is ${state}`, `this act while fulfillment is ${needed}`);
}

/** Invoiced revenue in minor units and the levy on it under the order's policy. */
export function leviedOn(order: Order): { revenueMinor: number; amountMinor: number } {
  const revenueMinor = unitsOf(order) * priceOf(order);
  return { revenueMinor, amountMinor: levyOn(revenueMinor, levyBasisPoints(order.policy)) };
}

type FulfillmentStep =
  'request-inspection' | 'book-shipment' | 'ship' | 'accrue-levy' | 'declare-customs' | 'cancel-inspection' | 'cancel-booking' | 'notify-ending';

export const fulfillmentReports: ReportRules<FulfillmentStep> = {
  'request-inspection': (_order, _result, at) => [{ type: 'inspection-requested', at }],
  'book-shipment': (_order, result, at) => [{ type: 'shipment-booked', bookingReference: result.bookingReference, at }],
  ship: (order, result, at) => {
    switch (result.outcome) {
      case 'shipped':
        return [{ type: 'goods-shipped', waybill: result.waybill, units: unitsOf(order), at }];
      case 'stale-epoch':
        return [
          { type: 'shipment-refused', policyEpoch: Math.max(order.policyEpoch, ...result.changes.map((change) => change.epoch)), at },
          ...boardFacts(order, result.changes, at),
        ];
      case 'license-refused':
        return [{ type: 'shipment-refused-by-license', licenseNumber: result.licenseNumber, code: result.code, available: result.available, at }];
    }
  },
  'accrue-levy': (order, _result, at) => [{ type: 'levy-accrued', amountMinor: leviedOn(order).amountMinor, currency: order.terms.currency, at }],
  'declare-customs': (_order, _result, at) => [{ type: 'customs-declared', at }],
  'cancel-inspection': () => [],
  'cancel-booking': () => [],
  'notify-ending': () => [],
};

type FulfillmentEvent =
  | 'inspection-requested'
  | 'inspection-passed'
  | 'inspection-failed'
  | 'retest-requested'
  | 'shipment-booked'
  | 'shipment-refused'
  | 'goods-shipped'
  | 'levy-accrued'
  | 'customs-declared'
  | 'customs-released'
  | 'delivery-confirmed';

export const fulfillmentEvolutions: Evolutions<FulfillmentEvent> = {
  'inspection-requested': (order) => ({ ...order, fulfillment: { state: 'under-test' } }),
  'inspection-passed': (order, event) => ({ ...order, fulfillment: { state: 'tested', reportNumber: event.reportNumber } }),
  'inspection-failed': (order, event) => ({ ...order, fulfillment: { state: 'test-failed', reason: event.reason } }),
  'retest-requested': (order) => ({ ...order, fulfillment: { state: 'not-started' }, steps: wantAnew(order.steps, 'request-inspection') }),
  'shipment-booked': (order, event) => ({ ...order, fulfillment: { state: 'booked', bookingReference: event.bookingReference } }),
  'shipment-refused': (order, event) => ({ ...order, policyEpoch: event.policyEpoch, steps: wantAnew(order.steps, 'ship') }),
  'goods-shipped': (order, event) => ({ ...order, allocation: { state: 'shipped' }, fulfillment: { state: 'shipped', waybill: event.waybill } }),
  'levy-accrued': (order, event) => ({ ...order, levyMinor: order.levyMinor + event.amountMinor }),
  'customs-declared': (order) => goodsAt(order, 'at-customs'),
  'customs-released': (order) => goodsAt(order, 'released'),
  'delivery-confirmed': (order) => ({ ...order, fulfillment: { state: 'delivered' } }),
};

function goodsAt(order: Order, state: 'at-customs' | 'released'): Order {
  const { fulfillment: now } = order;
  if (!('waybill' in now)) throw new Error(`order ${order.terms.id}: goods cannot be ${state}, fulfillment is ${now.state}`);
  return { ...order, fulfillment: { state, waybill: now.waybill } };
}
