import type { FoundLicense, LicenseBalances, LicenseDraw, LicenseFault, LicenseNeed, LicenseToRecord } from './license.ts';
import type { LotUnits } from './lots.ts';
import type { PolicyChange } from './policy-change.ts';
import type { Quota } from './rules/quota.ts';
import type { OverQuota } from './rules/quota-headroom.ts';
import type { OrderTerms } from './terms.ts';

/** Every step of the world, in the order of the journey; the second half takes back what an order started that ends early. */
export const stepNames = [
  'screen-parties',
  'record-customer',
  'reserve-stock',
  'file-application',
  'notify-license',
  'void-license',
  'request-inspection',
  'rescreen-parties',
  'book-shipment',
  'ship',
  'accrue-levy',
  'declare-customs',
  'quarantine-return',
  'replace-units',
  'reduce-stock',
  'release-stock',
  'withdraw-application',
  'cancel-inspection',
  'cancel-booking',
  'notify-ending',
] as const;
export type StepName = (typeof stepNames)[number];

/** What Commerce has said of a customer. */
export const customerStandings = ['approved', 'declined', 'removed'] as const;
export type CustomerStanding = (typeof customerStandings)[number];

/** What each step of the world is given, beside its key and the order's own time. */
export interface StepInputs {
  /** `vetting` there where Commerce vets customers: the list of those that it has is looked at, too. */
  'screen-parties': { customer: string; vetting?: 'by-commerce' };
  'rescreen-parties': StepInputs['screen-parties'];
  'record-customer': { customer: string; standing: CustomerStanding; reason: string };
  /** `license` there where a live one may cover the order, `quotas` where it has caps to keep; by its customer's class it waits where stock is short. */
  'reserve-stock': { product: string; units: number; customerClass: OrderTerms['customerClass']; license?: LicenseNeed; quotas?: readonly Quota[] };
  'file-application': { terms: OrderTerms };
  /** `isTold`: the buyer knows, from before the order was imported; only the ledger does not. */
  'notify-license': { customer: string; licenseNumber: string; conditions: readonly string[]; record?: LicenseToRecord; isTold?: true };
  'void-license': { licenseNumber: string; reason: string };
  'request-inspection': { product: string; units: number };
  'book-shipment': { product: string; units: number; customer: string };
  /** `units` there where a part of what is reserved leaves, and the rest in later waves. */
  ship: { reservationKey: string; bookingReference: string; policyEpoch: number; units?: number; license?: LicenseDraw };
  'accrue-levy': { policy: string; revenueMinor: number; amountMinor: number; currency: string };
  'declare-customs': { waybill: string; purchaseApproval: string };
  /** `unitsElsewhere`: of a shipment from before the order was imported, which no lot of the ledger has ever had. */
  'quarantine-return': { shipmentKey: string; reason: string; unitsElsewhere?: number };
  /** `serials` as FIRST..LAST, there where the units are known by number. */
  'replace-units': { reservationKey: string; lot: string; units: number; serials?: string; reason: string };
  'reduce-stock': { reservationKey: string; units: number };
  /** `left`: the keys of the shipments that have left, and stay so. */
  'release-stock': { reservationKey: string; licenseKeys?: readonly string[]; left?: readonly string[] };
  'withdraw-application': { filingKey: string };
  'cancel-inspection': { inspectionKey: string };
  'cancel-booking': { bookingKey: string };
  'notify-ending': { customer: string; outcome: string };
}

/** What each step answers. An expected outcome (a hit, a shortage, a stale epoch) is an answer, not an error. */
export interface StepResults {
  'screen-parties': ({ outcome: 'clear'; listVersion: string } | { outcome: 'hit'; listVersion: string; matches: readonly string[] }) & {
    standing?: CustomerStanding | 'not-vetted';
  };
  'rescreen-parties': StepResults['screen-parties'];
  'record-customer': { recorded: CustomerStanding };
  'reserve-stock':
    | { outcome: 'reserved'; lots: readonly LotUnits[]; license?: FoundLicense }
    | { outcome: 'short'; free: number; place?: number; waiting?: number }
    | ({ outcome: 'over-quota' } & OverQuota);
  'file-application': { filingReference: string };
  'notify-license': { noticeReference: string };
  /** `not-recorded`: the ledger has no license of this number for the order. */
  'void-license': { outcome: 'voided' | 'not-recorded' };
  'request-inspection': { inspectionReference: string };
  'book-shipment': { bookingReference: string };
  ship:
    | { outcome: 'shipped'; waybill: string; license?: LicenseBalances }
    | { outcome: 'stale-epoch'; changes: readonly PolicyChange[] }
    | { outcome: 'license-refused'; code: LicenseFault; licenseNumber: string; available: number };
  'accrue-levy': { entryReference: string };
  'declare-customs': { declarationReference: string };
  'quarantine-return': { quarantined: number };
  /** Other units in place of those that failed, and how many there are none for. */
  'replace-units': { replaced: readonly LotUnits[]; missing: number };
  'reduce-stock': { kept: number };
  'release-stock': { released: number };
  'withdraw-application': { withdrawalReference: string };
  'cancel-inspection': { cancellationReference: string };
  'cancel-booking': { cancellationReference: string };
  'notify-ending': { noticeReference: string };
}

