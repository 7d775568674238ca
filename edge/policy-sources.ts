import type { PolicyDocument } from './policy-form.ts';
import type { PolicyIssue } from './policy-fault.ts';

/** Something that a policy says, and the sources that are cited for it. */
interface Claim {
  readonly path: readonly PropertyKey[];
  readonly cited: readonly string[];
  /** Where the citation stands. */
  readonly citedAt: readonly PropertyKey[];
}

/** Values without a source, sources that are cited and not told, and those that are told and not cited. */
export function sourceFaults(policy: PolicyDocument): PolicyIssue[] {
  const claims = [
    ...(['review', 'license', 'customers', 'levy', 'endUses', 'shipping'] as const).flatMap((part) => claimsOf(part, policy[part])),
    ...rowsOf(policy),
  ];
  const cited = new Set(claims.flatMap((claim) => claim.cited));
  return [
    ...claims.flatMap(({ path, cited: of }): PolicyIssue[] =>
      of.length > 0
        ? []
        : [{ code: 'missing-source', path, message: 'says something without a source, expected at least one', isKey: typeof path.at(-1) === 'string' }],
    ),
    ...claims.flatMap(({ cited: of, citedAt }) =>
      of.flatMap((name, index): PolicyIssue[] =>
        Object.hasOwn(policy.sources, name) ? [] : [unknown(name, [...citedAt, index], Object.keys(policy.sources))],
      ),
    ),
    ...Object.keys(policy.sources).flatMap((name): PolicyIssue[] =>
      cited.has(name) ? [] : [{ code: 'unused-source', path: ['sources', name], message: 'cited nowhere, expected something that rests on it', isKey: true }],
    ),
  ];
}

const unknown = (name: string, path: readonly PropertyKey[], known: readonly string[]): PolicyIssue => ({
  ...{ code: 'unknown-source', path, message: `no source ${name} in this file, expected one of ${known.join(', ')}` },
});

/** Each field of a part that says something, with what `sources` of the part cites for it; what cites for a field that says nothing counts, too. */
function claimsOf(part: string, fields: { readonly sources: Readonly<Partial<Record<string, readonly string[]>>> }): Claim[] {
  const { sources, ...said } = fields;
  return Object.entries<unknown>(said).flatMap(([field, value]) =>
    field === 'bands' || (isSilent(value) && !sources[field]) ? [] : [{ path: [part, field], cited: sources[field] ?? [], citedAt: [part, 'sources', field] }],
  );
}

/** What leaves a matter open needs no source; a table leaves it open where all of its fields do. */
function isSilent(value: unknown): boolean {
  if (value === null || value === 'unknown') return true;
  return Array.isArray(value) ? value.length === 0 : typeof value === 'object' && Object.values(value).every(isSilent);
}

const rowsOf = ({ eligibility, levy, quotas, papers }: PolicyDocument): Claim[] =>
  [
    { at: ['eligibility'], rows: eligibility },
    { at: ['levy', 'bands'], rows: levy.bands },
    { at: ['quotas'], rows: quotas },
    { at: ['papers'], rows: papers },
  ].flatMap(({ at, rows }) => rows.map(({ sources }, index) => ({ path: [...at, index], cited: sources, citedAt: [...at, index, 'sources'] })));
