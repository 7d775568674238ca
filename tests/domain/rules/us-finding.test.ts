import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Finding, type Spoken, usFinding, usFindingTable, usFindingTableOfEdition1 } from '../../../domain/rules/us-finding.ts';

const words = {
  'no objection': { state: 'given', position: 'no-objection' },
  'monthly audit': { state: 'given', position: 'approve-with-conditions', conditions: ['audit: monthly'] },
  'yearly audit': { state: 'given', position: 'approve-with-conditions', conditions: ['audit: yearly'] },
  'a part': { state: 'given', position: 'approve-part', units: 10 },
  denial: { state: 'given', position: 'deny', basis: '15 CFR 742.6(b)', statute: '50 USC 4813' },
  silence: { state: 'deemed', position: 'no-objection' },
} as const satisfies Readonly<Record<string, Spoken>>;
type Word = keyof typeof words;
const isWord = (text: string): text is Word => Object.hasOwn(words, text);
const everyWord = Object.keys(words).filter(isWord);
const everyCell = everyWord.flatMap((state) => everyWord.flatMap((energy) => everyWord.map((defense) => [state, energy, defense] as const)));
const spokenOf = (said: readonly Word[]): Spoken[] => said.map((word) => words[word]);

/** The announcement in other words than the rule: by how many deny, are silent, and ask for which audit. */
function byHand(said: readonly Word[]): Finding {
  const denials = said.filter((word) => word === 'denial').length;
  const silences = said.filter((word) => word === 'silence').length;
  if (denials === 3) return 'all-deny';
  if (denials > 0) return denials + silences === 3 ? 'denial-among-silence' : 'disagreement';
  if (said.includes('monthly audit') && said.includes('yearly audit')) return 'conditions-contradict';
  return silences === 3 ? 'none-objects' : 'agencies-approve';
}

function byHandInEdition1(said: readonly Word[]): Finding {
  const denials = said.filter((word) => word === 'denial').length;
  return denials === 3 ? 'all-deny' : denials > 0 ? 'disagreement' : 'none-objects';
}

describe('what the closed review found', () => {
  it.each(everyCell.map((said) => ({ told: said.join(', '), said })))('is told of every cell of the table: $told', ({ said }) => {
    expect(usFinding(spokenOf(said)).finding).toBe(byHand(said));
    expect(usFinding(spokenOf(said), 1).finding).toBe(byHandInEdition1(said));
  });

  it.each([
    { edition: 2 as const, table: usFindingTable },
    { edition: 1 as const, table: usFindingTableOfEdition1 },
  ])('has no row in edition $edition that is never told, and no row twice', ({ edition, table }) => {
    const told = new Set(everyCell.map((said) => usFinding(spokenOf(said), edition).row));
    const names = table.map((row) => row.name);
    expect([...told].toSorted()).toEqual(names.toSorted());
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(usFindingTable.slice(0, -1).map((row, at) => ({ row, at })))('row $at is needed: without it some cell is told otherwise', ({ at }) => {
    const others = usFindingTable.toSpliced(at, 1);
    const otherwise = everyCell.filter((said) => others.find((row) => row.when(spokenOf(said)))?.then !== usFinding(spokenOf(said)).finding);
    expect(otherwise).not.toEqual([]);
  });

  it('does not hang on which agency said it, nor on the words of a denial', () => {
    const conditions = fc.array(fc.constantFrom('audit: monthly', 'audit: yearly', 'no transfer', 'Site: A', 'site: a'), { minLength: 1, maxLength: 3 });
    const spoken: fc.Arbitrary<Spoken> = fc.oneof(
      fc.constantFrom(words['no objection'], words.silence),
      conditions.map((asked): Spoken => ({ state: 'given', position: 'approve-with-conditions', conditions: asked })),
      fc.record({ units: fc.integer({ min: 1, max: 5 }), asked: conditions }).map(({ units, asked }): Spoken => ({
        ...{ state: 'given', position: 'approve-part', units },
        ...(units > 2 && { conditions: asked }),
      })),
      fc.string().map((basis): Spoken => ({ state: 'given', position: 'deny', basis })),
    );
    const plain = (one: Spoken): Spoken => (one.position === 'deny' ? words.denial : one);
    fc.assert(
      fc.property(fc.tuple(spoken, spoken, spoken), fc.constantFrom(1, 2), ([a, b, c], edition) => {
        const told = usFinding([a, b, c].map(plain), edition);
        for (const order of [
          [a, b, c],
          [a, c, b],
          [b, a, c],
          [b, c, a],
          [c, a, b],
          [c, b, a],
        ])
          expect(usFinding(order, edition)).toEqual(told);
      }),
      { numRuns: 1_000 },
    );
  });
});
