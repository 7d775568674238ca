import type { LicenseDraw, LicenseNeed, LicenseToRecord } from './license.ts';
import { isBeforeImport } from './past.ts';
import { tableRoute } from './rules/filing.ts';
import type { Quota } from './rules/quota.ts';
import { leviedOn } from './stages/fulfillment.ts';
import { returnedWave } from './stages/goods.ts';
import { licensedBy } from './stages/us-review/license.ts';
import { waveSteps } from './stages/waves.ts';
import { type Order, priceOf, unitsOf } from './state.ts';
import { type Call, mayHaveHappened, stepKey, type StepInputs, type StepName } from './steps.ts';
import type { License } from './us-review.ts';
import { unitsToShip, wavesShipped, waveUnits } from './waves.ts';

const keyOf = (order: Order, step: StepName): string => stepKey(order.terms.id, step, order.steps[step]?.wish ?? 0);

function broken(order: Order, step: StepName, missing: string): never {
  throw new Error(`order ${order.terms.id}: ${step} was wanted without ${missing}`);
}

/** What each step is told, taken from the order as it stands when the step starts. */
const inputs: { readonly [S in StepName]: (order: Order) => StepInputs[S] } = {
  'screen-parties': partiesOf,
  'rescreen-parties': partiesOf,
  'record-customer': (order) => {
    const { terms, intake } = order;
    if (intake.state !== 'vetted') return broken(order, 'record-customer', 'a word of Commerce');
    return { customer: terms.customer, standing: intake.standing, reason: intake.reason };
  },
  'reserve-stock': (order) => {
    const { product, customerClass } = order.terms;
    return { product, customerClass, units: unitsToShip(order), ...coverageOf(order), ...quotasOf(order) };
  },
  'file-application': ({ terms }) => ({ terms }),
  'notify-license': (order) =>
    order.usReview.state === 'licensed'
      ? {
          customer: order.terms.customer,
          licenseNumber: order.usReview.license.number,
          conditions: order.usReview.license.conditions,
          ...recordOf(order, order.usReview.license),
          ...(order.imported?.license === order.usReview.license.number && { isTold: true }),
        }
      : broken(order, 'notify-license', 'a license'),
  'void-license': (order) => {
    const { toVoid } = order.decided ?? {};
    return toVoid ? { licenseNumber: toVoid.number, reason: toVoid.reason } : broken(order, 'void-license', 'a license that was recorded by mistake');
  },
  'request-inspection': (order) => ({ product: order.terms.product, units: waveUnits(order) }),
  'book-shipment': (order) => ({ product: order.terms.product, units: waveUnits(order), customer: order.terms.customer }),
  ship: (order) =>
    order.fulfillment.state === 'booked'
      ? {
          reservationKey: keyOf(order, 'reserve-stock'),
          bookingReference: order.fulfillment.bookingReference,
          policyEpoch: order.policyEpoch,
          ...(waveUnits(order) < unitsToShip(order) && { units: waveUnits(order) }),
          ...drawOf(order),
        }
      : broken(order, 'ship', 'a booking'),
  'accrue-levy': (order) => ({ policy: order.policy.id, currency: order.terms.currency, ...leviedOn(order) }),
  'declare-customs': (order) =>
    'waybill' in order.fulfillment && order.chinaReview.state === 'approved'
      ? { waybill: order.fulfillment.waybill, purchaseApproval: order.wave?.approvalNumber ?? order.chinaReview.approvalNumber }
      : broken(order, 'declare-customs', 'shipped goods and a Chinese approval'),
  'quarantine-return': (order) => {
    const wave = returnedWave(order);
    return wave?.goods.state === 'returned'
      ? { shipmentKey: wave.shipment, reason: wave.goods.reason, ...(isBeforeImport(order, wave.shipment) && { unitsElsewhere: wave.units }) }
      : broken(order, 'quarantine-return', 'goods that are back');
  },
  'replace-units': (order) => {
    const { fulfillment: now } = order;
    if (now.state !== 'units-failed') return broken(order, 'replace-units', 'units that failed their test');
    return { reservationKey: keyOf(order, 'reserve-stock'), ...now.failed, reason: now.reason };
  },
  'reduce-stock': (order) => ({ reservationKey: keyOf(order, 'reserve-stock'), units: unitsToShip(order) }),
  'release-stock': (order) => {
    const left = wavesShipped(order).map(({ shipment }) => shipment);
    return { reservationKey: heldUnder(order), ...licenseKeysOf(order), ...(keepsLicenses(order) && left.length > 0 && { left }) };
  },
  'withdraw-application': (order) => ({ filingKey: keyOf(order, 'file-application') }),
  'cancel-inspection': (order) => ({ inspectionKey: keyOf(order, 'request-inspection') }),
  'cancel-booking': (order) => ({ bookingKey: keyOf(order, 'book-shipment') }),
  'notify-ending': (order) => ({ customer: order.terms.customer, outcome: order.outcome ?? broken(order, 'notify-ending', 'an ending') }),
};

