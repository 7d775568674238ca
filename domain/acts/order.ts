import { type ActSpec, text } from './spec.ts';

/** Acts on the order itself, its parties and its stock. */
export const orderActs = {
  cancel: {
    says: 'Ends the order and takes back what can be taken back.',
    by: ['seller.desk'],
    fields: { reason: text('why the order ends') },
    whileHeld: 'taken',
    example: { reason: 'the customer withdrew' },
  },
  'clear-hit': {
    says: 'A screening hit is a false match.',
    by: ['compliance.second'],
    fields: { reason: text('how it was told apart') },
    whileHeld: 'taken',
    example: { reason: 'other date of incorporation' },
  },
  'confirm-hit': {
    says: 'A screening hit is true: the order ends.',
    by: ['compliance.second'],
    fields: { reason: text('what was found') },
    whileHeld: 'taken',
    example: { reason: 'same registration number' },
  },
  'recheck-stock': {
    says: 'Looks again whether the lots on hand cover the order.',
    by: ['seller.stock'],
    fields: {},
    whileHeld: 'taken',
    example: {},
  },
} as const satisfies Readonly<Record<string, ActSpec>>;
