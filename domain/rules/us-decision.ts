import type { RefusalCode } from '../refusal.ts';
import type { Consensus } from '../us-review.ts';

type CommerceAct = 'issue-license' | 'deny' | 'escalate';
type Verdict = { readonly taken: true } | { readonly taken: false; readonly code: RefusalCode; readonly why: string; readonly accepted: string };
const taken: Verdict = { taken: true };
const not = (code: RefusalCode, why: string, accepted: string): Verdict => ({ taken: false, code, why, accepted });

/**
 * What Commerce may do once the review has closed. Commerce decides (15 CFR 750.4), unless the President has; a denial
 * by all agencies can only be answered by a denial or by going to the President.
 */
export const commerceMay: { readonly [C in Consensus]: { readonly [A in CommerceAct]: Verdict } } = {
  'none-objects': { 'issue-license': taken, deny: taken, escalate: not('not-yet', 'no agency objects', 'issue-license or deny') },
  'all-deny': { 'issue-license': not('agencies-deny', 'all agencies deny', 'deny or escalate'), deny: taken, escalate: taken },
  'president-approved': {
    'issue-license': taken,
    deny: not('decided-by-president', 'the President has approved', 'issue-license'),
    escalate: not('decided-by-president', 'the President has approved', 'issue-license'),
  },
  'president-denied': {
    'issue-license': not('decided-by-president', 'the President has denied', 'deny'),
    deny: taken,
    escalate: not('decided-by-president', 'the President has denied', 'deny'),
  },
};

/** The acts that Commerce may do, for its inbox. */
export const commerceActs = (consensus: Consensus): CommerceAct[] =>
  (['issue-license', 'deny', 'escalate'] as const).filter((act) => commerceMay[consensus][act].taken);
