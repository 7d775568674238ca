import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { usFinding, usFindingTable } from '../../../domain/rules/us-finding.ts';

type Spoken = Parameters<typeof usFinding>[0][number];

const noObjection: Spoken = { state: 'given', position: 'no-objection' };
const withConditions: Spoken = { state: 'given', position: 'approve-with-conditions', conditions: ['no transfer'] };
const denial: Spoken = { state: 'given', position: 'deny', basis: '15 CFR 742.6(b)' };
const silence: Spoken = { state: 'deemed', position: 'no-objection' };
const every = [noObjection, withConditions, denial, silence];

const all64 = every.flatMap((state) => every.flatMap((energy) => every.map((defense) => [state, energy, defense])));
const denialsIn = (positions: readonly Spoken[]): number => positions.filter((one) => one === denial).length;

describe('what the closed review found', () => {
  it.each(all64.map((positions) => ({ told: positions.map((one) => `${one.state} ${one.position}`).join(', '), positions })))(
    'follows from the number of denials alone: $told',
    ({ positions }) => {
      const expected = denialsIn(positions) === 3 ? 'all-deny' : denialsIn(positions) === 0 ? 'none-objects' : 'disagreement';
      expect(usFinding(positions).finding).toBe(expected);
    },
  );

  it.each([
    { row: 'every agency denies', positions: [denial, denial, denial], finding: 'all-deny' },
    { row: 'some agency denies', positions: [silence, denial, noObjection], finding: 'disagreement' },
    { row: 'no agency denies', positions: [silence, withConditions, noObjection], finding: 'none-objects' },
  ])('is told by the row "$row"', ({ row, positions, finding }) => {
    expect(usFinding(positions)).toEqual({ finding, row });
  });

  it('has no row that is never told', () => {
    const told = new Set(all64.map((positions) => usFinding(positions).row));
    expect([...told].toSorted()).toEqual(usFindingTable.map((row) => row.name).toSorted());
  });

  it('takes silence of all three agencies as no objection, not as a denial', () => {
    expect(usFinding([silence, silence, silence]).finding).toBe('none-objects');
  });

  it('takes an approval with conditions for no denial, whatever the conditions', () => {
    expect(usFinding([withConditions, withConditions, withConditions]).finding).toBe('none-objects');
  });

  it('does not depend on which agency said it, nor on the words', () => {
    const spoken = fc.oneof(
      fc.constant(noObjection),
      fc.constant(silence),
      fc.array(fc.string(), { maxLength: 3 }).map((conditions): Spoken => ({ state: 'given', position: 'approve-with-conditions', conditions })),
      fc.string().map((basis): Spoken => ({ state: 'given', position: 'deny', basis })),
    );
    fc.assert(
      fc.property(fc.tuple(spoken, spoken, spoken), ([a, b, c]) => {
        const plain = [a, b, c].map((one) => every.find((known) => known.state === one.state && known.position === one.position) ?? one);
        expect(usFinding([c, a, b])).toEqual(usFinding(plain));
        expect(usFinding([b, c, a])).toEqual(usFinding([a, b, c]));
      }),
      { numRuns: 300 },
    );
  });
});
