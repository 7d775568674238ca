import { beforeAll, describe, expect, it } from 'vitest';
import { expectDocument } from '../support/document.ts';
import { oneHold, ways } from './bounds.ts';
import { theCore } from './core.ts';
import { type Course, wholeJourney } from './course.ts';
import { Exploration } from './explore.ts';
import { Matrix } from './matrix.ts';
import { matrixPage } from './matrix-page.ts';
import { say, wayOf } from './say.ts';
import { toldApart } from './same-form.ts';
import { countWaysOn } from './ways-on.ts';

describe('every state that an order can come to', () => {
  const matrix = new Matrix();
  const explored: { readonly name: string; readonly course: Course; readonly all: Exploration }[] = [];

  beforeAll(() => {
    for (const way of ways) {
      const began = performance.now();
      const name = wayOf(way);
      const progress = (states: number, waiting: number): void => say(`${name}: ${states} states, ${waiting} waiting`);
      const course = wholeJourney(way, oneHold);
      const all = new Exploration(theCore, course, { matrix, progress, sampleEvery: 7 });
      const seconds = (performance.now() - began) / 1_000;
      explored.push({ name, course, all });
      say(`${name}: ${all.nodes.length} states, ${all.transitions} transitions, ${all.commands} commands in ${seconds.toFixed(1)} s; every invariant holds`);
    }
  }, 300_000);

  it('has been looked at: none is left', () => {
    for (const { all } of explored) {
      expect(all.left).toBe(0);
      expect(all.nodes.length).toBeGreaterThan(1_000);
    }
  });

  it('has a way on that people are told about: no dead end', () => {
    for (const { all } of explored) expect(countWaysOn(all)).toBe(all.nodes.length);
  });

  it('is told by its form: two orders of the same form answer every command alike', () => {
    for (const { all, course } of explored) {
      expect(all.collisions.length).toBeGreaterThan(100);
      expect(all.collisions.flatMap((collision) => toldApart(theCore, collision, course) ?? [])).toEqual([]);
    }
  }, 120_000);

  it('answers each command as docs/state-command-matrix.md says', () => {
    const page = matrixPage(matrix, explored);
    say(page);
    return expectDocument('state-command-matrix.md', page);
  });
});
