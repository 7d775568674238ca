import { type ActName, actSpec, exampleFor } from '../../domain/acts.ts';
import type { ReviewRules } from '../../domain/policy.ts';
import { agencies, type Role } from '../../domain/roles.ts';
import { stepNames } from '../../domain/steps.ts';
import { unitsToShip } from '../../domain/waves.ts';
import { signable } from '../../rehearsal/signatures.ts';
import { day, ladderRules, policyOfToday } from '../support/orders.ts';
import { type Signers, SignedStory } from './signed-story.ts';
import { licensed } from './story-parts.ts';
import type { Dice } from './tampering.ts';

type Fields = Readonly<Record<string, unknown>>;

const basis = { basis: '15 CFR 742.6(b)', statute: '50 USC 4813' };
/** How an act that is asked for is filled in, beside its example. */
const fillings: { readonly [N in ActName]?: readonly Fields[] } = {
  recommend: [
    { position: 'deny', ...basis },
    { position: 'approve-with-conditions', conditions: ['audit: monthly'] },
    { position: 'approve-with-conditions', conditions: ['audit: yearly | by buyer | binds buyer'] },
    { position: 'approve-part', units: '10' },
  ],
  'decide-appeal': [{ decision: 'deny' }, { votesToApprove: ['us.state'], votesToDeny: ['us.commerce', 'us.energy'] }],
  escalate: [{ reason: 'why', official: 'Assistant Secretary', basis: '15 CFR 750.4(f)' }],
  'presidential-decision': [{ decision: 'deny' }],
  'propose-conditions': [{ conditions: ['audit: quarterly', 'no transfer'] }],
  'approve-purchase': [
    { approvalNumber: 'CN-A-2', units: '10' },
    { approvalNumber: 'CN-A-3', units: '300' },
  ],
  'issue-license': [{ licenseNumber: 'D1' }, { licenseNumber: 'D1', units: '10' }, { licenseNumber: 'D1', conditions: ['audit: quarterly', 'no transfer'] }],
};

const reviewers = ['us.commerce', ...agencies] as const;
/** What people do of their own accord, in turn or not. */
const unasked: readonly (readonly [Role, ActName, Fields])[] = [
  ...reviewers.flatMap((by) => [
    [by, 'request-information', { number: `Q-${by}`, question: 'who?' }] as const,
    [by, 'withdraw-request', { number: `Q-${by}` }] as const,
    ['seller.desk', 'answer-information', { number: `Q-${by}`, answer: 'annex 3' }] as const,
  ]),
  ...agencies.map((agency) => [agency, 'recommend', { position: 'deny', ...basis }] as const),
  ['us.commerce', 'hold-without-action', { reason: 'policy pending' }],
  ['us.commerce', 'return-without-action', { reason: 'the item is not described' }],
  ['seller.desk', 'withdraw-application', { reason: 'another site' }],
  ['seller.desk', 'short-close', { reason: 'the buyer wants no more' }],
  ...(['release', 'refuse-entry', 'order-return'] as const).flatMap((name) =>
    ['1', '2'].map((wave) => ['cn.gacc', name, { ...exampleFor(name, 'cn.gacc'), wave }] as const),
  ),
  ['seller.desk', 'amend', { change: 'units', to: '400', reason: 'fewer are needed' }],
  ['seller.desk', 'amend', { change: 'site', to: 'hall 4', reason: 'the racks were moved' }],
];

const rules: readonly Partial<ReviewRules>[] = [{}, ladderRules, { ...ladderRules, agencyPositions: 'opaque' }];
const pickOf = <T>(list: readonly T[], dice: Dice): T | undefined => list[dice(Math.max(1, list.length))];

/** An order under a policy of today on which people act as they are asked, or not, while time passes; every act of it is signed. Some begin licensed, to come to their goods. */
export async function reviewLife(signers: Signers, dice: Dice, turns: number): Promise<SignedStory> {
  const review = pickOf(rules, dice);
  const told = await SignedStory.submitted(signers, { policy: policyOfToday(review) });
  const { story } = told;
  if (review?.agencyPositions !== 'opaque' && dice(2) === 0) await licensed(told);
  for (let turn = 0, changes = 0; turn < turns && !story.plan.closed; turn += 1) {
    story.results['reduce-stock'] = { kept: unitsToShip(story.order) };
    const kind = dice(16);
    if (kind < 10) await actAsAsked(told, dice);
    else if (kind < 13) await actUnasked(told, dice);
    else if (kind === 13 && dice(3) === 0) await told.changes(changes % 2 === 0 ? 'hold' : 'lift', (changes += 1), `P-${Math.ceil(changes / 2)}`);
    else story.after(dice(4) === 0 ? dice(40 * day) : dice(6 * day));
  }
  return told;
}

async function actAsAsked(told: SignedStory, dice: Dice): Promise<void> {
  const ask = pickOf(told.story.plan.asks, dice);
  const name = ask && pickOf(ask.acts, dice);
  if (!ask || !name || (name === 'cancel' && dice(4) > 0)) return;
  const example = { ...exampleFor(name, ask.role), ...('number' in actSpec(name).fields && { number: `Q-${String(pickOf(reviewers, dice))}` }) };
  const filled = dice(2) === 0 ? example : (pickOf(fillings[name] ?? [], dice) ?? example);
  const failed = stepNames.find((step) => told.story.order.steps[step]?.state === 'failed');
  await told.tries(ask.role, name, signable({ ...filled, ...(failed && 'step' in filled && { step: failed }) }));
}

async function actUnasked(told: SignedStory, dice: Dice): Promise<void> {
  const [role, name, fields] = pickOf(unasked, dice) ?? [];
  if (role && name && fields) await told.tries(role, name, signable(fields));
}
