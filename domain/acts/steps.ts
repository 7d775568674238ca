import { stepNames } from '../steps.ts';
import { type ActSpec, choice, text } from './spec.ts';

/** Mending a step of the world that failed. */
export const stepActs = {
  'retry-step': {
    says: 'Tries a failed step once more, under the same key.',
    by: ['seller.desk'],
    fields: { step: choice(stepNames, 'the failed step') },
    whileHeld: 'taken',
    example: { step: 'file-application' },
  },
  'settle-step': {
    says: 'Says with evidence whether a failed step took effect.',
    by: ['seller.desk'],
    fields: {
      step: choice(stepNames, 'the failed step'),
      outcome: choice(['done', 'not-done'], 'whether it took effect'),
      evidence: text('document or reference that shows it'),
    },
    whileHeld: 'taken',
    example: { step: 'file-application', outcome: 'done', evidence: 'SNAP-R receipt 4711' },
    confirmedBy: 'compliance.second',
  },
} as const satisfies Readonly<Record<string, ActSpec>>;
