import fc from 'fast-check';
import { type ActName, actNames } from '../../domain/acts.ts';
import { type Role, roles } from '../../domain/roles.ts';
import { type StepName, stepNames } from '../../domain/steps.ts';
import { day, ladderRules, type Rehearsal, rehearsal } from '../support/orders.ts';
import { before, contradicting, licensedUnder, notified, papersNeeded, referredToday } from './reviews.ts';
import { allDeny, disputed } from './turns.ts';

/** One thing that may come to an order, told without knowing where the order stands. */
export type Move =
  | { readonly kind: 'asked' | 'mend'; readonly pick: number; readonly fields: Readonly<Record<string, unknown>> }
  | {
      readonly kind: 'act';
      readonly name: ActName;
      readonly by: Role | undefined;
      readonly fields: Readonly<Record<string, unknown>> | undefined;
      readonly id: string | undefined;
    }
  | { readonly kind: 'answer'; readonly pick: number; readonly how: 'good' | 'other' | 'failed' }
  | { readonly kind: 'stray'; readonly step: StepName; readonly wish: number; readonly how: 'good' | 'failed' }
  | { readonly kind: 'policy'; readonly id: string; readonly effect: 'hold' | 'lift'; readonly epoch: number }
  | { readonly kind: 'wait'; readonly ms: number };

const words = fc.oneof(
  fc.constant<Readonly<Record<string, unknown>>>({}),
  fc.record({
    position: fc.constantFrom('no-objection', 'approve-with-conditions', 'deny'),
    basis: fc.constant('15 CFR 742.6(b)'),
    statute: fc.constant('50 USC 4813'),
    conditions: fc.constant(['no transfer']),
  }),
  fc.record({ decision: fc.constantFrom('approve', 'deny') }),
  fc.record({ step: fc.constantFrom(...stepNames), outcome: fc.constantFrom('done', 'not-done'), evidence: fc.string() }),
  fc.dictionary(fc.constantFrom('reason', 'applicationNumber', 'licenseNumber', 'proof', 'x'), fc.oneof(fc.string(), fc.integer())),
);
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ kind: fc.constant('asked' as const), pick: fc.nat(20), fields: words }) },
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('answer' as const),
      pick: fc.nat(5),
      how: fc.constantFrom('good', 'good', 'good', 'good', 'good', 'other', 'failed'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('mend' as const), pick: fc.nat(5), fields: words }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('act' as const),
      name: fc.constantFrom(...actNames),
      by: fc.option(fc.constantFrom(...roles), { nil: undefined }),
      fields: fc.option(words, { nil: undefined }),
      id: fc.option(fc.constantFrom('id-1', 'id-2'), { nil: undefined }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('stray' as const), step: fc.constantFrom(...stepNames), wish: fc.nat(2), how: fc.constantFrom('good', 'failed') }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('policy' as const),
      id: fc.constantFrom('A', 'B', 'C'),
      effect: fc.constantFrom('hold', 'lift', 'lift', 'lift'),
      epoch: fc.nat(9),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.oneof(fc.nat(40 * day), fc.constantFrom(0, 1, 30 * day, 30 * day - 1)) }) },
);
const starts: readonly (() => Rehearsal)[] = [
  () => rehearsal({ fileApplication: 'by-act' }),
  () => rehearsal({ reviews: 'side-by-side' }),
  () => rehearsal().referred(),
  () => rehearsal({ reviews: 'side-by-side' }).referred(),
  () => rehearsal().licensed(),
  () => rehearsal().bothKeys(),
  allDeny,
  disputed,
  () => rehearsal({ fileApplication: 'by-act' }, papersNeeded()),
  () => referredToday(ladderRules),
  () => referredToday({ ...ladderRules, agencyPositions: 'opaque' }),
  () => before('oc-chair'),
  () => contradicting(),
  () => notified(),
  () => licensedUnder('audit: yearly | by buyer | before ship', 'notice: in writing | binds carrier'),
];
/** A start somewhere on the journey and what comes then. */
export const journeys = fc.record({ start: fc.constantFrom(...starts), moves: fc.array(move, { minLength: 1, maxLength: 60, size: 'max' }) });
