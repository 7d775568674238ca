import type { Clock, Timed } from './clock.ts';
import type { FoundLicense, LicenseFault } from './license.ts';
import type { Route } from './product.ts';
import type { Agency } from './roles.ts';

/** An agency's place in the interagency review. Silence is its own member: it is deemed, never the agency's own approval. */
export type Position =
  | { readonly state: 'asked'; readonly clock: Clock }
  | { readonly state: 'given'; readonly position: 'no-objection' }
  | { readonly state: 'given'; readonly position: 'approve-with-conditions'; readonly conditions: readonly string[] }
  | { readonly state: 'given'; readonly position: 'approve-part'; readonly units: number; readonly conditions?: readonly string[] }
  | { readonly state: 'given'; readonly position: 'deny'; readonly basis: string; readonly statute?: string }
  | { readonly state: 'deemed'; readonly position: 'no-objection' };
export type Positions = { readonly [A in Agency]: Position };

/** What lies before Commerce once the review has closed: the agencies' consensus, or the word of whoever decided between them. */
export type Consensus =
  | 'none-objects'
  | 'agencies-approve'
  | 'all-deny'
  | 'denial-among-silence'
  | 'conditions-contradict'
  | 'escalation-approved'
  | 'escalation-denied'
  | 'president-approved'
  | 'president-denied'
  | 'not-shown';

export interface License {
  readonly number: string;
  readonly conditions: readonly string[];
  readonly issuedAt: number;
  /** Units, where it was issued for a part of the order. */
  readonly units?: number;
  /** The last calendar day on which it is good, YYYY-MM-DD. */
  readonly expires?: string;
}

/** Something that a reviewer wants to know from the applicant; it goes through Commerce. */
export interface Question {
  readonly number: string;
  readonly by: Agency | 'us.commerce';
  readonly question: string;
  readonly askedAt: number;
  /** Whether it came in time, and so stops the asker's clock and the total until it is closed. */
  readonly stopsClocks: boolean;
  readonly closed?: { readonly at: number; readonly how: 'answered' | 'withdrawn' | 'review-closed' };
}

/** The ladder between the agencies and the President (EO 12981 as amended by EO 13020). */
export type Level = 'oc-chair' | 'acep' | 'earb';
export type Voter = 'us.commerce' | Agency;

/** What a level has decided, and in a committee who voted for what; who is in neither list was silent. */
export interface LevelDecision {
  readonly level: Level;
  readonly decision: 'approve' | 'deny';
  readonly votes?: { readonly approve: readonly Voter[]; readonly deny: readonly Voter[] };
}

/** An application that ended without a license, and so was followed by another. */
export interface PastApplication {
  readonly filingReference?: string;
  readonly applicationNumber?: string;
  readonly ended: 'rejected-unregistered' | 'returned-without-action' | 'withdrawn' | 'license-unusable';
}

interface Application {
  /** The applications that this one replaces, the oldest first. */
  readonly previous?: readonly PastApplication[];
}
export interface Registration extends Application {
  readonly applicationNumber: string;
  /** The days that the review may take in all: what is left, or when they were over. */
  readonly limit?: Timed;
  readonly questions?: readonly Question[];
}
export interface Referral extends Registration {
  readonly positions: Positions;
  readonly referredAt?: number;
  /** What each level of the ladder has decided, the lowest first. */
  readonly decisions?: readonly LevelDecision[];
}
/** What Commerce and the applicant have said to each other of conditions. */
interface Negotiation {
  readonly offer?: readonly string[];
  readonly answer?: 'accepted' | 'countered' | 'declined';
}
/** The review has closed: Commerce decides next. */
export interface BeforeCommerce extends Referral, Negotiation {
  readonly state: 'before-commerce';
  readonly consensus: Exclude<Consensus, 'not-shown'>;
  /** The text of contradicting conditions with which agencies have concurred. */
  readonly agreed?: readonly string[];
}
/** Nothing of the agencies is shown; the days for their opinions only remind. */
export interface Opaque extends Registration, Negotiation {
  readonly state: 'referred-opaque';
  readonly referredAt: number;
  readonly reminder: Timed;
}

/** A review that goes on: it may be parked, returned or withdrawn. */
export type OpenReview =
  | ({ readonly state: 'registered' } & Registration)
  | ({ readonly state: 'referred' } & Referral)
  | Opaque
  | ({ readonly state: 'before-level'; readonly level: Level; readonly due: Timed } & Referral)
  | ({ readonly state: 'appealable'; readonly level: Level; readonly clock: Clock } & Referral)
  | ({ readonly state: 'before-president' } & Referral)
  | BeforeCommerce
  /** Commerce has put contradicting conditions into one text; the agencies that asked for some concur, or one of them dissents. */
  | ({ readonly state: 'one-text'; readonly offer: readonly string[]; readonly concurring: readonly Agency[] } & Referral)
  | { readonly state: 'conditions-offered'; readonly offer: readonly string[]; readonly before: BeforeCommerce | Opaque }
  | {
      readonly state: 'intent-to-deny';
      readonly basis: string;
      readonly respondBy: Timed;
      readonly final: Clock;
      readonly response?: string;
      readonly before: BeforeCommerce | Opaque;
    };

/** The US key has turned by a license: the order's own, or one issued on another that covers it. */
export type Licensed =
  | ({ readonly state: 'licensed'; readonly applicationNumber: string; readonly license: License } & Application)
  | { readonly state: 'covered'; readonly license: FoundLicense };

/** The US key: the application's way from the desk to a license. */
export type UsReview =
  | { readonly state: 'not-submitted' }
  | ({ readonly state: 'submitted' } & Application)
  | ({ readonly state: 'filed'; readonly filingReference: string } & Application)
  | ({ readonly state: 'rejected-unregistered'; readonly filingReference: string; readonly reason: string } & Application)
  | OpenReview
  | { readonly state: 'held-without-action'; readonly reason: string; readonly since: number; readonly parked: OpenReview }
  | { readonly state: 'returned-without-action'; readonly applicationNumber: string; readonly reason: string; readonly previous?: readonly PastApplication[] }
  | { readonly state: 'withdrawing'; readonly reason: string; readonly of: PastApplication; readonly previous?: readonly PastApplication[] }
  | { readonly state: 'not-required'; readonly reason: string }
  | Licensed
  /** The license did not carry the shipment. */
  | { readonly state: 'license-unusable'; readonly code: LicenseFault; readonly available: number; readonly licensed: Licensed }
  | { readonly state: 'denied'; readonly applicationNumber: string; readonly basis: string; readonly appeal?: Appeal }
  | { readonly state: 'withdrawn'; readonly of?: PastApplication; readonly previous?: readonly PastApplication[] };

/** The applicant's appeal of a denial, there where the policy knows days for one (epoch milliseconds). It suspends nothing. */
export type Appeal =
  | { readonly state: 'open'; readonly until: number }
  | { readonly state: 'recorded'; readonly at: number; readonly grounds: string; readonly document: string }
  | { readonly state: 'over'; readonly at: number };

/** What has been gathered before an application is filed. */
export interface Filing {
  readonly certified?: readonly string[];
  /** Number of the Chinese end-user statement. */
  readonly endUserStatement?: string;
  readonly ruling?: { readonly number: string; readonly route: Route };
  /** The desk files although denial is presumed. */
  readonly confirmed?: true;
}
