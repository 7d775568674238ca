import { agencies } from '../roles.ts';
import { voters } from '../rules/escalation.ts';
import { type ActSpec, choice, choiceOrNone, choicesOrNone, countOrNone, later, text, textOrNone, textsOrNone } from './spec.ts';

const committeeVotes = { votesToApprove: ['us.commerce', 'us.state'], votesToDeny: ['us.energy'] };

/** An agency's appeal is signed by an official and founded. */
const appeal = { reason: 'the end user is not known', official: 'Assistant Secretary Roe', basis: '50 USC 4813, 15 CFR 742.6(b)' } as const;

/** What reviewers say, ask and decide between themselves. */
export const reviewActs = {
  recommend: {
    says: 'An agency gives its position; it may change until the review closes.',
    by: agencies,
    fields: {
      position: choice(['no-objection', 'approve-with-conditions', 'approve-part', 'deny'], 'the position'),
      conditions: textsOrNone('conditions asked for, each "KIND: FORM"'),
      units: later(countOrNone('units approved, with approve-part')),
      basis: textOrNone('regulatory basis, with deny'),
      statute: later(textOrNone('statutory basis, with deny')),
    },
    whileHeld: 'taken',
    example: { position: 'no-objection' },
  },
  'request-information': {
    says: 'A reviewer asks the applicant, through Commerce; in time, it stops the clock of who asks.',
    by: ['us.commerce', ...agencies],
    fields: { number: text('a number of its own'), question: text('what is asked') },
    whileHeld: 'taken',
    example: { number: 'Q-1', question: 'who has access to the site?' },
    since: 2,
  },
  'answer-information': {
    says: 'The desk answers a question.',
    by: ['seller.desk'],
    fields: { number: text('number of the question'), answer: text('the answer, or the document that holds it') },
    whileHeld: 'taken',
    example: { number: 'Q-1', answer: 'annex 3' },
    since: 2,
  },
  'withdraw-request': {
    says: 'Who asked takes the question back.',
    by: ['us.commerce', ...agencies],
    fields: { number: text('number of the question') },
    whileHeld: 'taken',
    example: { number: 'Q-1' },
    since: 2,
  },
  escalate: {
    says: 'Takes a disagreement up: Commerce, where it does not share what the agencies agree on; an agency that dissents from a decision or from conditions.',
    by: ['us.commerce', ...agencies],
    fields: {
      reason: text('why'),
      official: later(textOrNone('the official who signs the appeal of an agency')),
      basis: later(textOrNone('statutory and regulatory basis of the appeal of an agency')),
    },
    whileHeld: 'taken',
    example: { reason: 'consistent with the announced policy' },
    exampleBy: { 'us.state': appeal, 'us.energy': appeal, 'us.defense': appeal },
  },
  'decide-appeal': {
    says: 'A level of the escalation decides: the chair alone, the committees by the majority of the votes given.',
    by: ['us.oc-chair', 'us.acep', 'us.earb'],
    fields: {
      decision: choiceOrNone(['approve', 'deny'], 'the decision of the chair'),
      votesToApprove: choicesOrNone(voters, 'who votes to approve, in a committee'),
      votesToDeny: choicesOrNone(voters, 'who votes to deny, in a committee'),
    },
    whileHeld: 'taken',
    example: { decision: 'approve' },
    exampleBy: { 'us.acep': committeeVotes, 'us.earb': committeeVotes },
    since: 2,
  },
  'presidential-decision': {
    says: 'The President decides a disagreement.',
    by: ['us.president'],
    fields: { decision: choice(['approve', 'deny'], 'the decision') },
    whileHeld: 'taken',
    example: { decision: 'approve' },
  },
} as const satisfies Readonly<Record<string, ActSpec>>;
