import { describe, expect, it } from 'vitest';
import { type Role, roles } from '../../domain/roles.ts';
import { waysUpToNames } from './assignments.ts';
import { theJudge } from './judge.ts';
import { oneOfEachPair } from './pictures.ts';
import { sideCount } from './sides-by-hand.ts';
import { placesIn, roleIn, story, storyAfterHold, storyOfSides, shortStory, type StoryAct } from './story.ts';
import { tell } from './tell.ts';
import { mostPeople, walkEveryLife } from './walk-every-life.ts';
import { walkEveryState } from './walk-every-state.ts';
import { askWhoConfirmsWhom, askWhoIsRemembered } from './who-confirms-whom.ts';

/** Set to walk fifteen roles one by one as well, which takes a quarter of an hour. */
const isLong = process.env['TWOKEY_EXHAUSTIVE'] === 'true';
const leftOut: readonly Role[] = ['us.oc-chair', 'us.acep', 'us.earb', 'us.cbp'];
/** The sides whose lives are walked one by one: those of an order that neither climbs the ladder nor enters the United States. */
const sidesWalked = sideCount - leftOut.length;
const outsiders = ['second policy.admin'] as const;

function walkLives(acts: readonly StoryAct[], places: string): number {
  const began = performance.now();
  const { lives, judged } = walkEveryLife(acts, theJudge, { outsiders, tell: (done) => tell(`${done} lives over ${places}`, began) });
  tell(`${lives} lives of an order over ${places}, ${judged} times asked`, began);
  return lives;
}

describe('up to six people in the places of an order', () => {
  it('are counted right: one office a side, the roles, and the roles with a second of the policy board', () => {
    expect(waysUpToNames(3, 3)).toBe(5n);
    expect(placesIn(storyOfSides).length).toBe(sidesWalked + 1);
    expect(new Set(placesIn(story).map(roleIn))).toEqual(new Set(roles));
    expect(new Set(placesIn(shortStory).map(roleIn))).toEqual(new Set(roles.filter((role) => !leftOut.includes(role))));
    expect([sidesWalked, 15, 20].map((places) => waysUpToNames(places, mostPeople))).toEqual([19_628_064n, 676_207_628n, 5_101_098_232_519n]);
  });

  it('are held to the rule in every life, one place a side of a short story and somebody else as second of the policy board, each life walked by itself', () => {
    expect(BigInt(walkLives(storyOfSides, `${sidesWalked} sides`))).toBe(waysUpToNames(sidesWalked, mostPeople));
  }, 300_000);

  it.runIf(isLong)(
    'are held to the rule in every life, one place a role of a short story and somebody else as second of the policy board, each life walked by itself',
    () => {
      expect(BigInt(walkLives(shortStory, '15 roles'))).toBe(waysUpToNames(15, mostPeople));
    },
    3 * 3_600_000,
  );

  const orders = [
    { when: 'last', acts: story },
    { when: 'first', acts: storyAfterHold },
  ];
  it.each(orders)(
    'are held to the rule in every role and on a policy board of two that acts $when, lives with the same past judged together',
    ({ when, acts }) => {
      const began = performance.now();
      const { ways, states } = walkEveryState(acts, theJudge);
      tell(`${ways} lives over 20 places, the policy board ${when}, by ${states} states`, began);
      expect(ways).toBe(waysUpToNames(20, mostPeople));
    },
    300_000,
  );
});

describe('who signs and who confirms', () => {
  it('are two and have taken no other side, whoever of six people signs for whom and whatever they have done', () => {
    const began = performance.now();
    const asked = oneOfEachPair.map((pair) => askWhoConfirmsWhom(pair, mostPeople, theJudge));
    tell(`${asked.reduce((sum, one) => sum + one, 0)} ways for six people to sign and confirm`, began);
    // 6 people for nobody or for one of 6, once or twice, each of the 6 before in one of 3 or 4 ways.
    expect(asked.toSorted((a, b) => b - a).slice(0, 4)).toEqual([42 ** 2 * 4 ** 6, 42 ** 2 * 4 ** 6, 42 ** 2 * 3 ** 6, 42 * 3 ** 6]);
  }, 300_000);

  it('are remembered, and so is who sent them: none of four people may act for another side afterwards', () => {
    const began = performance.now();
    const asked = oneOfEachPair.map((pair) => askWhoIsRemembered(pair, 4, theJudge));
    tell(`${asked.reduce((sum, one) => sum + one, 0)} questions about four people, before and after an act`, began);
    expect(Math.min(...asked)).toBeGreaterThan(20 * 3 ** 4);
  }, 300_000);
});
