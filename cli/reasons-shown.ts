import { table } from './output.ts';

/** The reasons of a classification, numbered, at 80 columns. */
export const reasonsTable = (reasons: readonly string[]): string =>
  table(
    ['#', 'why'],
    reasons.map((reason, index) => [String(index + 1), reason]),
    [2, 74],
  );
