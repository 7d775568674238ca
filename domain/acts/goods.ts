import { type ActSpec, countOrNone, later, text, textOrNone, whichWave } from './spec.ts';

const byCustoms = (says: string, reason: string) =>
  ({ says, by: ['cn.gacc'], fields: { reason: text('reason given'), wave: whichWave }, whileHeld: 'taken', example: { reason }, since: 2 }) as const;

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
    says: 'The laboratory fails the units, and the desk asks for a retest or cancels; or some of them alone, which are set apart and replaced from stock.',
    by: ['test.lab'],
    fields: {
      reportNumber: text('number of the report'),
      reason: text('what failed'),
      lot: later(textOrNone('lot of the units that failed, where others of the wave did not')),
      serials: later(textOrNone('their serial numbers as FIRST..LAST, where the lot has some')),
      units: later(countOrNone('how many they are, where they are not told by number')),
    },
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
    fields: { releaseNumber: text('number of the release'), wave: whichWave },
    whileHeld: 'taken',
    example: { releaseNumber: 'GACC-1' },
  },
  detain: byCustoms('Chinese customs detain the goods; they release them or refuse them.', 'labels do not match the declaration'),
  'refuse-entry': byCustoms('Chinese customs refuse the goods: they are sent back.', 'not permitted'),
  'order-return': byCustoms('Chinese customs call goods back that they had released: they are sent back.', 'not permitted'),
  'confirm-delivery': {
    says: 'The goods have arrived: with the last of them the order is delivered.',
    by: ['carrier', 'buyer'],
    fields: { proof: text('document that proves the delivery'), wave: whichWave },
    whileHeld: 'taken',
    example: { proof: 'POD-1' },
  },
  'confirm-return': {
    says: 'Goods that customs sent back are in the hands of the seller again: they are set apart in stock.',
    by: ['carrier'],
    fields: { proof: text('document that proves the return'), wave: whichWave },
    whileHeld: 'taken',
    example: { proof: 'RETURN-1' },
    since: 2,
  },
  'short-close': {
    says: 'The rest of an order of which some units have left never leaves: it is given back.',
    by: ['seller.desk'],
    fields: { reason: text('why the rest never leaves') },
    whileHeld: 'taken',
    example: { reason: 'the buyer wants no more' },
    since: 2,
  },
} as const satisfies Readonly<Record<string, ActSpec>>;
