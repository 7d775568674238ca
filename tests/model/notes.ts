import type { Agency } from '../../domain/roles.ts';
import type { Outcome } from '../../domain/state.ts';
import type { StepName } from '../../domain/steps.ts';
import type { Debt } from './debts.ts';
import { noReviewNotes, type ReviewNotes } from './review-notes.ts';
import type { Stopwatches } from './stopwatch.ts';

/** The last call of a step: its key, what it was told, and how it stands. */
export interface Told {
  readonly key: string;
  readonly wish: number;
  readonly input: string;
  readonly state: 'running' | 'failed' | 'retried' | 'answered';
}

/** What an agency said, or that it was silent to the end. */
type Word = 'no-objection' | 'approve-with-conditions' | 'approve-part' | 'deny' | 'silent';

const applicationStates = [
  'none',
  'submitted',
  'filed',
  'rejected',
  'registered',
  'referred',
  'referred-opaque',
  'closed',
  'licensed',
  'denied',
  'returned',
  'withdrawing',
  'withdrawn',
  'not-required',
] as const;

/**
 * What an independent witness has noted of an order, from its events alone and never from its state: the invariants
 * compare the two, so that a state that lies is found.
 */
export interface Notes {
  readonly screening: 'open' | 'hit' | 'cleared';
  /** The key under which the order has a place in the queue for stock. */
  readonly queuedUnder?: string;
  /** `freed`: the ledger has said so before it answered. */
  readonly stock: 'none' | 'freed' | 'short' | 'over-quota' | 'reserved' | 'shipped' | 'released';
  readonly application: (typeof applicationStates)[number];
  readonly positions: { readonly [A in Agency]?: Word };
  readonly president: 'not-asked' | 'asked' | 'approved' | 'denied';
  readonly china: 'open' | 'applied' | 'approval' | 'denial';
  readonly inspection: 'open' | 'asked' | 'passed' | 'failed';
  readonly booked: boolean;
  readonly goods: 'here' | 'maybe-gone' | 'gone' | 'declared' | 'released' | 'arrived';
  readonly shipments: number;
  /** Levies accrued, each in minor units. */
  readonly levies: readonly number[];
  /** Holds that are on, and those that were lifted. */
  readonly holds: readonly string[];
  readonly lifted: readonly string[];
  /** Accountable time of whoever has some. */
  readonly time: Stopwatches;
  readonly review: ReviewNotes;
  readonly owed: readonly Debt[];
  readonly takenBack: readonly Debt[];
  /** Whether the buyer was told how the order ended. */
  readonly told: boolean;
  readonly calls: { readonly [S in StepName]?: Told };
  readonly outcome: Outcome | undefined;
}

export const noNotes: Notes = {
  screening: 'open',
  stock: 'none',
  application: 'none',
  positions: {},
  president: 'not-asked',
  china: 'open',
  inspection: 'open',
  booked: false,
  goods: 'here',
  shipments: 0,
  levies: [],
  holds: [],
  lifted: [],
  time: {},
  review: noReviewNotes,
  owed: [],
  takenBack: [],
  told: false,
  calls: {},
  outcome: undefined,
};
