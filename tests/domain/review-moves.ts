import fc from 'fast-check';
import type { ActName } from '../../domain/acts.ts';
import type { ReviewRules } from '../../domain/policy.ts';
import type { Role } from '../../domain/roles.ts';
import { day, ladderRules, policyOfToday, type Rehearsal, rehearsal } from '../support/orders.ts';
import type { Move } from './moves.ts';
import { agencies, appeal, before, contradicting, denial, noObjection, notified, offered, questioned, referredToday, withConditions } from './reviews.ts';

type Fields = Readonly<Record<string, unknown>>;
const act = (name: ActName, by: Role, fields: Fields): Move => ({ kind: 'act', name, by, fields, id: undefined });

const words: readonly Fields[] = [
  noObjection,
  noObjection,
  denial,
  denial,
  withConditions('audit: monthly'),
  withConditions('audit: yearly', 'no transfer'),
  { position: 'approve-part', units: '10' },
];
const reviewers = ['us.commerce', ...agencies] as const;
const numbers = ['Q-1', 'Q-2', 'Q-3'] as const;
const whys = { reason: 'why' };

/** What reviewers and the desk do of their own accord, in turn or not. */
const unasked: readonly Move[] = [
  ...agencies.flatMap((agency) => words.map((said) => act('recommend', agency, said))),
  ...reviewers.flatMap((by) =>
    numbers.flatMap((number) => [act('request-information', by, { number, question: 'who?' }), act('withdraw-request', by, { number })]),
  ),
  ...numbers.flatMap((number) => [1, 2].map(() => act('answer-information', 'seller.desk', { number, answer: 'annex' }))),
  ...[1, 2].flatMap(() => [act('hold-without-action', 'us.commerce', whys), act('resume-review', 'us.commerce', whys)]),
  ...[1, 2, 3].flatMap(() => agencies.map((agency) => act('escalate', agency, appeal))),
  act('withdraw-application', 'seller.desk', whys),
  act('return-without-action', 'us.commerce', whys),
];
const decisions: readonly Move[] = [
  act('issue-license', 'us.commerce', { licenseNumber: 'D1' }),
  act('propose-conditions', 'us.commerce', { conditions: ['audit: quarterly', 'no transfer'] }),
  act('notify-intent-to-deny', 'us.commerce', { basis: '15 CFR 742.6(b)', reason: 'why' }),
  act('escalate', 'us.commerce', whys),
  act('resubmit', 'seller.desk', whys),
  act('correct', 'seller.desk', { entry: 'none', ...whys }),
];

/** How an asked act is filled in, beside its example; each gives what only some acts take. */
const fillings: readonly Fields[] = [
  {},
  ...words,
  { decision: 'deny' },
  { votesToApprove: ['us.state'], votesToDeny: ['us.commerce', 'us.energy'] },
  { votesToApprove: ['us.state'], votesToDeny: ['us.defense'] },
  appeal,
];

const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...unasked) },
  { weight: 2, arbitrary: fc.constantFrom(...decisions) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('asked' as const), pick: fc.nat(20), fields: fc.constantFrom(...fillings) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('answer' as const), pick: fc.nat(5), how: fc.constant('good' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('policy' as const),
      id: fc.constantFrom('A', 'B', 'C'),
      effect: fc.constantFrom('hold', 'lift'),
      epoch: fc.nat(9),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      ms: fc.oneof(fc.nat(8 * day), fc.nat(8 * day), fc.constantFrom(0, 1, 5 * day, 10 * day, 30 * day, 45 * day, 90 * day)),
    }),
  },
);

const opaque: Partial<ReviewRules> = { ...ladderRules, agencyPositions: 'opaque' };
const starts: readonly (() => Rehearsal)[] = [
  () => rehearsal({}, policyOfToday(ladderRules)).submitted(),
  () => referredToday(ladderRules),
  () => referredToday(ladderRules),
  () => referredToday(opaque),
  () => before('oc-chair'),
  () => before('earb'),
  () => before('president'),
  () => contradicting(ladderRules),
  () => offered(ladderRules),
  () => notified(),
  () => notified({ ...ladderRules, appealMs: 45 * day }),
  () => questioned('us.state'),
];

/** A review somewhere on its way under the rules of today, and what comes then. */
export const reviewJourneys = fc.record({ start: fc.constantFrom(...starts), moves: fc.array(move, { minLength: 1, maxLength: 60, size: 'max' }) });
