import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { brokenJudges, type Check } from './broken-judges.ts';
import { brokenPolicies } from './broken-policies.ts';
import { saidByCode } from './by-real-keys.ts';
import { compared, dutiesBy, dutyPolicies } from './cedar-duties.ts';
import { scenesBy } from './cedar-signatures.ts';
import type { Judge } from './judge.ts';
import { oneOfEachPair } from './pictures.ts';
import { anyPicture } from './pictures-to-compare.ts';
import { anyScene, type Scene } from './signing-scenes.ts';
import { story, storyAfterHold } from './story.ts';
import { walkEveryState } from './walk-every-state.ts';
import { askWhoConfirmsWhom, askWhoIsRemembered } from './who-confirms-whom.ts';

const throws = (check: () => unknown): boolean => {
  try {
    check();
    return false;
  } catch {
    return true;
  }
};
const ask = dutiesBy(dutyPolicies);
const pictures = fc.sample(anyPicture, { seed: 7, numRuns: 2_000 });
/** The same checks as in the other tests, over fewer people and pictures; what they look at is the same in every run. */
const finds: { readonly [C in Check]: (judge: Judge) => boolean } = {
  lives: (judge) => throws(() => [story, storyAfterHold].forEach((acts) => walkEveryState(acts, judge))),
  hands: (judge) => throws(() => oneOfEachPair.forEach((pair) => askWhoConfirmsWhom(pair, 3, judge))),
  memory: (judge) => throws(() => oneOfEachPair.forEach((pair) => askWhoIsRemembered(pair, 3, judge))),
  cedar: (judge) => pictures.some((picture) => differ(compared(picture, judge, ask))),
};
const checks: readonly Check[] = ['lives', 'hands', 'memory', 'cedar'];
const differ = ({ rule, cedar }: { readonly rule: string; readonly cedar: string }): boolean => rule !== cedar;

describe('a rule of duties that is broken on purpose', () => {
  it.each(brokenJudges)(
    'is found by the checks that look there, and by no other: $says',
    ({ judge, foundBy }) => {
      expect(checks.filter((check) => finds[check](judge))).toEqual(foundBy);
    },
    300_000,
  );
});

describe('a policy that is broken on purpose', () => {
  /** What the code says of signed acts, the same in every run. */
  const said: { readonly scene: Scene; readonly says: string }[] = [];

  /** Of all acts only these always take two people, and among so many they come up too seldom. */
  const ofTwo = ({ act }: Scene): boolean => act === 'hold' || act === 'lift' || act === 'correct';

  beforeAll(async () => {
    const rare = fc.sample(anyScene, { seed: 8, numRuns: 12_000 }).filter(ofTwo);
    for (const scene of [...fc.sample(anyScene, { seed: 7, numRuns: 3_000 }), ...rare]) {
      const { says, signed } = await saidByCode(scene);
      said.push({ scene, says: signed ? says : 'no' });
    }
  }, 300_000);

  it.each(brokenPolicies)(
    'is found by comparing what Cedar and the code say of signed acts: $says',
    ({ duties, signatures }) => {
      const saidByCedar = scenesBy(duties, signatures);
      const found = said.findIndex(({ scene, says }) => saidByCedar(scene).says !== says);
      expect(found).toBeGreaterThanOrEqual(0);
    },
    300_000,
  );
});
