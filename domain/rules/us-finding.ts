import type { Policy } from '../policy.ts';
import { contradictions } from './conditions.ts';
import type { Position } from '../us-review.ts';

export type Spoken = Exclude<Position, { state: 'asked' }>;
export type Finding = 'none-objects' | 'agencies-approve' | 'all-deny' | 'denial-among-silence' | 'conditions-contradict' | 'disagreement';
interface Row {
  readonly name: string;
  readonly when: (positions: readonly Spoken[]) => boolean;
  readonly then: Finding;
}

const denies = (one: Spoken): boolean => one.position === 'deny';
const isSilent = (one: Spoken): boolean => one.state === 'deemed';

const everyAgencyDenies: Row = { name: 'every agency denies', when: (all) => all.every(denies), then: 'all-deny' };

/**
 * What the closed review found; the first row that matches wins, the last matches all.
 * Silence for 30 days is no objection (EO 12981 s. 3(b) as amended; 15 CFR 750.4(d)), approval with conditions is no
 * denial, and a denial that all agencies share is agreement. Disagreement goes up (announcement of 8 December 2025:
 * to the President; EO 12981: to the chair of the Operating Committee).
 */
export const usFindingTable: readonly Row[] = [
  everyAgencyDenies,
  { name: 'some agencies deny and the others are silent: a disagreement unless Commerce concurs', when: deniesAmongSilence, then: 'denial-among-silence' },
  { name: 'some agency denies and some agency approves', when: (all) => all.some(denies), then: 'disagreement' },
  { name: 'no agency denies, and conditions contradict each other', when: (all) => contradictions(all).length > 0, then: 'conditions-contradict' },
  { name: 'no agency denies and some agency approves', when: (all) => !all.every(isSilent), then: 'agencies-approve' },
  { name: 'every agency is silent', when: () => true, then: 'none-objects' },
];

/** What releases before 0.4 found. */
export const usFindingTableOfEdition1: readonly Row[] = [
  everyAgencyDenies,
  { name: 'some agency denies', when: (all) => all.some(denies), then: 'disagreement' },
  { name: 'no agency denies', when: () => true, then: 'none-objects' },
];

function deniesAmongSilence(all: readonly Spoken[]): boolean {
  return all.some(denies) && all.every((one) => denies(one) || isSilent(one));
}

/** The finding and the name of the row that gave it. */
export function usFinding(positions: readonly Spoken[], edition: Policy['edition'] = 2): { finding: Finding; row: string } {
  const row = (edition === 1 ? usFindingTableOfEdition1 : usFindingTable).find((one) => one.when(positions));
  if (!row) throw new Error('the last row of a finding table must match all');
  return { finding: row.then, row: row.name };
}
