import { describe, expect, it } from 'vitest';
import { noTrouble, oneHold, ways } from './bounds.ts';
import type { Core } from './core.ts';
import { wholeJourney } from './course.ts';
import { Exploration } from './explore.ts';
import { invariants, lookoutFor } from './invariants.ts';
import { ofDecisions } from './mutants/of-decisions.ts';
import { ofEndings } from './mutants/of-endings.ts';
import { ofSteps } from './mutants/of-steps.ts';
import { ofTheKeys } from './mutants/of-the-keys.ts';
import { ofTheRecord } from './mutants/of-the-record.ts';
import { ofTimeAndHolds } from './mutants/of-time-and-holds.ts';
import { ofWaiting } from './mutants/of-waiting.ts';
import { walkAtRandom } from './random-walks.ts';
import { Broken } from './story.ts';
import { countWaysOn } from './ways-on.ts';

const mutants = [...ofTheKeys, ...ofDecisions, ...ofTimeAndHolds, ...ofTheRecord, ...ofSteps, ...ofEndings, ...ofWaiting];

/** Looks for one invariant alone in every state of a core, without trouble first. */
function lookFor(name: string, core: Core): void {
  const lookout = lookoutFor((one) => one.name === name);
  for (const bounds of [noTrouble, oneHold]) {
    const explored = new Exploration(core, wholeJourney(ways[0] ?? {}, bounds), { lookout, most: 10_000 });
    if (name === 'there-is-always-a-way-on') countWaysOn(explored);
  }
}

describe('a core that is broken on purpose', () => {
  it.each(mutants)('is caught by $caughtBy: $says', ({ core, caughtBy }) => {
    expect(() => lookFor(caughtBy, core)).toThrow(Broken);
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
