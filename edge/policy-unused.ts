import type { Range } from '../domain/range.ts';
import type { PolicyIssue } from './policy-fault.ts';
import type { PolicyDocument } from './policy-form.ts';

const ladderDays = ['chairDays', 'appealDays', 'acepDays', 'earbDays'] as const;

/** Numbers that no rule would use under this policy: days of a ladder that nobody climbs, and bounds that bind nothing. */
export function unusedNumbers({ review, eligibility, levy }: PolicyDocument): PolicyIssue[] {
  const { disagreement } = review;
  const ladder = disagreement.goesTo === 'president' ? ladderDays.filter((field) => disagreement[field] !== undefined) : [];
  return [
    ...ladder.map((field) =>
      unused(['review', 'disagreement', field], 'disagreement goes to the President at once, expected no days of a ladder, or goesTo: oc-chair'),
    ),
    ...unusedBounds(['eligibility'], eligibility),
    ...unusedBounds(['levy', 'bands'], levy.bands),
  ];
}

const unused = (path: readonly PropertyKey[], why: string): PolicyIssue => ({ code: 'unused-number', path, message: why, isKey: true });

const unusedBounds = (at: readonly PropertyKey[], rows: readonly { readonly tpp?: Range; readonly bandwidth?: Range }[]): PolicyIssue[] =>
  rows.flatMap((row, index) => (['tpp', 'bandwidth'] as const).flatMap((figure) => unusedInRange([...at, index, figure], row[figure] ?? {})));

function unusedInRange(at: readonly PropertyKey[], { above, from }: Range): PolicyIssue[] {
  if (above !== undefined && from !== undefined)
    return above >= from
      ? [unused([...at, 'from'], `what is above ${above} is ${from} or more anyway, expected one of above and from`)]
      : [unused([...at, 'above'], `what is ${from} or more is above ${above} anyway, expected one of above and from`)];
  return from === 0 ? [unused([...at, 'from'], 'every figure is 0 or more, expected a bound that binds or none')] : [];
}
