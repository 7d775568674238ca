import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Refusal } from '../../../domain/refusal.ts';
import { askedFor, approvedPart } from '../../../domain/rules/conditions.ts';
import { day, ladderRules, type Rehearsal } from '../../support/orders.ts';
import { agencies, denial, noObjection, referredToday, withConditions } from '../reviews.ts';

type Said = Readonly<Record<string, unknown>> | 'silent';
const conditional: readonly Said[] = [
  withConditions('audit: monthly'),
  withConditions('Audit: Monthly', 'no transfer'),
  withConditions('audit: yearly'),
  { position: 'approve-part', units: '10' },
  { position: 'approve-part', units: '20', conditions: ['audit: monthly'] },
];
const word = fc.oneof(fc.constant<Said>(denial), fc.constant<Said>('silent'), fc.constantFrom<Said>(noObjection, ...conditional));
const firstWord = fc.oneof({ weight: 3, arbitrary: fc.constant<Said>('silent') }, word);

/** Something that somebody does at a time of its own, after referral; a last word must be heard. */
interface Step {
  readonly at: number;
  readonly isLast?: true;
  readonly does: () => Refusal | undefined;
}

const times = fc.array(fc.integer({ min: 3 * day, max: 30 * day - 1 }), { minLength: 6, maxLength: 6 });
const story = fc.record({
  first: fc.tuple(firstWord, firstWord, firstWord),
  last: fc.tuple(word, word, word),
  asks: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
  one: times,
  other: times,
});

/** Each agency may ask on day 1 and speak on day 2; then each says its last word, and the desk answers, at these times. Undefined where a last word came too late to be one. */
function play(first: readonly Said[], last: readonly Said[], asks: readonly boolean[], at: readonly number[]): Rehearsal | undefined {
  const order = referredToday(ladderRules);
  const start = order.now;
  const steps = agencies.flatMap((agency, index): Step[] => {
    const says = (said: Said = 'silent') => (said === 'silent' ? undefined : order.tries(agency, 'recommend', said));
    const number = `Q-${index}`;
    return [
      ...(asks[index] ? [{ at: day, does: () => order.tries(agency, 'request-information', { number, question: 'who?' }) }] : []),
      { at: 2 * day, does: () => says(first[index]) },
      { at: at[index] ?? 0, isLast: true, does: () => says(last[index]) },
      ...(asks[index] ? [{ at: at[index + 3] ?? 0, does: () => order.tries('seller.desk', 'answer-information', { number, answer: 'annex' }) }] : []),
    ];
  });
  for (const step of steps.toSorted((a, b) => a.at - b.at)) {
    order.after(start + step.at - order.now);
    if (step.does() && step.isLast) return undefined;
  }
  return order.after(60 * day);
}

/** What the review came to, without its clocks. */
function outcomeOf({ order }: Rehearsal): object {
  const now = order.usReview;
  const positions = 'positions' in now ? Object.values(now.positions) : [];
  return {
    state: now.state,
    consensus: 'consensus' in now ? now.consensus : undefined,
    level: 'level' in now ? now.level : undefined,
    positions,
    conditions: askedFor(positions),
    part: approvedPart(positions),
  };
}

describe('the last words of different agencies, and the answers to their questions', () => {
  it('may come in any order within the deadlines: outcome and conditions are the same', () => {
    const outcomes = new Set<string>();
    fc.assert(
      fc.property(story, ({ first, last, asks, one, other }) => {
        const [early, late] = [play(first, last, asks, one), play(first, last, asks, other)];
        fc.pre(early !== undefined && late !== undefined);
        if (!early || !late) return;
        expect(outcomeOf(early)).toEqual(outcomeOf(late));
        outcomes.add(JSON.stringify(Object.values(outcomeOf(early)).slice(0, 2)));
      }),
      { numRuns: 300 },
    );
    expect(outcomes.size).toBeGreaterThanOrEqual(5);
  });
});
