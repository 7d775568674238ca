import type { Clock } from './clock.ts';
import type { Agency } from './roles.ts';

/** An agency's place in the interagency review. Silence is its own member: it is deemed, never the agency's own approval. */
export type Position =
  | { readonly state: 'asked'; readonly clock: Clock }
  | { readonly state: 'given'; readonly position: 'no-objection' }
  | { readonly state: 'given'; readonly position: 'approve-with-conditions'; readonly conditions: readonly string[] }
  | { readonly state: 'given'; readonly position: 'deny'; readonly basis: string }
  | { readonly state: 'deemed'; readonly position: 'no-objection' };
export type Positions = { readonly [A in Agency]: Position };

/** What lies before Commerce once the review has closed: the agencies' consensus, or the President's word. */
export type Consensus = 'none-objects' | 'all-deny' | 'president-approved' | 'president-denied';

export interface License {
  readonly number: string;
  readonly conditions: readonly string[];
  readonly issuedAt: number;
}

/** The US key: the application's way from the desk to a license. */
export type UsReview =
  | { readonly state: 'not-submitted' }
  | { readonly state: 'submitted' }
  | { readonly state: 'filed'; readonly filingReference: string }
  | { readonly state: 'registered'; readonly applicationNumber: string }
  | { readonly state: 'referred'; readonly applicationNumber: string; readonly positions: Positions }
  | { readonly state: 'before-president'; readonly applicationNumber: string; readonly positions: Positions }
  | { readonly state: 'before-commerce'; readonly applicationNumber: string; readonly positions: Positions; readonly consensus: Consensus }
  | { readonly state: 'licensed'; readonly applicationNumber: string; readonly license: License }
  | { readonly state: 'denied'; readonly applicationNumber: string; readonly basis: string }
  | { readonly state: 'withdrawn' };
