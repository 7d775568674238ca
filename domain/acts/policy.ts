import { type ActSpec, text } from './spec.ts';

/** Acts on the policy board. They reach orders as a broadcast, so an order takes them as facts and cannot refuse. */
export const policyActs = {
  hold: {
    says: 'Stops the order: clocks stand still, nothing irreversible starts.',
    by: ['policy.admin'],
    fields: { hold: text('name of the hold'), reason: text('why') },
    whileHeld: 'taken',
    example: { hold: 'P-7', reason: 'review of the announced policy' },
    confirmedBy: 'policy.admin',
  },
  lift: {
    says: 'Ends a hold: clocks go on with what they had left.',
    by: ['policy.admin'],
    fields: { hold: text('name of the hold'), reason: text('why') },
    whileHeld: 'taken',
    example: { hold: 'P-7', reason: 'review completed' },
    confirmedBy: 'policy.admin',
  },
} as const satisfies Readonly<Record<string, ActSpec>>;
