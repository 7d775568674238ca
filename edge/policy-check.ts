import { readDocument, type WrittenDocument } from './documents.ts';
import { DocumentError, type Fault, type Issue, issuesOf } from './faults.ts';
import type { PolicyFaultCode, PolicyIssue } from './policy-fault.ts';
import { type PolicyDocument, policyForm } from './policy-form.ts';
import { sourceFaults } from './policy-sources.ts';
import { tableFaults, type TableRow, unreachableNames } from './policy-tables.ts';
import { unusedNumbers } from './policy-unused.ts';
import { findProduct } from './products.ts';

/** A fault of a policy file, with its kind and place. */
export interface PolicyFault extends Fault {
  readonly code: PolicyFaultCode;
}

/** All that is wrong with a policy file, in the order of the file; empty where it may be used. A file of a wrong form is not looked at further. */
export function checkPolicyFile(file: string): PolicyFault[] {
  try {
    return checkPolicy(readDocument(file));
  } catch (error) {
    if (error instanceof DocumentError) return error.faults.map((fault) => ({ ...fault, code: 'unreadable' }));
    throw error;
  }
}

/** All that is wrong with a policy that was read, in the order of the file. */
export function checkPolicy(document: WrittenDocument): PolicyFault[] {
  const read = policyForm.safeParse(document.value);
  const issues = read.success ? policyIssues(read.data) : issuesOf(read.error).map(ofForm);
  return issues
    .map((issue) => ({ ...document.fault(issue), code: issue.code }))
    .toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}

const ofForm = (issue: Issue): PolicyIssue => ({ ...issue, code: issue.isKey === true ? 'unknown-key' : 'invalid-value' });

const policyIssues = (policy: PolicyDocument): PolicyIssue[] => [
  ...sourceFaults(policy),
  ...unusedNumbers(policy),
  ...eligibilityFaults(policy),
  ...bandFaults(['levy', 'bands'], policy.levy.bands),
  ...[...namedTwice(['eligibility'], policy.eligibility), ...namedTwice(['levy', 'bands'], policy.levy.bands)],
  ...[...namedTwice(['quotas'], policy.quotas), ...namedTwice(['papers'], policy.papers)],
];

/** Rows that name products are about those alone; the others must be about every product that may come. */
function eligibilityFaults({ eligibility }: PolicyDocument): PolicyIssue[] {
  const unnamed = eligibility.flatMap((row, index) => (row.products ? [] : [{ ...row, index }]));
  return [
    ...tableFaults(unnamed).map(({ row, ...found }) => ({ ...found, path: row === undefined ? ['eligibility'] : ['eligibility', unnamed[row]?.index ?? row] })),
    ...unreachableNames(eligibility, findProduct).map(({ row = 0, name, ...found }) => ({ ...found, path: ['eligibility', row, 'products', name] })),
  ];
}

const bandFaults = (at: readonly PropertyKey[], rows: readonly TableRow[]): PolicyIssue[] =>
  tableFaults(rows).map(({ row, ...found }) => ({ ...found, path: row === undefined ? at : [...at, row] }));

const namedTwice = (at: readonly PropertyKey[], rows: readonly { readonly name: string }[]): PolicyIssue[] =>
  rows.flatMap(({ name }, index) =>
    rows.findIndex((one) => one.name === name) < index
      ? [{ code: 'name-twice', path: [...at, index, 'name'], message: `${name} stands in this table before, expected a name of its own` }]
      : [],
  );
