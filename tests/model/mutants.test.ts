import { describe, expect, it } from 'vitest';
import { noTrouble, oneHold, ways } from './bounds.ts';
import { wholeJourney } from './course.ts';
import { Exploration } from './explore.ts';
import { invariants, lookoutFor } from './invariants.ts';
import type { Mutant } from './mutants/mutant.ts';
import { ofDecisions } from './mutants/of-decisions.ts';
import { ofEndings } from './mutants/of-endings.ts';
import { ofReviewTime } from './mutants/of-review-time.ts';
import { ofSteps } from './mutants/of-steps.ts';
import { ofTheKeys } from './mutants/of-the-keys.ts';
import { ofTheRecord } from './mutants/of-the-record.ts';
import { ofTheReview } from './mutants/of-the-review.ts';
import { ofTimeAndHolds } from './mutants/of-time-and-holds.ts';
import { ofWaiting } from './mutants/of-waiting.ts';
import { reviewCourse } from './review/course.ts';
import { walkAtRandom } from './random-walks.ts';
import { Broken } from './story.ts';
import { countWaysOn } from './ways-on.ts';

const mutants: readonly Mutant[] = [
  ...ofTheKeys,
  ...ofDecisions,
  ...ofTimeAndHolds,
  ...ofTheRecord,
  ...ofSteps,
  ...ofEndings,
  ...ofWaiting,
  ...ofTheReview,
  ...ofReviewTime,
];

/** Looks for one invariant alone in every state of a core, without trouble first. */
function lookFor({ caughtBy: name, core, walk }: Mutant): void {
  const lookout = lookoutFor((one) => one.name === name);
  const journeys = [noTrouble, oneHold].map((bounds) => wholeJourney(ways[0] ?? {}, bounds));
  for (const course of walk ? [reviewCourse(walk)] : journeys) {
    const explored = new Exploration(core, course, { lookout, most: 10_000 });
    if (name === 'there-is-always-a-way-on') countWaysOn(explored);
  }
}

describe('a core that is broken on purpose', () => {
  it.each(mutants)('is caught by $caughtBy: $says', (mutant) => {
    expect(() => lookFor(mutant)).toThrow(Broken);
  });

  it('is there for every invariant: each of them can fail', () => {
    const caught = new Set(mutants.map((mutant) => mutant.caughtBy));
    expect(invariants.map((one) => one.name).filter((name) => !caught.has(name))).toEqual([]);
  });

  it('is caught by random commands too, and fast-check shortens the story', () => {
    const [mutant] = ofTheRecord;
    const found = (): unknown => mutant && walkAtRandom(mutant.core, 1, 10_000);
    expect(found).toThrow(Broken);
    expect(found).toThrow(/^invariant \d+, a-refusal-changes-nothing: .*\n1\. [^\n]*$/);
  });
});
