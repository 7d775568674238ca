import type { Issue } from './faults.ts';

/** What may be wrong with a policy file. */
export const policyFaultCodes = {
  unreadable: 'no YAML or JSON document',
  'unknown-key': 'a key that no policy has',
  'invalid-value': 'a key is missing, or says what it cannot say',
  'name-twice': 'two rows of a table have one name',
  'missing-source': 'nothing says where a value comes from',
  'unknown-source': 'a source is cited that the file does not tell',
  'unused-source': 'a source is told that nothing cites',
  'unused-number': 'no rule would use the number under this policy',
  gap: 'no row of a table is about some products',
  overlap: 'two rows of a table are about the same products',
  'unreachable-row': 'an earlier row always comes first',
} as const;
export type PolicyFaultCode = keyof typeof policyFaultCodes;

/** A fault of a policy before it has a place in a file. */
export interface PolicyIssue extends Issue {
  readonly code: PolicyFaultCode;
}
