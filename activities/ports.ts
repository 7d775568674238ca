import type { LicenseBalances, LicenseToRecord } from '../domain/license.ts';
import type { StepTrust } from '../domain/signing/order-trust.ts';
import type { CustomerStanding, StepInputs, StepName, StepResults } from '../domain/steps.ts';
import type { OrderTerms } from '../domain/terms.ts';

/**
 * What every port is told with each call. `key` is the same for every retry of the same wish: a port that has seen it
 * answers as before and does nothing. `at` is the order's own time in epoch milliseconds: ports stamp business dates
 * with it and read no clock.
 */
export interface Occasion {
  readonly key: string;
  readonly orderId: string;
  readonly at: number;
}
/** What the activity of a step is given; `trust` is for who checks it before a port is asked. */
export type StepRequest<S extends StepName> = Occasion & StepInputs[S] & { readonly trust?: StepTrust };

export interface LedgerPort {
  reserve(request: StepRequest<'reserve-stock'>): Promise<StepResults['reserve-stock']>;
  /** Takes so many units off stock, or all that are reserved, unless policy has changed since `policyEpoch` or the license does not carry them; all in one transaction. */
  ship(request: StepRequest<'ship'>): Promise<{ outcome: 'shipped'; license?: LicenseBalances } | Exclude<StepResults['ship'], { outcome: 'shipped' }>>;
  /** Keeps so many units of a reservation and gives the others back. */
  reduce(request: StepRequest<'reduce-stock'>): Promise<StepResults['reduce-stock']>;
  /** Sets the units of a shipment apart that customs sent back, once. */
  quarantineReturn(request: StepRequest<'quarantine-return'>): Promise<StepResults['quarantine-return']>;
  /** Sets units of a reservation that failed apart and reserves others in their place as far as there are some, once. */
  replace(request: StepRequest<'replace-units'>): Promise<StepResults['replace-units']>;
  release(request: StepRequest<'release-stock'>): Promise<StepResults['release-stock']>;
  /** Records a license that was issued on an order, once. */
  recordLicense(request: StepRequest<'notify-license'> & { readonly record: LicenseToRecord }): Promise<void>;
  /** Makes a license of the order void that was recorded by mistake, once; what it was stays in the ledger. */
  voidLicense(request: StepRequest<'void-license'>): Promise<StepResults['void-license']>;
}
/** The list of customers that Commerce has vetted. */
export interface CustomersPort {
  standingOf(customer: string): Promise<CustomerStanding | 'not-vetted'>;
  record(request: StepRequest<'record-customer'>): Promise<StepResults['record-customer']>;
}
export interface ScreeningPort {
  screen(request: StepRequest<'screen-parties'>): Promise<StepResults['screen-parties']>;
  /** Once more before the goods leave, against the list of that day. */
  rescreen(request: StepRequest<'rescreen-parties'>): Promise<StepResults['rescreen-parties']>;
  /** While orders wait: a customer against the list of that day. A mere look, whose answer may differ when asked again. */
  lookUp(request: { readonly customer: string; readonly at: number }): Promise<StepResults['rescreen-parties']>;
}
export interface FilingPort {
  file(request: Occasion & { terms: OrderTerms }): Promise<StepResults['file-application']>;
  withdraw(request: StepRequest<'withdraw-application'>): Promise<StepResults['withdraw-application']>;
}
export interface NoticesPort {
  tellLicense(request: StepRequest<'notify-license'>): Promise<StepResults['notify-license']>;
  tellEnding(request: StepRequest<'notify-ending'>): Promise<StepResults['notify-ending']>;
}
export interface LevyPort {
  accrue(request: StepRequest<'accrue-levy'>): Promise<StepResults['accrue-levy']>;
}
export interface InspectionPort {
  request(request: StepRequest<'request-inspection'>): Promise<StepResults['request-inspection']>;
  cancel(request: StepRequest<'cancel-inspection'>): Promise<StepResults['cancel-inspection']>;
}
export interface CarrierPort {
  book(request: StepRequest<'book-shipment'>): Promise<StepResults['book-shipment']>;
  cancel(request: StepRequest<'cancel-booking'>): Promise<StepResults['cancel-booking']>;
  handOver(request: Occasion & { bookingReference: string }): Promise<{ waybill: string }>;
}
export interface CustomsPort {
  declare(request: StepRequest<'declare-customs'>): Promise<StepResults['declare-customs']>;
}

/** Everything outside that an order touches. */
export interface Ports {
  readonly ledger: LedgerPort;
  readonly screening: ScreeningPort;
  readonly customers: CustomersPort;
  readonly filing: FilingPort;
  readonly notices: NoticesPort;
  readonly levy: LevyPort;
  readonly inspection: InspectionPort;
  readonly carrier: CarrierPort;
  readonly customs: CustomsPort;
}

/** One activity a step. */
export type StepActivities = { [S in StepName]: (request: StepRequest<S>) => Promise<StepResults[S]> };
