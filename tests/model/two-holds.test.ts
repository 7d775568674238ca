import { describe, expect, it } from 'vitest';
import { twoHolds, ways } from './bounds.ts';
import { theCore } from './core.ts';
import { wholeJourney } from './course.ts';
import { Exploration } from './explore.ts';
import { toldApart } from './same-form.ts';
import { say, wayOf } from './say.ts';
import { countWaysOn } from './ways-on.ts';

/** Side by side the clocks of both reviews stand under the holds; TWOKEY_EXHAUSTIVE=true walks them one after the other besides, a minute more. */
const isLong = process.env['TWOKEY_EXHAUSTIVE'] === 'true';
const walked = ways.filter(({ fileApplication, reviews }) => fileApplication === 'when-allocated' && (isLong || reviews === 'side-by-side'));

describe('an order under two holds that overlap in every way', () => {
  it.each(walked)(
    'with reviews $reviews keeps every invariant in every state and has a way on',
    (way) => {
      const began = performance.now();
      const course = wholeJourney(way, twoHolds);
      const all = new Exploration(theCore, course, { sampleEvery: 29 });
      const seconds = ((performance.now() - began) / 1_000).toFixed(1);
      say(
        `two holds, ${wayOf(way)}: ${all.nodes.length} states, ${all.transitions} transitions, ${all.commands} commands in ${seconds} s; every invariant holds`,
      );
      expect(all.left).toBe(0);
      expect(countWaysOn(all)).toBe(all.nodes.length);
      expect(all.collisions.flatMap((collision) => toldApart(theCore, collision, course) ?? [])).toEqual([]);
    },
    120_000,
  );
});
