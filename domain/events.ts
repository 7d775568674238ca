import type { RefusalCode } from './refusal.ts';
import type { Agency, Role } from './roles.ts';
import type { Signed } from './signing/signed.ts';
import type { Outcome } from './state.ts';
import type { StepName } from './steps.ts';
import type { Consensus, License, Position } from './us-review.ts';

/** Facts by name, with what each one tells beside its time and author. */
interface Facts {
  'order-submitted': object;
  'step-started': { readonly step: StepName; readonly wish: number };
  'step-done': { readonly step: StepName };
  'step-failed': { readonly step: StepName; readonly reason: string };
  'step-retried': { readonly step: StepName };
  'step-settled': { readonly step: StepName; readonly outcome: 'done' | 'not-done'; readonly evidence: string };
  'not-retold': { readonly what: string; readonly code: RefusalCode; readonly reason: string };

  'parties-cleared': { readonly listVersion: string };
  'screening-hit': { readonly listVersion: string; readonly matches: readonly string[] };
  'hit-cleared': { readonly reason: string };
  'hit-confirmed': { readonly reason: string };

  'stock-reserved': { readonly lots: readonly { readonly lot: string; readonly units: number }[] };
  'stock-short': { readonly free: number };
  'stock-recheck-requested': object;
  'stock-released': object;

  'application-submitted': object;
  'application-filed': { readonly filingReference: string };
  'application-registered': { readonly applicationNumber: string };
  'application-referred': object;
  'position-given': { readonly agency: Agency; readonly position: Extract<Position, { state: 'given' }> };
  'agency-deemed': { readonly agency: Agency };
  'review-closed': { readonly finding: 'none-objects' | 'all-deny' | 'disagreement' };
  escalated: { readonly reason: string };
  'president-decided': { readonly consensus: Extract<Consensus, 'president-approved' | 'president-denied'> };
  'license-issued': { readonly license: License };
  'license-denied': { readonly basis: string };
  'application-withdrawn': object;

  'purchase-applied': { readonly applicationNumber: string };
  'purchase-approved': { readonly approvalNumber: string };
  'purchase-denied': { readonly reason: string };

  'inspection-requested': object;
  'inspection-passed': { readonly reportNumber: string };
  'inspection-failed': { readonly reportNumber: string; readonly reason: string };
  'retest-requested': { readonly reason: string };
  'shipment-booked': { readonly bookingReference: string };
  'shipment-refused': { readonly policyEpoch: number };
  'goods-shipped': { readonly waybill: string; readonly units: number };
  'levy-accrued': { readonly amountMinor: number; readonly currency: string };
  'customs-declared': object;
  'customs-released': { readonly releaseNumber: string };
  'delivery-confirmed': { readonly proof: string };

  'policy-held': { readonly id: string; readonly epoch: number; readonly reason: string };
  'policy-lifted': { readonly id: string; readonly epoch: number; readonly reason: string };

  'order-ended': { readonly outcome: Outcome; readonly reason: string };
}
export type EventType = keyof Facts;

/** When and by whom. */
interface Origin {
  /** The order's own time in epoch milliseconds. */
  readonly at: number;
  /** There where a person acted. */
  readonly by?: Role;
  readonly act?: { readonly id: string; readonly content: string };
  /** There where a person acted by signature. */
  readonly signed?: Signed;
}

/** A fact about one order. */
export type OrderEvent<T extends EventType = EventType> = { [K in T]: { readonly type: K } & Origin & Facts[K] }[T];
