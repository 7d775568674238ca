import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compared, dutiesBy, dutyPolicies } from './cedar-duties.ts';
import { faultsOf } from './cedar-engine.ts';
import { theJudge } from './judge.ts';
import { anyPicture, everyPicture } from './pictures-to-compare.ts';
import { frequencies, repeated, seed, tell } from './tell.ts';

const requests = 20_000;

describe('Cedar with the rule of duties as policies', () => {
  it('finds nothing wrong with them by their schema', () => {
    expect(faultsOf(dutyPolicies)).toEqual([]);
  });

  it('says what the rule says of every way in which one or two sign, each perhaps for another', () => {
    const began = performance.now();
    const ask = dutiesBy(dutyPolicies);
    let asked = 0;
    for (const picture of everyPicture()) {
      const { rule, cedar } = compared(picture, theJudge, ask);
      expect(cedar, JSON.stringify({ ...picture, prior: [...picture.prior] })).toBe(rule);
      asked += 1;
    }
    tell(`Cedar and the rule agree on all of ${asked} pictures`, began);
    expect(asked).toBeGreaterThan(10_000);
  }, 300_000);

  it(`says what the rule says of bigger orders at random (${repeated})`, () => {
    const began = performance.now();
    const ask = dutiesBy(dutyPolicies);
    const answers = new Map<string, number>();
    fc.assert(
      fc.property(anyPicture, (picture) => {
        const { rule, cedar } = compared(picture, theJudge, ask);
        answers.set(rule, (answers.get(rule) ?? 0) + 1);
        expect(cedar).toBe(rule);
      }),
      { seed, numRuns: requests },
    );
    tell(`Cedar and the rule agree on ${requests} random pictures (${frequencies(answers)}), seed ${seed}`, began);
    // Neither of them says yes or no to everything.
    expect(Math.min(...['yes', 'duty-conflict', 'same-person'].map((why) => answers.get(why) ?? 0))).toBeGreaterThan(requests / 50);
  }, 300_000);
});
