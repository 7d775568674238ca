import type { Act } from '../acts.ts';
import type { OrderEvent } from '../events.ts';
import { sumOf, unitsOfLot, withoutUnits, withUnits } from '../lots.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { rangeForm, readSerialRange } from '../serial-range.ts';
import type { Evolutions, ReportRules } from '../stage.ts';
import type { FailedUnits, Order } from '../state.ts';
import { mayHaveHappened, wantAnew } from '../steps.ts';
import { unitsReserved, unitsShipped, waveUnits } from '../waves.ts';
import { withoutEntry, withoutPapers } from './export.ts';

/** A finding that the ledger has not taken, as a person has settled: the laboratory may say it otherwise. */
const isFindingVoid = ({ fulfillment: now, steps: { 'replace-units': step } }: Order): boolean =>
  now.state === 'units-failed' && step?.state === 'failed' && !mayHaveHappened(step);

/** Whether the laboratory may judge the units of the wave. */
export const isTestOpen = (order: Order): boolean => order.fulfillment.state === 'under-test' || isFindingVoid(order);

/** Whether units that failed are being set apart and replaced, or may have been: until then nobody knows what the order has. */
export const areUnitsReplaced = (order: Order): boolean => order.fulfillment.state === 'units-failed' && !isFindingVoid(order);

/** Which units a laboratory fails of a wave under test; undefined where it fails the whole wave. */
export function failedUnits(order: Order, { lot, serials, units }: Act<'fail-inspection'>): FailedUnits | Refusal | undefined {
  const isSome = serials !== undefined || units !== undefined;
  if (lot === undefined)
    return isSome ? unfit(order, 'units have failed, and of which lot is not said', 'lot as well, or neither `serials` nor `units`') : undefined;
  if (!isSome || (serials !== undefined && units !== undefined))
    return unfit(order, `units of lot ${lot} have failed`, '`serials` or `units` as well, one of the two');
  const range = serials === undefined ? undefined : readSerialRange(serials);
  if (serials !== undefined && !range) return unfit(order, `serials: ${serials}`, rangeForm);
  const failed = range?.units ?? Number(units);
  return notInWave(order, lot, failed) ?? { lot, units: failed, ...(serials !== undefined && { serials }) };
}

const unfit = ({ terms }: Order, what: string, accepted: string): Refusal => refuse('invalid-act', `order ${terms.id}: ${what}`, accepted);

/** Why so many units of a lot cannot have failed; which of its lots are in the wave the order does not know. */
function notInWave(order: Order, lot: string, failed: number): Refusal | undefined {
  const lots = order.allocation.state === 'reserved' ? order.allocation.lots : [];
  const inLot = Math.min(unitsOfLot(lots, lot), waveUnits(order));
  if (inLot === 0) return unfit(order, `none of its units are of lot ${lot}`, `one of ${lots.map((one) => one.lot).join(', ')}`);
  return failed > inLot
    ? unfit(order, `${failed} units of lot ${lot} have failed, and the wave has at most ${inLot}`, 'as many units as the wave has, or fewer')
    : undefined;
}

/** The order once the laboratory has failed some of its units. */
export const withFailed = (order: Order, failed: FailedUnits, reason: string): Order => ({
  ...order,
  fulfillment: { state: 'units-failed', reason, failed },
  steps: order.steps['replace-units'] ? wantAnew(order.steps, 'replace-units') : order.steps,
});

/** Of a finding that came to nothing nobody waits for the answer any more. */
export function withoutFinding(order: Order): Order {
  const step = order.steps['replace-units'];
  return step && isFindingVoid(order) ? { ...order, steps: { ...order.steps, 'replace-units': { state: 'done', wish: step.wish } } } : order;
}

/** An order that has fewer units than it is for, since stock had no others, is for those alone. */
export const shortenedAt = (order: Order, reason: string, at: number): OrderEvent[] => [
  { type: 'order-shortened', units: unitsShipped(order) + unitsReserved(order), reason, at },
];

export const failedUnitsReports: ReportRules<'replace-units'> = {
  'replace-units': ({ fulfillment: now }, { replaced: lots, missing }, at) => {
    if (now.state !== 'units-failed') return [];
    const { units } = now.failed;
    // An order that believed it had other units than it has would ship what failed.
    if (sumOf(lots) + missing !== units)
      return [{ type: 'step-failed', step: 'replace-units', reason: `${sumOf(lots)} units are replaced and ${missing} are not, of ${units} that failed`, at }];
    return [{ type: 'units-replaced', lots, missing, at }];
  },
};

export const failedUnitsEvolutions: Evolutions<'units-replaced'> = {
  'units-replaced': (order, { lots, missing }) => {
    const { fulfillment: now, allocation, terms } = order;
    if (now.state !== 'units-failed' || allocation.state !== 'reserved' || sumOf(lots) + missing !== now.failed.units)
      throw new Error(`order ${terms.id}: units were replaced that had not failed; fulfillment is ${now.state}, stock is ${allocation.state}`);
    const held = withUnits(withoutUnits(allocation.lots, now.failed), lots);
    const judged: Order = { ...order, allocation: { ...allocation, lots: held } };
    if (held.length === 0) return { ...judged, fulfillment: { state: 'test-failed', reason: now.reason } };
    const lacking = missing > 0 ? { lacking: `stock has no other units for ${missing} that failed the test` } : {};
    return { ...goingOn(judged, waveUnits(order), now.failed.units), ...lacking };
  },
};

/** A wave of so many units goes on: under test as before where it has none that was not, else it is tested once more. */
function goingOn(order: Order, before: number, failed: number): Order {
  const units = Math.min(before, unitsReserved(order));
  const next = units < before ? withoutPapers(order) : order;
  return units > before - failed
    ? { ...withoutEntry(next), fulfillment: { state: 'not-started' }, steps: wantAnew(order.steps, 'request-inspection') }
    : { ...next, fulfillment: { state: 'under-test' } };
}
