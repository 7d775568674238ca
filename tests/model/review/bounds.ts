import type { PolicyOfEdition2 } from '../../../domain/policy.ts';
import type { Route } from '../../../domain/product.ts';
import { fullLadder, papersAreNeeded } from './policies.ts';
import { day, policyOfToday } from '../../support/orders.ts';

/** What a walk of the US review is limited to; within it, it leaves nothing out. */
export interface ReviewBounds {
  readonly says: string;
  readonly policy: PolicyOfEdition2;
  /** `referral`: State, Energy and Defense have just been asked; `papers`: stock is being reserved, and nothing is filed. */
  readonly from: 'referral' | 'papers';
  /** `filing`: until there is an application; `closing`: not beyond the closing of the review; `decision`: up to the license, a denial or the end of the application; `appeal`: past a denial, until the order is closed; `correction`: past a license, until one was recorded by mistake and another is there. */
  readonly to: 'filing' | 'referral' | 'closing' | 'decision' | 'appeal' | 'correction';
  readonly fileApplication: 'when-allocated' | 'by-act';
  /** What agencies may say. */
  readonly words: readonly Word[];
  /** How many questions may be asked in all, one open at a time. */
  readonly questions: 0 | 1 | 2;
  /** `few`: a committee votes in one voice, not at all, or in a tie; `many`: also one agency alone. */
  readonly votes: 'few' | 'many';
  readonly holds: readonly string[];
  /** Whether Commerce may park the application. */
  readonly parks: boolean;
  readonly offers: boolean;
  readonly stepsFail: boolean;
  /** Whether acts by a role that is not entitled to them are tried: they are refused before anything of the order is looked at. */
  readonly otherRoles: boolean;
}

export const words = ['no-objection', 'deny', 'approve-part', 'audit: monthly', 'audit: yearly', 'no transfer'] as const;
export type Word = (typeof words)[number];

const nothing = {
  from: 'referral',
  to: 'decision',
  fileApplication: 'by-act',
  words: ['no-objection', 'deny'],
  questions: 0,
  votes: 'many',
  holds: [],
  parks: false,
  offers: false,
  stepsFail: false,
  otherRoles: true,
} as const;

export const reviewWalks: readonly ReviewBounds[] = [
  { ...nothing, says: 'announcement: every word of an agency, and every offer', policy: policyOfToday(), words, offers: true },
  {
    ...nothing,
    says: 'announcement: what stops clocks (two questions, a hold, a parking)',
    policy: policyOfToday(),
    words: ['deny'],
    questions: 2,
    holds: ['P-7'],
    parks: true,
  },
  { ...nothing, says: 'ladder: every disagreement', policy: fullLadder(), otherRoles: false },
  { ...nothing, says: 'ladder: contradicting conditions, and every offer', policy: fullLadder(), words: ['audit: monthly', 'audit: yearly'], offers: true },
  { ...nothing, says: 'ladder: a hold', policy: fullLadder(), words: ['deny'], votes: 'few', holds: ['P-7'], otherRoles: false },
  {
    ...nothing,
    says: 'ladder: two questions and a parking, until the review closes',
    policy: fullLadder(),
    to: 'closing',
    questions: 2,
    parks: true,
    otherRoles: false,
  },
  { ...nothing, says: 'opaque: every offer', policy: fullLadder({ agencyPositions: 'opaque' }), offers: true },
  { ...nothing, says: 'opaque: a question', policy: fullLadder({ agencyPositions: 'opaque' }), questions: 1, otherRoles: false },
  { ...nothing, says: 'opaque: a hold and a parking', policy: fullLadder({ agencyPositions: 'opaque' }), holds: ['P-7'], parks: true },
  {
    ...nothing,
    says: 'opaque: a denial that may be appealed, every step may fail',
    policy: fullLadder({ agencyPositions: 'opaque', intentToDeny: null, appealMs: 45 * day }),
    to: 'appeal',
    holds: ['P-7'],
    stepsFail: true,
  },
  {
    ...nothing,
    says: 'announcement: a denial of whomever, and its appeal',
    policy: policyOfToday({ appealMs: 45 * day }),
    to: 'appeal',
    words: ['deny'],
    votes: 'few',
    otherRoles: false,
  },
  {
    ...nothing,
    says: 'opaque: a license is corrected, every step may fail',
    policy: fullLadder({ agencyPositions: 'opaque', intentToDeny: null }),
    to: 'correction',
    holds: ['P-7'],
    stepsFail: true,
    otherRoles: false,
  },
  {
    ...nothing,
    says: 'announcement: a word of the President or a license is corrected',
    policy: policyOfToday(),
    to: 'correction',
    words: ['deny'],
    offers: true,
  },
  ...(['case-by-case', 'presumption-of-denial', 'no-license-required', 'needs-ruling'] as const satisfies readonly Route[]).map((route) => ({
    ...nothing,
    says: `papers: ${route}, every step may fail`,
    policy: papersAreNeeded(route),
    from: 'papers' as const,
    to: 'referral' as const,
    fileApplication: route === 'case-by-case' ? ('by-act' as const) : ('when-allocated' as const),
    parks: route === 'case-by-case',
    holds: ['P-7'],
    stepsFail: true,
  })),
  {
    ...nothing,
    says: 'papers: a quota that is reached, every step may fail',
    policy: policyOfToday({}, { quotas: [{ kind: 'units-per-customer', name: 'per-customer', units: 75_000, products: ['H200'] }] }),
    from: 'papers',
    to: 'filing',
    holds: ['P-7'],
    stepsFail: true,
    otherRoles: false,
  },
];

/** Every limit of these walks, for the people who read the matrix. */
export const statedReviewBounds: readonly string[] = [
  'one order under a policy of edition 2, from its referral (or, where papers are told of, from the reservation of its stock, which is there already where a ruling is needed) to the license, the determination that none is needed, the end of the application or of the order (where a denial may be appealed, to its closing; where a decision is corrected, to the license after it)',
  'agencies say that they have no objection, deny, approve 2000 units of 6000, or approve with one of the conditions "audit: monthly", "audit: yearly", "no transfer"; a walk has the words that its name tells of',
  'Commerce offers, and a license carries, one of three sets of conditions, one of which contradicts itself; the applicant counters with one text',
  'a committee votes in one voice, not at all, in a tie, or by one agency alone',
  'one question is open at a time and at most two are asked; one resubmission; one correction; one hold; one intent to deny is given up, a second is not',
  'time comes to each deadline, a millisecond before and after it, and where questions may be asked to the ninth and the eleventh day',
  'orders that differ only in which agency is which count as one state, as do endings',
];
