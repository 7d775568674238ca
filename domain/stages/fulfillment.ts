import { splitUnits } from '../lots.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { boardFacts } from '../policy-facts.ts';
import { certificateOf } from '../release-certificate.ts';
import { shippingOf } from '../rules/export-papers.ts';
import { levyBasisPoints, levyOn } from '../rules/levy.ts';
import { levyOnWave } from '../rules/levy-waves.ts';
import type { ActRules, Ask, Evolutions, ReportRules, Stage } from '../stage.ts';
import { type Order, priceOf } from '../state.ts';
import { type StepName, wantAnew } from '../steps.ts';
import { takenBack } from '../taken-back.ts';
import { areAtRest, isGivenUp, unitsBefore, unitsReserved, unitsToShip, wavesShipped, waveUnits } from '../waves.ts';
import { purchaseAsks } from './china-review.ts';
import { areConditionsOpen } from './conditions.ts';
import { exportAsks, isDutyOwed, isEntryOwed, withRegister } from './export.ts';
import { failedUnits, failedUnitsEvolutions, isTestOpen, withFailed, withoutFinding } from './failed-units.ts';
import { notAt as goodsNotAt } from './goods.ts';

export const fulfillment: Stage = {
  name: 'fulfillment',
  isDone: (order) =>
    unitsToShip(order) === 0 &&
    areAtRest(order) &&
    (isGivenUp(order) ? takenBack(order, begun).length === 0 : order.steps['accrue-levy']?.state === 'done') &&
    !areConditionsOpen(order),
  wants: (order) => {
    if (isGivenUp(order)) return { steps: isStarting(order) ? [] : takenBack(order, begun).slice(0, 1), asks: [] };
    switch (order.fulfillment.state) {
      case 'not-started':
        if (isDutyOwed(order)) return { steps: ['accrue-levy'], asks: [] };
        return isEntryOwed(order) ? { steps: [], asks: [{ role: 'us.cbp', acts: ['release-entry'] }] } : { steps: ['request-inspection'], asks: [] };
      case 'under-test':
        return { steps: [], asks: [testAsk] };
      case 'units-failed':
        return isTestOpen(order) ? { steps: [], asks: [testAsk] } : { steps: ['replace-units'], asks: [] };
      case 'test-failed':
        return { steps: [], asks: [{ role: 'seller.desk', acts: [...retestActs(order), wavesShipped(order).length > 0 ? 'short-close' : 'cancel'] }] };
      case 'tested':
        return { steps: isRescreened(order) ? ['book-shipment'] : ['rescreen-parties'], asks: [] };
      case 'booked':
        return exportAsks(order).length > 0 ? { steps: [], asks: exportAsks(order) } : { steps: ['ship'], asks: [] };
      case 'shipped':
        return { steps: ['accrue-levy', 'declare-customs'], asks: [] };
      case 'at-customs':
      case 'detained':
      case 'released':
      case 'delivered':
      case 'returning':
      case 'returned':
      case 'set-apart':
        return { steps: ['accrue-levy'], asks: restAsks(order) };
    }
  },
};

const testAsk: Ask = { role: 'test.lab', acts: ['pass-inspection', 'fail-inspection'] };

/** Where every unit was set apart and none was found in stock, there is nothing to test. */
const retestActs = (order: Order): Ask['acts'] => (unitsReserved(order) > 0 ? ['request-retest'] : []);

/** Lists change while orders wait: nothing is booked for parties that were last looked at months ago. */
const isRescreened = ({ policy, steps }: Order): boolean => policy.edition === 1 || steps['rescreen-parties']?.state === 'done';

/** What an order waits on that has units left and nothing that can leave: the buyer's next application, or the desk's word that it was all. */
function restAsks(order: Order): Ask[] {
  if (unitsToShip(order) === 0) return [];
  return [...purchaseAsks(order), { role: 'seller.desk', acts: ['short-close'] }];
}

const isStarting = ({ steps }: Order): boolean => begun.some((step) => steps[step]?.state === 'running');

/** What has been begun for goods that are not to leave any more. */
const begun = ['request-inspection', 'book-shipment'] as const satisfies readonly StepName[];

type FulfillmentAct = 'pass-inspection' | 'fail-inspection' | 'request-retest';

