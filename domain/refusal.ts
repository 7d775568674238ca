import { signingRefusals } from './signing/refusals.ts';

/** Why an act is not taken. Stable: scripts compare these. */
export const refusalCodes = {
  'invalid-act': 'a field of the act is missing, unknown or not of its form',
  'not-entitled': 'the role may not do this',
  'act-conflict': 'the same act id came before with another act',
  'order-closed': 'the order has ended',
  held: 'a policy hold is on and the act may not be done during one',
  irreversible: 'something that cannot be undone has been started',
  'no-application': 'no application is open at that authority',
  'review-open': 'the interagency review has not closed yet',
  'review-closed': 'the interagency review has closed',
  'already-decided': 'it has been decided before',
  'not-before-president': 'no disagreement lies before the President',
  'decided-by-president': 'the President has decided otherwise',
  'agencies-deny': 'every agency that spoke denies; only somebody above could say otherwise',
  'basis-missing': 'a denial or an appeal is not founded: its bases, or the official of an appeal, are missing',
  'conditions-missing': 'conditions that are asked for are missing',
  'agencies-approve': 'agencies approve; Commerce alone cannot deny',
  'agencies-approve-a-part': 'agencies approve fewer units',
  'conditions-contradict': 'agencies ask for conditions that contradict each other',
  'conditions-not-accepted': 'the applicant has not accepted these conditions',
  'decided-on-escalation': 'the disagreement has been decided otherwise',
  'not-dissenting': 'who appeals does not dissent from a decision',
  'not-shown': 'what agencies say is not shown under this policy',
  'notice-needed': 'a denial is told before it is made',
  'notice-not-needed': 'a denial takes no notice here',
  late: 'the time for it is over',
  'no-condition': 'the license has no condition of this number',
  'no-question': 'no question of this number has been asked',
  'new-line-needed': 'more units need an authorization of their own',
  'replacement-needed': 'the change needs a new authorization',
  'needs-ruling': 'how the product is looked at is not known',
  'denial-presumed': 'denial is presumed for the product, and nobody has confirmed the filing',
  'paper-missing': 'a paper that the policy asks for is missing',
  'not-in-policy': 'the rules that the order was submitted under do not know this',
  'not-yet': 'the order has not come so far',
  'step-not-failed': 'the step has not failed',
  'not-settleable': 'the step is answered by a system, so it can only be retried',
  'past-refused': 'an order that is imported cannot have lived through this',
  'being-repaired': 'the order is being repaired; the same act is taken in a moment',
  ...signingRefusals,
} as const;
export type RefusalCode = keyof typeof refusalCodes;

/** An act that is not taken: a stable code, a sentence for a person, and what would be taken instead. */
export interface Refusal {
  readonly refused: RefusalCode;
  readonly message: string;
  readonly accepted: string;
}

export const refuse = (refused: RefusalCode, message: string, accepted: string): Refusal => ({ refused, message, accepted });

export const isRefusal = (answer: object): answer is Refusal => !Array.isArray(answer) && 'refused' in answer;

/** What is said of an act on an order whose workflow is over. */
export const orderClosed = (order: string): Refusal => refuse('order-closed', `order ${order} is closed`, 'an order that is open');
