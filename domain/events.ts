import type { CorrectableAct } from './decided.ts';
import type { FoundLicense, LicenseFault } from './license.ts';
import type { LotUnits } from './lots.ts';
import type { ImportMark, ToldPast } from './past.ts';
import type { RefusalCode } from './refusal.ts';
import type { Agency, Role } from './roles.ts';
import type { Signed } from './signing/signed.ts';
import type { FailedUnits, Outcome } from './state.ts';
import type { StepName } from './steps.ts';
import type { Amendable } from './rules/amendments.ts';
import type { OverQuota } from './rules/quota-headroom.ts';
import type { Finding } from './rules/us-finding.ts';
import type { Consensus, Level, LevelDecision, License, Position, Question } from './us-review.ts';
import type { Route } from './product.ts';
import type { ReleaseCertificate } from './release-certificate.ts';
import type { RegisteredPaper } from './shipping.ts';

/** The wave that a fact is about, there where an order leaves in several. */
interface OfWave {
  readonly wave?: number;
}

/** Facts by name, with what each one tells beside its time and author. */
interface Facts {
  'order-submitted': object;
  /** The order began elsewhere: all that is told of it, and one digest over that. The facts of its past follow. */
  'order-imported': Pick<ToldPast, 'past' | 'notYet'> & { readonly recordedAt: number; readonly digest: string };
  /** From here on the order is carried as any other. */
  'import-completed': { readonly digest: string };
  'step-started': { readonly step: StepName; readonly wish: number };
  'step-done': { readonly step: StepName };
  'step-failed': { readonly step: StepName; readonly reason: string };
  'step-retried': { readonly step: StepName };
  'step-settled': { readonly step: StepName; readonly outcome: 'done' | 'not-done'; readonly evidence: string };
  'not-retold': { readonly what: string; readonly code: RefusalCode; readonly reason: string };

  'parties-cleared': { readonly listVersion: string };
  'parties-rescreened': { readonly listVersion: string };
  'screening-hit': {
    readonly listVersion: string;
    readonly matches: readonly string[];
    readonly standing?: 'not-vetted' | 'declined' | 'removed';
  };
  /** The parties are clear, and Commerce has not vetted the customer or has said no. */
  'customer-not-vetted': { readonly standing: 'not-vetted' | 'declined' | 'removed' };
  'customer-approved': { readonly reason: string };
  'customer-declined': { readonly reason: string };
  'customer-recorded': object;
  'hit-cleared': { readonly reason: string };
  'hit-confirmed': { readonly reason: string };

  'stock-reserved': { readonly lots: readonly LotUnits[] };
  /** `place` of so many `waiting`, the first being 1. */
  'stock-short': { readonly free: number; readonly place?: number; readonly waiting?: number };
  /** The order does not fit into what is left of a cap of its policy. */
  'quota-reached': OverQuota;
  'stock-freed': object;
  'stock-recheck-requested': object;
  'stock-released': object;
  'order-amended': { readonly units?: number; readonly unitPriceMinor?: number; readonly reason: string };
  'amendment-recorded': { readonly change: Amendable; readonly to: string; readonly reason: string };
  'stock-reduced': { readonly units: number };

