import { agencies } from '../roles.ts';
import { type ActSpec, countOrNone, dayOrNone, later, text, texts, textsOrNone } from './spec.ts';

/** What Commerce decides, and what it and the applicant say to each other before. */
export const decisionActs = {
  'propose-conditions': {
    says: 'Commerce proposes one set of conditions.',
    by: ['us.commerce'],
    fields: { conditions: texts('the conditions, each "KIND: FORM"') },
    whileHeld: 'taken',
    example: { conditions: ['no transfer'] },
    since: 2,
  },
  concur: {
    says: 'An agency concurs with the one text that Commerce has made of contradicting conditions.',
    by: agencies,
    fields: {},
    whileHeld: 'taken',
    example: {},
    since: 2,
  },
  'accept-conditions': {
    says: 'The applicant accepts the conditions offered.',
    by: ['seller.desk'],
    fields: {},
    whileHeld: 'taken',
    example: {},
    since: 2,
  },
  'counter-conditions': {
    says: 'The applicant proposes other conditions than those offered.',
    by: ['seller.desk'],
    fields: { conditions: texts('the conditions, each "KIND: FORM"'), reason: text('why') },
    whileHeld: 'taken',
    example: { conditions: ['audit: yearly'], reason: 'a monthly audit cannot be met' },
    since: 2,
  },
  'decline-conditions': {
    says: 'The applicant declines the conditions offered.',
    by: ['seller.desk'],
    fields: { reason: text('why') },
    whileHeld: 'taken',
    example: { reason: 'cannot be met' },
    since: 2,
  },
  'notify-intent-to-deny': {
    says: 'Commerce tells the applicant that it intends to deny.',
    by: ['us.commerce'],
    fields: { basis: text('statutory and regulatory basis'), reason: text('why, and what might change it') },
    whileHeld: 'taken',
    example: { basis: '50 USC 4813, 15 CFR 742.6(b)', reason: 'the end user is not known' },
    since: 2,
  },
  'respond-to-intent-to-deny': {
    says: 'The applicant responds in the days that it has.',
    by: ['seller.desk'],
    fields: { response: text('the response, or the document that holds it') },
    whileHeld: 'taken',
    example: { response: 'letter of 3 March' },
    since: 2,
  },
  'rescind-intent-to-deny': {
    says: 'Commerce gives its intent to deny up.',
    by: ['us.commerce'],
    fields: { reason: text('why') },
    whileHeld: 'taken',
    example: { reason: 'the response settles it' },
    since: 2,
  },
  'issue-license': {
    says: 'Commerce issues the license: the US key turns.',
    by: ['us.commerce'],
    fields: {
      licenseNumber: text('number of the license'),
      conditions: textsOrNone('conditions that the license carries'),
      units: later(countOrNone('units, where it is for a part')),
      expires: later(dayOrNone('the last day on which it is good')),
    },
    whileHeld: 'refused',
    example: { licenseNumber: 'D1200001', conditions: ['no transfer'] },
  },
  deny: {
    says: 'Commerce denies the application.',
    by: ['us.commerce'],
    fields: { basis: text('statutory or regulatory basis') },
    whileHeld: 'taken',
    example: { basis: '15 CFR 742.6(b)' },
  },
} as const satisfies Readonly<Record<string, ActSpec>>;