/**
 * Where a step stands. `wish` counts how often it was wanted anew and is part of its idempotency key; a retry keeps it.
 * A failed step may have taken effect all the same, until a person settles that it did not.
 */
export type StepProgress =
  | { readonly state: 'running' | 'done'; readonly wish: number }
  | { readonly state: 'wanted'; readonly wish: number; readonly tookEffect: 'unknown' | 'no' }
  | { readonly state: 'failed'; readonly wish: number; readonly reason: string; readonly tookEffect: 'unknown' | 'no' };

export type Steps = { readonly [S in StepName]?: StepProgress };

/** One call of the world that an order wants. `key` is the same for every retry of the same wish. */
export interface Call<S extends StepName = StepName> {
  readonly step: S;
  readonly key: string;
  readonly input: StepInputs[S];
}

/** The answer to a call. */
export interface Report<S extends StepName = StepName> {
  readonly step: S;
  readonly wish: number;
  readonly result: StepResults[S];
}

export const stepKey = (orderId: string, step: StepName, wish: number): string => `${orderId}/${step}/${wish}`;

interface StepTrait {
  /** What a person reads in the Temporal UI's Timeline. */
  readonly says: string;
  /** The step that takes this one back when the order ends early. */
  readonly undoneBy?: StepName;
}

/** What each step is and how it is taken back. */
export const stepTraits: { readonly [S in StepName]: StepTrait } = {
  'screen-parties': { says: 'screen the customer against the lists' },
  'record-customer': { says: 'put what Commerce says of the customer on the list' },
  'reserve-stock': { says: 'reserve units from lots on hand', undoneBy: 'release-stock' },
  'file-application': { says: 'file the license application with Commerce', undoneBy: 'withdraw-application' },
  'notify-license': { says: 'tell the buyer the license and its conditions' },
  'void-license': { says: 'make a license void that was recorded by mistake' },
  'request-inspection': { says: 'ask the laboratory to test the units', undoneBy: 'cancel-inspection' },
  'rescreen-parties': { says: 'screen the customer once more before the goods leave' },
  'book-shipment': { says: 'book the carrier', undoneBy: 'cancel-booking' },
  ship: { says: 'hand the goods to the carrier (cannot be undone)' },
  'accrue-levy': { says: 'accrue the levy on invoiced revenue' },
  'declare-customs': { says: 'declare the goods to Chinese customs' },
  'quarantine-return': { says: 'set the units that came back apart in stock' },
  'replace-units': { says: 'set the units that failed apart in stock, and take others for them' },
  'reduce-stock': { says: 'give back what the order is no longer for' },
  'release-stock': { says: 'give reserved units back' },
  'withdraw-application': { says: 'withdraw the license application' },
  'cancel-inspection': { says: 'cancel the test' },
  'cancel-booking': { says: 'cancel the carrier' },
  'notify-ending': { says: 'tell the buyer how the order ended' },
};

/** Whether the step may have changed the world: it runs, is done, or failed and nobody knows better, also when it is tried again. */
export const mayHaveHappened = (progress: StepProgress | undefined): boolean =>
  progress !== undefined && ('tookEffect' in progress ? progress.tookEffect === 'unknown' : true);

/** The step is wanted once more as a new wish, under a new key. */
export const wantAnew = (steps: Steps, step: StepName): Steps => ({
  ...steps,
  [step]: { state: 'wanted', wish: (steps[step]?.wish ?? 0) + 1, tookEffect: 'no' },
});