/** The key under which an order has stock, or a place in the queue for it: that of its last call, unless that one never was. */
function heldUnder(order: Order): string {
  const { allocation: now, steps } = order;
  const isBefore = now.state === 'unallocated' && now.queuedUnder !== undefined && !mayHaveHappened(steps['reserve-stock']);
  return isBefore ? now.queuedUnder : keyOf(order, 'reserve-stock');
}

function partiesOf({ terms, policy }: Order): StepInputs['screen-parties'] {
  const isVetted = policy.edition !== 1 && policy.customers === 'vetted-by-commerce';
  return { customer: terms.customer, ...(isVetted && { vetting: 'by-commerce' }) };
}

const needOf = (order: Order, units: number): LicenseNeed => {
  const { customer, endUse, currency } = order.terms;
  return { customer, endUse, currency, valueMinor: units * priceOf(order) };
};

/** The first edition knows licenses by their numbers alone. */
const keepsLicenses = ({ policy }: Order): boolean => policy.edition !== 1;

/** An order that asks for stock again once it was imported may be past its own filing. */
const coverageOf = (order: Order): { license?: LicenseNeed } =>
  keepsLicenses(order) && tableRoute(order) !== 'no-license-required' && (!order.imported || order.usReview.state === 'not-submitted')
    ? { license: needOf(order, unitsToShip(order)) }
    : {};

const quotasOf = ({ policy }: Order): { quotas?: readonly Quota[] } => (policy.edition !== 1 && policy.quotas ? { quotas: policy.quotas } : {});

function recordOf(order: Order, { number, issuedAt, expires }: License): { record?: LicenseToRecord } {
  if (!keepsLicenses(order)) return {};
  const [stockKey, units] = [keyOf(order, 'reserve-stock'), unitsToShip(order)];
  const givenBack = [stockKey, ...notifiedBefore(order)];
  return {
    record: {
      ...needOf(order, units),
      product: order.terms.product,
      units,
      issuedAt,
      expires: expires ?? null,
      stockKey,
      givenBack,
      ...beforeOf(order, number),
    },
  };
}

/** What had left under the license with which the order was imported. */
function beforeOf(order: Order, number: string): Pick<LicenseToRecord, 'usedBefore'> {
  if (order.imported?.license !== number) return {};
  const units = wavesShipped(order).reduce((sum, wave) => sum + (isBeforeImport(order, wave.shipment) ? wave.units : 0), 0);
  return { usedBefore: { units, valueMinor: units * priceOf(order) } };
}

/** Under the key of its notice an order sets aside what its own license is for. */
const notifiedBefore = (order: Order): string[] =>
  Array.from({ length: order.steps['notify-license']?.wish ?? 0 }, (_, wish) => stepKey(order.terms.id, 'notify-license', wish));

function drawOf(order: Order): { license?: LicenseDraw } {
  const licensed = licensedBy(order);
  if (!keepsLicenses(order) || !licensed) return {};
  const reservationKey = keyOf(order, licensed.state === 'covered' ? 'reserve-stock' : 'notify-license');
  const units = waveUnits(order);
  return { license: { number: licensed.license.number, reservationKey, units, valueMinor: units * priceOf(order) } };
}

function licenseKeysOf(order: Order): { licenseKeys?: readonly string[] } {
  if (!keepsLicenses(order) || !order.steps['notify-license']) return {};
  return { licenseKeys: [...notifiedBefore(order), keyOf(order, 'notify-license')] };
}

/** The call of a step that the order wants, under the key of its present wish. */
export function callOf<S extends StepName>(order: Order, step: S): Call<S> {
  return { step, key: keyOf(order, step), input: inputs[step](order) };
}

const ofWave: ReadonlySet<StepName> = new Set(waveSteps);

/** How many units a call is about, for people who read it: those that it names, those of its wave, or all that the order is for. */
export function unitsAbout(order: Order, { step, input }: Call): number {
  if ('units' in input && input.units !== undefined) return input.units;
  if (step === 'quarantine-return') return returnedWave(order)?.units ?? unitsOf(order);
  return ofWave.has(step) ? waveUnits(order) : unitsOf(order);
}
