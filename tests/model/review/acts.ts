import { type Act, type ActName, actSpec } from '../../../domain/acts.ts';
import { readAct } from '../../../domain/read-act.ts';
import { isRefusal } from '../../../domain/refusal.ts';
import { agencies, type Role, roles } from '../../../domain/roles.ts';
import { stepNames } from '../../../domain/steps.ts';
import { evidenceOf } from '../acts-to-try.ts';
import type { Word } from './bounds.ts';

type Fields = Readonly<Record<string, unknown>>;
const basis = '15 CFR 742.6(b)';
const statute = '50 USC 4813';
const official = 'Assistant Secretary';

/** Sets of conditions: two kinds, one of them in two forms, and one set that contradicts itself. */
const sets: readonly (readonly string[])[] = [['audit: monthly'], ['audit: yearly', 'no transfer'], ['audit: monthly', 'audit: yearly']];
const none: Fields = { licenseNumber: 'D1200001' };
/** The number of a license that follows one that was recorded by mistake. */
export const afterMistake = { licenseNumber: 'D1200002' };

/** By hand: the words of an agency as it sends them. */
const said: { readonly [W in Word]: Fields } = {
  'no-objection': { position: 'no-objection' },
  deny: { position: 'deny', basis, statute },
  'approve-part': { position: 'approve-part', units: '2000' },
  'audit: monthly': { position: 'approve-with-conditions', conditions: ['audit: monthly'] },
  'audit: yearly': { position: 'approve-with-conditions', conditions: ['audit: yearly'] },
  'no transfer': { position: 'approve-with-conditions', conditions: ['no transfer'] },
};

/** The votes of a committee that matter, whichever agency it is: all, none, a tie, and one agency alone. */
const votes: readonly Fields[] = [
  { votesToApprove: ['us.commerce', ...agencies] },
  { votesToDeny: ['us.commerce', ...agencies] },
  {},
  ...agencies.flatMap((agency) => [{ votesToApprove: ['us.commerce'], votesToDeny: [agency] }, { votesToApprove: [agency] }, { votesToDeny: [agency] }]),
  // Refused: a vote for both, and a word beside the votes.
  { votesToApprove: ['us.commerce'], votesToDeny: ['us.commerce'] },
  { decision: 'approve' },
];
const chair: readonly Fields[] = [{ decision: 'approve' }, { decision: 'deny' }, {}, { decision: 'deny', votesToDeny: ['us.commerce'] }];

/** The ways to do an act that matter in a review of today, where its example is not enough. */
const ways: { readonly [N in ActName]?: (by: Role, spoken: readonly Word[]) => readonly Fields[] } = {
  recommend: (_by, spoken) => [
    ...spoken.map((word) => said[word]),
    { position: 'approve-with-conditions' },
    { position: 'deny', basis },
    { position: 'deny', statute },
    { position: 'approve-part', units: '6000' },
    { position: 'no-objection', units: '2000' },
  ],
  'request-information': () => ['Q-1', 'Q-2'].map((number) => ({ number, question: 'who has access?' })),
  'answer-information': () => ['Q-1', 'Q-2'].map((number) => ({ number, answer: 'annex 3' })),
  'withdraw-request': () => ['Q-1', 'Q-2'].map((number) => ({ number })),
  escalate: (by) => [
    { reason: 'policy' },
    ...(by === 'us.commerce'
      ? []
      : [
          { reason: 'policy', official, basis },
          { reason: 'policy', official },
        ]),
  ],
  'decide-appeal': (by) => (by === 'us.oc-chair' ? chair : votes),
  'presidential-decision': () => [{ decision: 'approve' }, { decision: 'deny' }],
  'propose-conditions': () => sets.map((conditions) => ({ conditions })),
  'counter-conditions': () => [{ conditions: ['audit: yearly'], reason: 'a monthly audit cannot be met' }],
  // In the walks every act goes by one id.
  correct: () => [{ entry: 'an-act', reason: 'the letter is about another order' }],
  'issue-license': () => [
    none,
    afterMistake,
    ...sets.slice(0, 2).map((conditions) => ({ ...afterMistake, conditions })),
    { ...none, units: '2000' },
    { ...none, units: '7000' },
    ...sets.slice(0, 2).flatMap((conditions) => [
      { ...none, conditions },
      { ...none, conditions, units: '2000' },
    ]),
  ],
  certify: () => ['us-supply', 'know-your-customer', 'unheard-of'].map((certification) => ({ certification, evidence: 'statement' })),
  'rule-on-classification': () => ['case-by-case', 'presumption-of-denial', 'no-license-required'].map((route) => ({ rulingNumber: 'CCATS-1', route })),
  'retry-step': () => stepNames.map((step) => ({ step })),
  'settle-step': () => stepNames.flatMap((step) => (['done', 'not-done'] as const).map((outcome) => ({ step, outcome, evidence: evidenceOf(step) }))),
};

/** Every act that may come to an application, in the order of its way. */
export const actsOfReview = [
  'certify',
  'issue-end-user-statement',
  'rule-on-classification',
  'confirm-filing',
  'submit-application',
  'reject-unregistered',
  'register',
  'refer',
  'hold-without-action',
  'resume-review',
  'return-without-action',
  'withdraw-application',
  'resubmit',
  'recheck-stock',
  'amend',
  'cancel',
  'recommend',
  'request-information',
  'answer-information',
  'withdraw-request',
  'escalate',
  'decide-appeal',
  'presidential-decision',
  'propose-conditions',
  'concur',
  'accept-conditions',
  'counter-conditions',
  'decline-conditions',
  'notify-intent-to-deny',
  'respond-to-intent-to-deny',
  'rescind-intent-to-deny',
  'issue-license',
  'deny',
  'appeal-denial',
  'correct',
  'retry-step',
  'settle-step',
] as const satisfies readonly ActName[];

function actOf(name: ActName, by: Role, fields: Fields): Act {
  const act = readAct(name, { by, ...fields }, 'an-act');
  if (isRefusal(act)) throw new Error(`a mistake in this list: ${act.message}`);
  return act;
}

/** Every act of these names in every way that matters by every role that is entitled to it; agencies say these words and no others. */
export const actsWith = (names: readonly ActName[], spoken: readonly Word[]): readonly Act[] =>
  names.flatMap((name) => actSpec(name).by.flatMap((by) => (ways[name]?.(by, spoken) ?? [actSpec(name).example]).map((fields) => actOf(name, by, fields))));

/** Every act of a review by one role that is not entitled to it. */
export const reviewActsByAnotherRole: readonly Act[] = actsOfReview.flatMap((name) =>
  roles
    .filter((by) => !actSpec(name).by.includes(by))
    .slice(-1)
    .map((by) => actOf(name, by, actSpec(name).example)),
);
