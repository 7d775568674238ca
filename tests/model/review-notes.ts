import type { Route } from '../../domain/product.ts';
import type { Agency } from '../../domain/roles.ts';
import type { Finding } from '../../domain/rules/us-finding.ts';
import type { Level } from '../../domain/us-review.ts';
import type { Stopwatches } from './stopwatch.ts';

/** Before whom a registered application lies. */
export type Lies = 'commerce' | 'president' | Level | 'appeal' | 'agencies' | 'applicant' | 'notified';

/** What somebody above the agencies has said. */
type Word = 'approve' | 'deny';

/** What the witness notes of an application beside where it stands: papers, questions, offers, and who has decided what. */
export interface ReviewNotes {
  readonly certified: readonly string[];
  readonly statement: boolean;
  readonly confirmed: boolean;
  readonly ruled: Route | undefined;
  /** How many applications have ended before this one. */
  readonly past: number;
  readonly lies: Lies;
  readonly parked: boolean;
  readonly referredAt: number | undefined;
  /** Conditions that each agency asks for, and the units that it approves, by its last word. */
  readonly conditions: { readonly [A in Agency]?: readonly string[] };
  readonly units: { readonly [A in Agency]?: number };
  readonly found: Finding | undefined;
  readonly asked: readonly string[];
  readonly open: readonly { readonly number: string; readonly by: string }[];
  /** The last word of those above, on the ladder or of the President. */
  readonly word: Word | undefined;
  readonly level: Level | undefined;
  /** What each agency voted at last in a committee. */
  readonly votes: { readonly [A in Agency]?: Word };
  readonly concurred: readonly Agency[];
  readonly offer: readonly string[];
  readonly answer: 'none' | 'accepted' | 'countered' | 'declined';
  /** How many notices of an intent to deny there have been. */
  readonly notices: number;
  readonly responded: boolean;
  /** Of a denial that may be appealed. */
  readonly appeal: 'none' | 'open' | 'recorded' | 'over';
  /** How many decisions were corrected. */
  readonly corrected: number;
  /** Whether a license that was corrected still stands in the ledger. */
  readonly toVoid: boolean;
  /** Whether somebody has said that the buyer was not told of the license, nor the ledger. */
  readonly noticeUndone: boolean;
  /** The watches of a review that stands still while a license stands, and the word before the President's. */
  readonly paused: Stopwatches;
  readonly wordBefore: Word | undefined;
}

export const noReviewNotes: ReviewNotes = {
  certified: [],
  statement: false,
  confirmed: false,
  ruled: undefined,
  past: 0,
  lies: 'commerce',
  parked: false,
  referredAt: undefined,
  conditions: {},
  units: {},
  found: undefined,
  asked: [],
  open: [],
  word: undefined,
  level: undefined,
  votes: {},
  concurred: [],
  offer: [],
  answer: 'none',
  notices: 0,
  responded: false,
  appeal: 'none',
  corrected: 0,
  toVoid: false,
  noticeUndone: false,
  paused: {},
  wordBefore: undefined,
};

/** What stays when an application ends and another takes its place: the papers. */
export const nextApplication = ({ certified, statement, confirmed, ruled, past }: ReviewNotes): ReviewNotes => ({
  ...noReviewNotes,
  certified,
  statement,
  confirmed,
  ruled,
  past: past + 1,
});
