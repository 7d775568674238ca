import type { PolicyOfEdition2, ReviewRules } from '../../domain/policy.ts';
import type { Route } from '../../domain/product.ts';
import type { Agency } from '../../domain/roles.ts';
import type { Level } from '../../domain/us-review.ts';
import { ladderRules, policyOfToday, type Rehearsal, rehearsal } from '../support/orders.ts';

export const agencies = ['us.state', 'us.energy', 'us.defense'] as const;
export const denial = { position: 'deny', statute: '50 USC 4813', basis: '15 CFR 742.6(b)' };
export const noObjection = { position: 'no-objection' };
export const appeal = { reason: 'the decision is unfounded', official: 'Assistant Secretary', basis: '50 USC 4813, 15 CFR 742.6(b)' };
export const withConditions = (...conditions: readonly string[]) => ({ position: 'approve-with-conditions', conditions });

/** An order of today whose agencies are asked. */
export const referredToday = (review: Partial<ReviewRules> = {}, changes: Partial<PolicyOfEdition2> = {}): Rehearsal =>
  rehearsal({}, policyOfToday(review, changes)).referred();
const referredWithLadder = (): Rehearsal => referredToday(ladderRules);

/** State, Energy and Defense each say something; nothing said is silence, which time settles. */
export function spoken(order: Rehearsal, ...words: readonly (Readonly<Record<string, unknown>> | 'silent')[]): Rehearsal {
  agencies.forEach((agency, at) => {
    const said = words[at] ?? noObjection;
    if (said !== 'silent') order.acts(agency, 'recommend', said);
  });
  return words.includes('silent') ? order.after(30 * 86_400_000) : order;
}

/** What all three say alike, under the rules of today. */
export const allSay = (words: Readonly<Record<string, unknown>>, review: Partial<ReviewRules> = ladderRules): Rehearsal =>
  spoken(referredToday(review), words, words, words);

/** All three ask for conditions that contradict each other, and Commerce has made one text of them. */
export const oneText = (review: Partial<ReviewRules> = {}): Rehearsal =>
  contradicting(review).acts('us.commerce', 'propose-conditions', { conditions: ['audit: quarterly'] });
export const contradicting = (review: Partial<ReviewRules> = {}): Rehearsal =>
  spoken(referredToday(review), withConditions('audit: monthly'), withConditions('audit: yearly'), withConditions('audit: daily'));

/** Conditions lie before the applicant. */
export const offered = (review: Partial<ReviewRules> = {}): Rehearsal =>
  allSay(noObjection, review).acts('us.commerce', 'propose-conditions', { conditions: ['no transfer'] });

/** Energy alone denies, and each level has decided so that it dissents and appeals, up to this one, which has not decided. */
export function before(level: Level | 'president', start: Rehearsal = referredWithLadder()): Rehearsal {
  const order = spoken(start, noObjection, denial, noObjection);
  if (level === 'oc-chair') return order;
  order.acts('us.oc-chair', 'decide-appeal', { decision: 'approve' }).acts('us.energy', 'escalate', appeal);
  if (level === 'acep') return order;
  order.acts('us.acep', 'decide-appeal', { votesToApprove: ['us.commerce'] }).acts('us.energy', 'escalate', appeal);
  if (level === 'earb') return order;
  return order.acts('us.earb', 'decide-appeal', { votesToApprove: ['us.commerce'] }).acts('us.energy', 'escalate', appeal);
}

/** Commerce has told of its intent to deny. */
export const notified = (review: Partial<ReviewRules> = ladderRules): Rehearsal =>
  allSay(denial, review).acts('us.commerce', 'notify-intent-to-deny', { basis: '15 CFR 742.6(b)', reason: 'the end user is not known' });

/** A question of this reviewer waits for an answer. */
export const questioned = (by: Agency | 'us.commerce' = 'us.state'): Rehearsal =>
  referredToday().acts(by, 'request-information', { number: 'Q-1', question: 'who has access to the site?' });

export const papersNeeded = (): PolicyOfEdition2 => policyOfToday({ filing: { certifications: ['us-supply'], endUserStatement: 'needed' } });
/** A policy whose table gives every product this route; none where the product is in no row. */
export const routed = (route?: Route): PolicyOfEdition2 => policyOfToday({}, { eligibility: route ? [{ name: 'every product', route }] : [] });

/** A license under these conditions, offered by Commerce and accepted by the applicant. */
export const licensedUnder = (...conditions: readonly string[]): Rehearsal =>
  allSay(noObjection)
    .acts('us.commerce', 'propose-conditions', { conditions })
    .acts('seller.desk', 'accept-conditions')
    .acts('us.commerce', 'issue-license', { licenseNumber: 'D1', conditions });
