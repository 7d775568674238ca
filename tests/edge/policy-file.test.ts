import { describe, expect, it } from 'vitest';
import { readPolicy } from '../../edge/policy-file.ts';
import { changedPolicy, goodPolicy } from './good-policy.ts';
import { faultOf, temporaryFolder } from './written.ts';

const folder = temporaryFolder();
const read = (text: string) => readPolicy(folder.write('policy.yaml', text));

describe('a policy file', () => {
  it('says since when, on whose word, and every number that the rules use', () => {
    expect(read(goodPolicy)).toMatchObject({
      ...{ id: 'test-policy', effective: '2026-01-15', inForce: 'by-date' },
      review: { opinionDays: 30, intentToDeny: { respondDays: 20, finalDays: 45 }, sources: { disagreement: ['press'] } },
      eligibility: [{ name: 'named', products: ['MI308'] }, { tpp: { below: 4_800 } }, {}, {}],
      levy: { base: 'entered-value', bands: [{ percent: 25 }, { percent: 0 }] },
    });
  });

  it('may be JSON', () => {
    expect(read(JSON.stringify(read(goodPolicy)))).toEqual(read(goodPolicy));
  });

  it('leaves open what its sources leave open', () => {
    expect(read(changedPolicy('limitDays: 90\n', 'limitDays: null\n').replace('    limitDays: [rule]\n', '')).review.limitDays).toBeNull();
  });

  it.each([
    ['id', 'id: test-policy', 'id: Test Policy'],
    ['id', 'id: test-policy', 'id: ../policy'],
    ['id', 'id: test-policy', 'id: ""'],
    ['title', 'title: A policy of tests\n', ''],
    ['effective', '2026-01-15', '15 January 2026'],
    ['effective', '2026-01-15', '2026-02-30'],
    ['inForce', 'by-date', 'always'],
    ['sources', 'certainty: verified-press', 'certainty: hearsay'],
    ['sources', 'says: What the rule says, ', ''],
    ['review', 'opinionDays: 30', 'opinionDays: 0'],
    ['review', 'opinionDays: 30', 'opinionDays: -30'],
    ['review', 'opinionDays: 30', 'opinionDays: 30.5'],
    ['review', 'opinionDays: 30', 'opinionDays: .nan'],
    ['review', 'opinionDays: 30', 'opinionDays: null'],
    ['review', 'limitDays: 90\n', 'limitDays: 3651\n'],
    ['review', 'limitDays: 90\n', 'limitDays: unknown\n'],
    ['review', '  appealDays: 45\n', ''],
    ['review', 'agencyPositions: visible', 'agencyPositions: hidden'],
    ['review', '{ goesTo: president }', '{ goesTo: congress }'],
    ['review', 'code: no-military-use', 'code: No military use'],
    ['license', 'validMonths: 48', 'validMonths: 0'],
    ['customers', 'vetted-by-commerce', 'vetted'],
    ['eligibility', '[MI308]', '[MI309]'],
    ['eligibility', '[MI308]', '[]'],
    ['eligibility', 'route: needs-ruling', 'route: maybe'],
    ['eligibility', '{ below: 6500 }', '{ below: 6500.5 }'],
    ['eligibility', '{ below: 6500 }', '{ below: "6500" }'],
    ['levy', 'percent: 25,', 'percent: -1,'],
    ['levy', 'percent: 25,', 'percent: 100.01,'],
    ['levy', 'percent: 25,', 'percent: 25.005,'],
    ['levy', 'percent: 25,', 'percent: .inf,'],
    ['levy', 'percent: 25,', 'percent: 25 %,'],
    ['levy', 'payer: importer-of-record', 'payer: buyer'],
    ['quotas', 'units: 75000', 'units: 0'],
    ['quotas', 'kind: units-per-customer', 'kind: units-per-day'],
    ['papers', 'when: before-filing', 'when: later'],
    ['endUses', 'autonomous-driving: barred, ', ''],
    ['endUses', 'autonomous-driving: barred', 'autonomous-driving: denied'],
  ])('with a fault in %s is refused: %s becomes %s', (field, from, to) => {
    const { faults } = faultOf(() => read(changedPolicy(from, to)));
    expect(faults.length).toBeGreaterThan(0);
    for (const fault of faults) {
      expect(fault.path.split(/[.[]/)[0]).toBe(field);
      expect(fault.line).toBeGreaterThan(0);
      expect(fault.message).toMatch(/expected|Invalid|Too/);
    }
  });

  it('that checking finds a fault in is not read', () => {
    const { message } = faultOf(() => read(changedPolicy('{ below: 6500 }', '{ below: 6499 }')));
    expect(message).toContain('policy.yaml:38:3: eligibility: no row is about');
  });

  it('with a number that no rule uses is refused by its name', () => {
    expect(faultOf(() => read(`${goodPolicy}opinionWeeks: 4\n`)).message).toContain('opinionWeeks: unknown field, accepted are id');
  });
});
