import { describe, expect, it } from 'vitest';
import { twoHolds, ways } from './bounds.ts';
import { theCore } from './core.ts';
import { wholeJourney } from './course.ts';
import { Exploration } from './explore.ts';
import { toldApart } from './same-form.ts';
import { say, wayOf } from './say.ts';
import { countWaysOn } from './ways-on.ts';

describe('an order under two holds that overlap in every way', () => {
  it.each(ways.filter(({ fileApplication }) => fileApplication === 'when-allocated'))(
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
