import type { RefusalCode } from '../refusal.ts';
import type { Consensus } from '../us-review.ts';

export type CommerceAct = 'issue-license' | 'deny' | 'escalate';
type Verdict = { readonly taken: true } | { readonly taken: false; readonly code: RefusalCode; readonly why: string; readonly accepted: string };
const taken: Verdict = { taken: true };
const not = (code: RefusalCode, why: string, accepted: string): Verdict => ({ taken: false, code, why, accepted });

const boundTo = (word: 'issue-license' | 'deny', code: RefusalCode, why: string): { readonly [A in CommerceAct]: Verdict } => ({
  'issue-license': word === 'issue-license' ? taken : not(code, why, word),
  deny: word === 'deny' ? taken : not(code, why, word),
  escalate: not(code, why, word),
});

/**
 * What Commerce may do once the review has closed. Commerce decides (15 CFR 750.4), unless somebody above has; where it does not share what
 * the agencies agree on, that is a disagreement like any other, and goes up.
 */
export const commerceMay: { readonly [C in Consensus]: { readonly [A in CommerceAct]: Verdict } } = {
  'none-objects': { 'issue-license': taken, deny: taken, escalate: not('not-yet', 'no agency objects', 'issue-license or deny') },
  'agencies-approve': { 'issue-license': taken, deny: not('agencies-approve', 'agencies approve', 'issue-license or escalate'), escalate: taken },
  'all-deny': { 'issue-license': not('agencies-deny', 'all agencies deny', 'deny or escalate'), deny: taken, escalate: taken },
  'denial-among-silence': { 'issue-license': not('agencies-deny', 'every agency that spoke denies', 'deny or escalate'), deny: taken, escalate: taken },
  'conditions-contradict': {
    'issue-license': not('conditions-contradict', 'conditions of the agencies contradict each other', 'propose-conditions'),
    deny: not('agencies-approve', 'agencies approve', 'propose-conditions or escalate'),
    escalate: taken,
  },
  'escalation-approved': boundTo('issue-license', 'decided-on-escalation', 'the disagreement was decided for approval'),
  'escalation-denied': boundTo('deny', 'decided-on-escalation', 'the disagreement was decided for denial'),
  'president-approved': boundTo('issue-license', 'decided-by-president', 'the President has approved'),
  'president-denied': boundTo('deny', 'decided-by-president', 'the President has denied'),
  'not-shown': { 'issue-license': taken, deny: taken, escalate: not('not-shown', 'what agencies say is not shown', 'issue-license or deny') },
};

/** The acts that Commerce may do, for its inbox. */
export const commerceActs = (consensus: Consensus): CommerceAct[] =>
  (['issue-license', 'deny', 'escalate'] as const).filter((act) => commerceMay[consensus][act].taken);
