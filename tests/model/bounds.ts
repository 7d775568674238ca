import type { OrderTerms } from '../../domain/terms.ts';
import { day } from '../support/orders.ts';

/** What an exploration is limited to; within it, it leaves nothing out. */
export interface Bounds {
  readonly says: string;
  /** Names of the policy holds that come and go. */
  readonly holds: readonly string[];
  /** Whether every step may fail, any number of times. */
  readonly stepsFail: boolean;
}

export const oneHold: Bounds = { says: 'one hold that comes and goes, every step may fail', holds: ['P-7'], stepsFail: true };
export const twoHolds: Bounds = { says: 'two holds that overlap in every way, no step fails', holds: ['P-7', 'P-8'], stepsFail: false };
export const noTrouble: Bounds = { says: 'no hold, no step fails', holds: [], stepsFail: false };

/** The terms that change the way an order takes. */
export const ways: readonly Pick<OrderTerms, 'reviews' | 'fileApplication'>[] = [
  { reviews: 'in-sequence', fileApplication: 'when-allocated' },
  { reviews: 'in-sequence', fileApplication: 'by-act' },
  { reviews: 'side-by-side', fileApplication: 'when-allocated' },
  { reviews: 'side-by-side', fileApplication: 'by-act' },
];

/** Every limit of the exploration, for the people who read the matrix. */
export const statedBounds: readonly string[] = [
  'one order, with one set of names, numbers, references and amounts',
  `holds and failing steps: either ${oneHold.says}, or ${twoHolds.says}`,
  'how often a step was wanted is told as the first time or a later one',
  'an agency has 30 days, 18 days or one millisecond left when something happens, or its time is up: at that moment, or a millisecond later',
  'a policy change comes under the next epoch or under an old one, and a refused shipment brings none, one or two changes',
  'what is sent without form (a missing field, an unknown role) is refused before it reaches the order and is not part of this',
];

/** How far a fresh clock is let run, in milliseconds, so that holds meet it half-way. */
export const partOfTheTime = 12 * day;
/** How long nothing happens where no clock runs, in milliseconds. */
export const longTime = 40 * day;
