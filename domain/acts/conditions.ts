import { acceptors, bound, submitters } from '../rules/condition-terms.ts';
import { type ActSpec, count, text } from './spec.ts';

/** What people owe for the conditions of the license. */
export const conditionActs = {
  'submit-evidence': {
    says: 'Whoever owes it brings the evidence for a condition of the license.',
    by: submitters,
    fields: { condition: count('number of the condition'), document: text('the document that shows it') },
    whileHeld: 'taken',
    example: { condition: '1', document: 'audit report 2026-Q1' },
    since: 2,
  },
  'accept-evidence': {
    says: 'Whoever was named for it accepts the evidence: the condition is met.',
    by: acceptors,
    fields: { condition: count('number of the condition') },
    whileHeld: 'taken',
    example: { condition: '1' },
    since: 2,
  },
  'return-evidence': {
    says: 'Whoever was named for it does not accept the evidence.',
    by: acceptors,
    fields: { condition: count('number of the condition'), reason: text('what is missing') },
    whileHeld: 'taken',
    example: { condition: '1', reason: 'the report names no site' },
    since: 2,
  },
  'acknowledge-condition': {
    says: 'A party that a condition binds acknowledges it in writing.',
    by: bound,
    fields: { condition: count('number of the condition'), document: text('the acknowledgement') },
    whileHeld: 'taken',
    example: { condition: '1', document: 'letter of 2 April' },
    since: 2,
  },
} as const satisfies Readonly<Record<string, ActSpec>>;
