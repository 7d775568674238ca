import type { Agency } from '../roles.ts';
import type { Position, Positions } from '../us-review.ts';

/**
 * A condition as people write it, in one line: `KIND: FORM`, where two conditions of one kind that differ in their form contradict each other.
 * A text without a colon is a kind of its own, met by being told.
 */
export const kindOf = (condition: string): string => (condition.split(/[|:]/, 1)[0] ?? '').trim().toLowerCase();
const formOf = (condition: string): string =>
  condition
    .slice(condition.indexOf(':') + 1)
    .trim()
    .replace(/\s+/g, ' ')
    .toLowerCase();

/** What an agency asks for, in its own order. */
const askedBy = (position: Position): readonly string[] =>
  position.state === 'given' && 'conditions' in position && position.conditions ? position.conditions : [];

/** The conditions that agencies ask for, each form once, in the order of the alphabet: who asked first makes no difference. */
export function askedFor(positions: readonly Position[]): readonly string[] {
  const byForm = new Map(
    positions
      .flatMap(askedBy)
      .toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
      .map((one) => [`${kindOf(one)}\n${formOf(one)}`, one]),
  );
  return [...byForm.values()];
}

/** Kinds of conditions of which agencies ask for different forms: an interagency disagreement. */
export function contradictions(positions: readonly Position[]): readonly string[] {
  const kinds = askedFor(positions).map(kindOf);
  return [...new Set(kinds.filter((kind, index) => kinds.indexOf(kind) !== index))];
}

/** Whether an offer says something else of a kind than agencies ask for, or have concurred with: they have a say in that, as in what contradicts. */
export const departs = (asked: readonly string[], offered: readonly string[]): boolean =>
  asked.some((one) => offered.some((other) => kindOf(other) === kindOf(one) && formOf(other) !== formOf(one)));

/** Kinds that agencies ask for and a text leaves out. */
export const missingKinds = (positions: readonly Position[], offered: readonly string[]): readonly string[] => {
  const kinds = new Set(offered.map(kindOf));
  return [...new Set(askedFor(positions).map(kindOf))].filter((kind) => !kinds.has(kind));
};

/** The fewest units that an agency approves; undefined where none approves a part only. */
export function approvedPart(positions: readonly Position[]): number | undefined {
  const parts = positions.flatMap((one) => (one.state === 'given' && one.position === 'approve-part' ? [one.units] : []));
  return parts.length > 0 ? Math.min(...parts) : undefined;
}

/** Whether an agency has asked for conditions, and so has a say in what becomes of them. */
export const asksForConditions = (positions: Positions, agency: Agency): boolean => askedBy(positions[agency]).length > 0;
