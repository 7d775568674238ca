import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { actNames, actSpec, policyActs } from '../../domain/acts.ts';
import { roles } from '../../domain/roles.ts';
import { sides } from '../../domain/signing/duties.ts';
import { waysUpToNames } from './assignments.ts';
import { brokenJudges } from './broken-judges.ts';
import { brokenPolicies } from './broken-policies.ts';
import { everyPair } from './pictures.ts';
import { sideCount, sideNumber } from './sides-by-hand.ts';
import { mostPeople } from './walk-every-life.ts';

const page = readFileSync(new URL('../../docs/duties.md', import.meta.url), 'utf8');

/** The rows of the table whose first column is called so, each as a list of its cells. */
function tableOf(column: string): string[][] {
  const tables = page.split('\n\n').filter((block) => block.startsWith('|'));
  const cells = tables.map((table) =>
    table
      .trim()
      .split('\n')
      .map((line) => line.split('|').slice(1, -1))
      .map((row) => row.map((cell) => cell.trim())),
  );
  const [, , ...rows] = cells.find(([head]) => head?.[0] === column) ?? [];
  return rows;
}

describe('docs/duties.md', () => {
  it('shows the sides as the rule has them', () => {
    const names = [...new Set(roles.map((role) => sides[role]))];
    const rows = names.map((side) => [side, roles.filter((role) => sides[role] === side).join(', ')]);
    expect(tableOf('side')).toEqual(rows);
  });

  it('shows the sides as they were written down by hand', () => {
    for (const [, of = ''] of tableOf('side')) {
      const numbers = roles.filter((role) => of.split(', ').includes(role)).map(sideNumber);
      expect(new Set(numbers).size).toBe(1);
    }
    expect(tableOf('side').length).toBe(sideCount);
  });

  it('shows the acts that two people sign, and no others', () => {
    const specs = [...actNames.map((name) => ({ name, ...actSpec(name) })), ...(['hold', 'lift'] as const).map((name) => ({ name, ...policyActs[name] }))];
    const two = specs.flatMap(({ name, by, confirmedBy }) => (confirmedBy ? [[name, by.join(', '), confirmedBy]] : []));
    const recorded = everyPair.filter(({ isRecorded }) => isRecorded).map(({ first, second }) => `${first}, ${second}`);
    expect(new Set(recorded)).toEqual(new Set(['seller.desk, compliance.second']));
    expect(tableOf('act')).toEqual([...two, ['any act that is recorded', 'seller.desk', 'compliance.second']]);
  });

  it('tells how much is checked', () => {
    const told = (count: bigint | number): string => count.toString().replaceAll(/\B(?=(\d{3})+$)/g, ',');
    const numbers = [sideCount - 4, 15, 20].map((places) => told(waysUpToNames(places, mostPeople)));
    for (const count of numbers) expect(page).toContain(count);
    expect(page).toContain(`${brokenJudges.length} rules that are broken on purpose and ${brokenPolicies.length} broken policies`);
  });
});
