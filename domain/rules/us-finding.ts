import type { Position } from '../us-review.ts';

type Spoken = Exclude<Position, { state: 'asked' }>;
export type Finding = 'none-objects' | 'all-deny' | 'disagreement';
interface Row {
  readonly name: string;
  readonly when: (positions: readonly Spoken[]) => boolean;
  readonly then: Finding;
}

const denies = (one: Spoken): boolean => one.position === 'deny';

/**
 * What the closed review found; the first row that matches wins, the last matches all.
 * Silence for 30 days is no objection (EO 12981 s. 3(b) as amended; 15 CFR 750.4(d)), approval with conditions is no
 * denial, and a denial that all agencies share is agreement. Disagreement goes to the President (announcement of
 * 8 December 2025).
 */
export const usFindingTable: readonly Row[] = [
  { name: 'every agency denies', when: (all) => all.every(denies), then: 'all-deny' },
  { name: 'some agency denies', when: (all) => all.some(denies), then: 'disagreement' },
  { name: 'no agency denies', when: () => true, then: 'none-objects' },
];

/** The finding and the name of the row that gave it. */
export function usFinding(positions: readonly Spoken[]): { finding: Finding; row: string } {
  const row = usFindingTable.find((one) => one.when(positions));
  if (!row) throw new Error('the last row of usFindingTable must match all');
  return { finding: row.then, row: row.name };
}
