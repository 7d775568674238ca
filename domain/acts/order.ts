import { amendable } from '../rules/amendments.ts';
import { type ActSpec, choice, text } from './spec.ts';

/** Acts on the order itself, its parties and its stock. */
export const orderActs = {
  cancel: {
    says: 'Ends the order and takes back what can be taken back.',
    by: ['seller.desk'],
    fields: { reason: text('why the order ends') },
    whileHeld: 'taken',
    example: { reason: 'the customer withdrew' },
  },
  amend: {
    says: 'Changes what was ordered, as far as its authorization lets it; after export it is recorded.',
    by: ['seller.desk'],
    fields: {
      change: choice(amendable, 'what changes'),
      to: text('the new value; units in digits, a price in minor units of one unit'),
      reason: text('why'),
    },
    whileHeld: 'taken',
    example: { change: 'units', to: '400', reason: 'the customer needs fewer' },
    since: 2,
  },
  correct: {
    says: 'A decision of an authority that was recorded by mistake is put back; its entry stays, and what rests on it is listed.',
    by: ['seller.desk'],
    fields: { entry: text('id of the act that recorded it, as status tells it'), reason: text('what was mistaken') },
    whileHeld: 'taken',
    example: { entry: 'step-12', reason: 'the letter is about another application' },
    confirmedBy: 'compliance.second',
    since: 2,
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
  'approve-customer': {
    says: 'Commerce approves the customer: it is on the list of those that it has vetted, and the order goes on.',
    by: ['us.commerce'],
    fields: { reason: text('on what it rests') },
    whileHeld: 'taken',
    example: { reason: 'letter of 5 January' },
    since: 2,
  },
  'decline-customer': {
    says: 'Commerce declines the customer: the order ends.',
    by: ['us.commerce'],
    fields: { reason: text('why') },
    whileHeld: 'taken',
    example: { reason: 'military end user' },
    since: 2,
  },
  'recheck-stock': {
    says: 'Looks again whether the lots on hand, and what is left of quotas, cover the order.',
    by: ['seller.stock'],
    fields: {},
    whileHeld: 'taken',
    example: {},
  },
} as const satisfies Readonly<Record<string, ActSpec>>;
