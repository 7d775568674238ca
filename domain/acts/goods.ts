import { type ActSpec, text } from './spec.ts';

/** The goods: their test, their license at the door, customs and delivery. */
export const goodsActs = {
  'pass-inspection': {
    says: 'The laboratory passes the units.',
    by: ['test.lab'],
    fields: { reportNumber: text('number of the report') },
    whileHeld: 'taken',
    example: { reportNumber: 'LAB-7' },
  },
  'fail-inspection': {
    says: 'The laboratory fails the units; the desk asks for a retest or cancels.',
    by: ['test.lab'],
    fields: { reportNumber: text('number of the report'), reason: text('what failed') },
    whileHeld: 'taken',
    example: { reportNumber: 'LAB-7', reason: 'bandwidth above the declared figure' },
  },
  'request-retest': {
    says: 'Asks the laboratory to test again after a fail.',
    by: ['seller.desk'],
    fields: { reason: text('what was changed since') },
    whileHeld: 'refused',
    example: { reason: 'firmware corrected' },
  },
  'recheck-license': {
    says: 'Asks the ledger again whether the license carries the shipment.',
    by: ['seller.desk'],
    fields: {},
    whileHeld: 'taken',
    example: {},
    since: 2,
  },
  release: {
    says: 'Chinese customs release the goods.',
    by: ['cn.gacc'],
    fields: { releaseNumber: text('number of the release') },
    whileHeld: 'taken',
    example: { releaseNumber: 'GACC-1' },
  },
  'confirm-delivery': {
    says: 'The goods have arrived: the order is delivered.',
    by: ['carrier', 'buyer'],
    fields: { proof: text('document that proves the delivery') },
    whileHeld: 'taken',
    example: { proof: 'POD-1' },
  },
} as const satisfies Readonly<Record<string, ActSpec>>;
