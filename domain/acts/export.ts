import { type ActSpec, choice, day, dayOrNone, text, whichWave } from './spec.ts';

/** What a wave has to show before it leaves the United States, and what is looked at after it has arrived. */
export const exportActs = {
  'release-entry': {
    says: 'Customs of the United States release the entry of the goods for their test.',
    by: ['us.cbp'],
    fields: { entryNumber: text('number of the entry') },
    whileHeld: 'taken',
    example: { entryNumber: '231-4567890-1' },
    since: 2,
  },
  'register-paper': {
    says: 'Enters a paper that the wave needs into its register; one entered before is replaced.',
    by: ['seller.desk'],
    fields: {
      paper: text('name of the paper in the policy'),
      number: text('number of the paper'),
      dated: day('day of the paper'),
      expires: dayOrNone('last day on which it is good, where it names one'),
      digest: text('SHA-256 of the document, 64 hexadecimal digits'),
    },
    whileHeld: 'taken',
    example: { paper: 'destination-control-statement', number: 'INV-1', dated: '2025-12-20', digest: 'ab'.repeat(32) },
    since: 2,
  },
  'file-eei': {
    says: 'Tells the number under which the electronic export information was filed.',
    by: ['carrier', 'seller.desk'],
    fields: { itn: text('Internal Transaction Number, X and 14 digits') },
    whileHeld: 'taken',
    example: { itn: 'X20260209123456' },
    since: 2,
  },
  'detain-export': {
    says: 'Customs of the United States keep goods from leaving.',
    by: ['us.cbp'],
    fields: { reason: text('reason given') },
    whileHeld: 'taken',
    example: { reason: 'the license is looked at' },
    since: 2,
  },
  'release-export': {
    says: 'Customs of the United States let goods leave that they had detained.',
    by: ['us.cbp'],
    fields: { reason: text('reason given') },
    whileHeld: 'taken',
    example: { reason: 'the license covers the goods' },
    since: 2,
  },
  'verify-use': {
    says: 'Somebody has looked, after the delivery, where the goods are and what they are used for.',
    by: ['seller.desk', 'us.commerce'],
    fields: {
      finding: choice(['as-licensed', 'not-as-licensed'], 'what was seen at the site'),
      document: text('report of the visit'),
      wave: whichWave,
    },
    whileHeld: 'taken',
    example: { finding: 'as-licensed', document: 'PSV-1' },
    since: 2,
  },
} as const satisfies Readonly<Record<string, ActSpec>>;