  'application-submitted': object;
  certified: { readonly certification: string; readonly evidence: string };
  'end-user-statement-issued': { readonly statementNumber: string };
  'classification-ruled': { readonly rulingNumber: string; readonly route: Route };
  'filing-confirmed': { readonly reason: string };
  'license-not-required': { readonly reason: string };
  'application-filed': { readonly filingReference: string };
  'application-registered': { readonly applicationNumber: string };
  'application-referred': object;
  'application-rejected': { readonly reason: string };
  'application-returned': { readonly reason: string };
  'application-parked': { readonly reason: string };
  'review-resumed': { readonly reason: string };
  'withdrawal-requested': { readonly reason: string };
  'application-resubmitted': { readonly reason: string };
  'question-asked': {
    readonly number: string;
    readonly asker: Question['by'];
    readonly question: string;
    readonly stopsClocks: boolean;
  };
  'question-answered': { readonly number: string; readonly answer: string };
  'question-withdrawn': { readonly number: string };
  'opinions-due': object;
  'limit-reached': object;
  'position-given': { readonly agency: Agency; readonly position: Extract<Position, { state: 'given' }> };
  'agency-deemed': { readonly agency: Agency };
  'review-closed': { readonly finding: Finding };
  escalated: { readonly reason: string; readonly official?: string; readonly basis?: string };
  'level-decided': { readonly decision: LevelDecision };
  'decision-overdue': { readonly level: Level };
  'appeal-period-ended': { readonly level: Level };
  'president-decided': { readonly consensus: Extract<Consensus, 'president-approved' | 'president-denied'> };
  'conditions-consolidated': { readonly conditions: readonly string[] };
  'conditions-concurred': { readonly agency: Agency };
  'conditions-offered': { readonly conditions: readonly string[] };
  'conditions-answered': {
    readonly answer: 'accepted' | 'countered' | 'declined';
    readonly conditions: readonly string[];
    readonly reason?: string;
  };
  'denial-notified': { readonly basis: string; readonly reason: string };
  'denial-response': { readonly response: string };
  'response-period-ended': object;
  'denial-rescinded': { readonly reason: string };
  'license-issued': { readonly license: License };
  'license-found': { readonly license: FoundLicense };
  'order-shortened': { readonly units: number; readonly reason: string };
  'license-recheck-requested': object;
  'coverage-given-up': { readonly reason: string };
  'evidence-submitted': { readonly condition: number; readonly document: string };
  'evidence-accepted': { readonly condition: number };
  'evidence-returned': { readonly condition: number; readonly reason: string };
  'condition-acknowledged': { readonly condition: number; readonly role: Role; readonly document: string };
  'license-denied': { readonly basis: string };
  'denial-appealed': { readonly grounds: string; readonly document: string };
  'denial-appeal-period-ended': object;
  'application-withdrawn': object;

  'purchase-applied': { readonly applicationNumber: string };
  /** `units` where it covers a part alone. */
  'purchase-approved': { readonly approvalNumber: string; readonly units?: number };
  'purchase-denied': { readonly reason: string };

  'inspection-requested': object;
  'inspection-passed': { readonly reportNumber: string };
  /** `failed` where it is not the whole wave. */
  'inspection-failed': { readonly reportNumber: string; readonly reason: string; readonly failed?: FailedUnits };
  /** Those that failed are set apart; `lots` have been reserved in their place, and `missing` of them have no other. */
  'units-replaced': { readonly lots: readonly LotUnits[]; readonly missing: number };
  'retest-requested': { readonly reason: string };
  'shipment-booked': { readonly bookingReference: string };
  'shipment-refused': { readonly policyEpoch: number };
  /** `available` are units that the order could have used. */
  'shipment-refused-by-license': { readonly licenseNumber: string; readonly code: LicenseFault; readonly available: number };
  /** What leaves next, where an order does not leave as a whole; the facts of its goods name their wave from then on. */
  'wave-formed': { readonly wave: number; readonly units: number; readonly approvalNumber: string };
  'order-short-closed': { readonly units: number; readonly reason: string };
  'entry-released': { readonly entryNumber: string };
  'paper-registered': RegisteredPaper;
  'paper-expired': { readonly paper: string };
  'eei-filed': { readonly itn: string };
  /** Customs of the United States keep the goods, and let them go. */
  'export-detained': { readonly reason: string };
  'export-released': { readonly reason: string };
  'goods-shipped': { readonly waybill: string; readonly units: number; readonly certificate?: ReleaseCertificate } & OfWave;
  'levy-accrued': { readonly amountMinor: number; readonly currency: string };
  'customs-declared': object;
  'customs-released': { readonly releaseNumber: string } & OfWave;
  'customs-detained': { readonly reason: string } & OfWave;
  'entry-refused': { readonly reason: string } & OfWave;
  'return-ordered': { readonly reason: string } & OfWave;
  'delivery-confirmed': { readonly proof: string } & OfWave;
  'use-verified': { readonly finding: 'as-licensed' | 'not-as-licensed'; readonly document: string } & OfWave;
  'goods-returned': { readonly proof: string } & OfWave;
  'return-quarantined': OfWave;

  'decision-corrected': {
    readonly entry: string;
    readonly corrects: CorrectableAct;
    readonly reason: string;
    readonly effects: readonly string[];
  };
  'license-voided': { readonly licenseNumber: string };

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
  /** There where it happened before the order was imported. */
  readonly imported?: ImportMark;
}

/** A fact about one order. */
export type OrderEvent<T extends EventType = EventType> = { [K in T]: { readonly type: K } & Origin & Facts[K] }[T];
