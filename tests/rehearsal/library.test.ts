import { describe, expect, it } from 'vitest';
import { readScenario } from '../../edge/scenario-file.ts';
import { openCoreTheatre } from '../../rehearsal/core/core-theatre.ts';
import { tell } from '../../rehearsal/director.ts';
import { library } from './library.ts';

const slugOf = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');

describe('the scenarios of this release', () => {
  it('are many, the story of the article first', () => {
    expect(library.length).toBeGreaterThanOrEqual(20);
    expect(library[0]?.name).toBe('the-article');
  });

  it.each(library.slice(1))('$name is named as its sentence', ({ name, file }) => {
    expect(slugOf(readScenario(file).title)).toBe(name);
  });

  it.each(library)('$name ends on the core as it expects', async ({ file }) => {
    const scenario = readScenario(file);
    const told = await tell(scenario, openCoreTheatre(scenario));
    expect(told.differences).toEqual([]);
    expect(told.passed).toBe(true);
  });

  it.each(library)('$name expects something of every order', ({ file }) => {
    const { orders, expect: expected } = readScenario(file);
    expect(expected.map((one) => one.order).toSorted()).toEqual(orders.map(({ terms }) => terms.id).toSorted());
  });
});