export const fulfillmentActs: ActRules<FulfillmentAct> = {
  'pass-inspection': (order, act, at) =>
    isTestOpen(order) ? [{ type: 'inspection-passed', reportNumber: act.reportNumber, at }] : notAt(order, 'under-test', 'no test is open'),
  'fail-inspection': (order, act, at) => {
    if (!isTestOpen(order)) return notAt(order, 'under-test', 'no test is open');
    const failed = failedUnits(order, act);
    if (failed && isRefusal(failed)) return failed;
    return [{ type: 'inspection-failed', reportNumber: act.reportNumber, reason: act.reason, ...(failed && { failed }), at }];
  },
  'request-retest': (order, act, at) => {
    if (order.fulfillment.state !== 'test-failed') return notAt(order, 'test-failed', 'no test has failed');
    return unitsReserved(order) > 0
      ? [{ type: 'retest-requested', reason: act.reason, at }]
      : refuse('not-yet', `order ${order.terms.id} has no units left to test: all have failed, and stock had no others`, 'cancel, or short-close');
  },
};

const notAt = (order: Order, needed: 'under-test' | 'test-failed', why: string): Refusal =>
  goodsNotAt({ id: order.terms.id, goods: order.fulfillment, needed: [needed], why });

/**
 * Invoiced revenue of a wave in minor units and the levy on it under the order's policy: with those of the waves before it, the levy on their sum. What was
 * paid on entry for more units than left in the end counts for those that leave after them.
 */
export function leviedOn(order: Order): { revenueMinor: number; amountMinor: number } {
  const [beforeMinor, revenueMinor] = [unitsBefore(order) * priceOf(order), waveUnits(order) * priceOf(order)];
  const rate = levyBasisPoints(order.policy);
  const paidAhead = order.levyMinor - levyOn(beforeMinor, rate);
  return { revenueMinor, amountMinor: Math.max(0, levyOnWave(beforeMinor, revenueMinor, rate) - paidAhead) };
}

type FulfillmentStep =
  'request-inspection' | 'book-shipment' | 'ship' | 'accrue-levy' | 'declare-customs' | 'cancel-inspection' | 'cancel-booking' | 'notify-ending';

export const fulfillmentReports: ReportRules<FulfillmentStep> = {
  'request-inspection': (_order, _result, at) => [{ type: 'inspection-requested', at }],
  'book-shipment': (_order, result, at) => [{ type: 'shipment-booked', bookingReference: result.bookingReference, at }],
  ship: (order, result, at) => {
    switch (result.outcome) {
      case 'shipped':
        return [
          {
            ...{ type: 'goods-shipped', waybill: result.waybill, units: waveUnits(order), ...(order.wave && { wave: order.wave.number }) },
            ...(shippingOf(order) && { certificate: certificateOf(order, result.license) }),
            at,
          },
        ];
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
  | 'units-replaced'
  | 'retest-requested'
  | 'shipment-booked'
  | 'shipment-refused'
  | 'goods-shipped'
  | 'levy-accrued'
  | 'customs-declared';

export const fulfillmentEvolutions: Evolutions<FulfillmentEvent> = {
  ...failedUnitsEvolutions,
  'inspection-requested': (order) => ({ ...order, fulfillment: { state: 'under-test' } }),
  'inspection-passed': (order, { reportNumber }) => {
    const tested: Order = { ...withoutFinding(order), fulfillment: { state: 'tested', reportNumber } };
    return shippingOf(order) ? withRegister(tested, { testReport: reportNumber }) : tested;
  },
  'inspection-failed': (before, { reason, failed }) => {
    const order = withoutFinding(before);
    return failed ? withFailed(order, failed, reason) : { ...order, fulfillment: { state: 'test-failed', reason } };
  },
  'retest-requested': (order) => ({ ...order, fulfillment: { state: 'not-started' }, steps: wantAnew(order.steps, 'request-inspection') }),
  'shipment-booked': (order, event) => ({ ...order, fulfillment: { state: 'booked', bookingReference: event.bookingReference } }),
  'shipment-refused': (order, event) => ({ ...order, policyEpoch: event.policyEpoch, steps: wantAnew(order.steps, 'ship') }),
  'goods-shipped': (order, { waybill, units }) => ({
    ...order,
    allocation: order.wave && units < unitsToShip(order) ? withoutFirst(order, units) : { state: 'shipped' },
    fulfillment: { state: 'shipped', waybill },
  }),
  'levy-accrued': (order, event) => ({ ...order, levyMinor: order.levyMinor + event.amountMinor }),
  'customs-declared': (order) => {
    const { fulfillment: now } = order;
    if (now.state !== 'shipped') throw new Error(`order ${order.terms.id}: goods cannot be at customs, fulfillment is ${now.state}`);
    return { ...order, fulfillment: { state: 'at-customs', waybill: now.waybill } };
  },
};

/** The first lots by name leave first, as in the ledger. */
const withoutFirst = ({ allocation }: Order, units: number): Order['allocation'] =>
  allocation.state === 'reserved' ? { ...allocation, lots: splitUnits(allocation.lots, units).others } : allocation;
