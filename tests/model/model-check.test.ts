import { beforeAll, describe, expect, it } from 'vitest';
import { expectDocument } from '../support/document.ts';
import { oneHold, ways } from './bounds.ts';
import { theCore } from './core.ts';
import { type Course, wholeJourney } from './course.ts';
import { Exploration } from './explore.ts';
import { Matrix } from './matrix.ts';
import { matrixPage } from './matrix-page.ts';
import { reviewWalks } from './review/bounds.ts';
import { reviewCourse } from './review/course.ts';
import { say, wayOf } from './say.ts';
import { toldApart } from './same-form.ts';
import { countWaysOn } from './ways-on.ts';

interface Walk {
  readonly name: string;
  readonly course: Course;
  readonly all: Exploration;
}

function explored(name: string, course: Course, matrix: Matrix): Walk {
  const began = process.cpuUsage();
  const progress = (states: number, waiting: number): void => say(`${name}: ${states} states, ${waiting} waiting`);
  const all = new Exploration(theCore, course, { matrix, progress, sampleEvery: 7 });
  const seconds = (process.cpuUsage(began).user / 1_000_000).toFixed(1);
  say(`${name}: ${all.nodes.length} states, ${all.transitions} transitions, ${all.commands} commands in ${seconds} s of CPU; every invariant holds`);
  return { name, course, all };
}

describe('every state that an order can come to', () => {
  const ofEdition1 = { matrix: new Matrix(), explored: [] as Walk[] };
  const ofReview = { matrix: new Matrix(), explored: [] as Walk[] };
  const everyWalk = (): Walk[] => [...ofEdition1.explored, ...ofReview.explored];

  beforeAll(() => {
    for (const way of ways) ofEdition1.explored.push(explored(wayOf(way), wholeJourney(way, oneHold), ofEdition1.matrix));
    for (const bounds of reviewWalks) ofReview.explored.push(explored(bounds.says, reviewCourse(bounds), ofReview.matrix));
  }, 600_000);

  it('has been looked at: none is left', () => {
    for (const { all } of everyWalk()) expect(all.left).toBe(0);
    for (const { all } of ofEdition1.explored) expect(all.nodes.length).toBeGreaterThan(1_000);
    for (const { all } of ofReview.explored) expect(all.nodes.length).toBeGreaterThan(20);
  });

  it('has a way on that people are told about: no dead end', () => {
    for (const { all } of everyWalk()) expect(countWaysOn(all)).toBe(all.nodes.length);
  });

  it('is told by its form: two orders of the same form answer every command alike', () => {
    for (const { all } of ofEdition1.explored) expect(all.collisions.length).toBeGreaterThan(100);
    for (const { all, course } of everyWalk()) expect(all.collisions.flatMap((collision) => toldApart(theCore, collision, course) ?? [])).toEqual([]);
  }, 240_000);

  it('answers each command as docs/state-command-matrix.md says', () => {
    const page = matrixPage(ofEdition1, ofReview);
    say(page);
    return expectDocument('state-command-matrix.md', page);
  });
});
