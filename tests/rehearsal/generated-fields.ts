import type { ActName } from '../../domain/acts.ts';
import { exampleFor } from '../../domain/acts.ts';
import type { Role } from '../../domain/roles.ts';
import { amendable } from '../../domain/rules/amendments.ts';
import { approvedPart, askedFor, kindOf } from '../../domain/rules/conditions.ts';
import { voters } from '../../domain/rules/escalation.ts';
import { missingCertifications } from '../../domain/rules/filing.ts';
import { reviewRules } from '../../domain/rules-of.ts';
import { openReviewOf, registrationOf } from '../../domain/stages/us-review/moves.ts';
import { openQuestions } from '../../domain/stages/us-review/opinions.ts';
import type { Order } from '../../domain/state.ts';
import { type StepName, stepNames } from '../../domain/steps.ts';
import type { Position } from '../../domain/us-review.ts';
import type { Dice } from './dice.ts';

export type Fields = Readonly<Record<string, unknown>>;

const basis = '15 CFR 742.6(b)';
const statute = '50 USC 4811';

/** Conditions of a few kinds, so that agencies contradict each other now and then; some are tracked. */
const kinds: readonly (readonly string[])[] = [
  ['audit: yearly', 'audit: monthly', 'audit: yearly | by seller.desk | to us.commerce | before ship'],
  ['no transfer', 'no transfer | binds buyer'],
  ['remote access: none', 'remote access: none by military users'],
];
const conditionsOf = (dice: Dice): string[] => {
  const some = kinds.filter(() => dice.in100(40));
  return (some.length > 0 ? some : [dice.oneOf(kinds)]).map((forms) => dice.oneOf(forms));
};

/** What an act says that fits an order as it stands, mostly; now and then what is refused for what it says. */
export function generatedFields(dice: Dice, act: ActName, by: Role, order: Order): Fields {
  const said = fields[act]?.(dice, order, by);
  return said ?? exampleFor(act, by);
}

const fields: { readonly [N in ActName]?: (dice: Dice, order: Order, by: Role) => Fields } = {
  amend: (dice, { terms }) => ({ change: dice.oneOf([...amendable, 'units', 'price']), to: String(1 + dice.upTo(terms.units)), reason: 'agreed anew' }),
  recommend: (dice, order) => position(dice, order.terms.units),
  certify: (dice, order) => ({ certification: certification(dice, order), evidence: 'statement of 16 January' }),
  'rule-on-classification': (dice) => ({ rulingNumber: 'CCATS-1', route: dice.oneOf(['case-by-case', 'presumption-of-denial', 'no-license-required']) }),
  'request-information': (dice, order) => ({ number: `Q-${questionsOf(order).length + (dice.in100(90) ? 1 : 0)}`, question: 'who has access to the site?' }),
  'answer-information': (dice, order) => ({ number: question(dice, order), answer: 'annex 3' }),
  'withdraw-request': (dice, order) => ({ number: question(dice, order) }),
  escalate: (dice, _order, by) => ({
    reason: 'the end user is not known',
    ...(by !== 'us.commerce' && dice.in100(90) && { official: 'Under Secretary', basis: `${statute}, ${basis}` }),
  }),
  'decide-appeal': (dice, _order, by) => (by === 'us.oc-chair' && dice.in100(95) ? { decision: dice.oneOf(['approve', 'deny']) } : votes(dice)),
  'presidential-decision': (dice) => ({ decision: dice.in100(75) ? 'approve' : 'deny' }),
  'propose-conditions': (dice, order) => ({ conditions: offer(dice, order) }),
  'counter-conditions': (dice, order) => ({ conditions: offer(dice, order), reason: 'cannot be met' }),
  'issue-license': (dice, order) => license(dice, order),
  'submit-evidence': (dice, order) => ({ condition: condition(dice, order), document: 'audit report' }),
  'accept-evidence': (dice, order) => ({ condition: condition(dice, order) }),
  'return-evidence': (dice, order) => ({ condition: condition(dice, order), reason: 'no site is named' }),
  'acknowledge-condition': (dice, order) => ({ condition: condition(dice, order), document: 'letter' }),
  'retry-step': (dice, order) => ({ step: failedStep(dice, order) }),
  'settle-step': (dice, order) => ({ step: failedStep(dice, order), outcome: dice.oneOf(['done', 'not-done']), evidence: 'receipt 4711' }),
};

function position(dice: Dice, units: number): Fields {
  if (dice.in100(4)) return { position: 'deny', ...(dice.in100(50) && { basis }) };
  if (dice.in100(16)) return { position: 'deny', basis, statute };
  if (dice.in100(12)) return { position: 'approve-part', units: 1 + dice.upTo(units - 1) };
  return dice.in100(30) ? { position: 'approve-with-conditions', conditions: conditionsOf(dice) } : { position: 'no-objection' };
}

function certification(dice: Dice, order: Order): string {
  const missing = missingCertifications(order);
  const asked = reviewRules(order.policy).filing.certifications;
  return missing.length > 0 && dice.in100(95) ? dice.oneOf(missing) : dice.oneOf([...asked, 'good-intentions']);
}

const questionsOf = (order: Order) => {
  const open = openReviewOf(order);
  return open ? (registrationOf(open).questions ?? []) : [];
};
function question(dice: Dice, order: Order): string {
  const open = openReviewOf(order);
  const waiting = open ? openQuestions(registrationOf(open)).map(({ number }) => number) : [];
  return waiting.length > 0 && dice.in100(90) ? dice.oneOf(waiting) : `Q-${1 + dice.upTo(2)}`;
}

/** Each voter votes for one side, for none, or, which is refused, for both. */
function votes(dice: Dice): Fields {
  const words = voters.map((voter) => ({ voter, word: dice.oneOf(['approve', 'approve', 'deny', 'deny', 'none']) }));
  const forSide = (side: string) => words.filter(({ word }) => word === side).map(({ voter }) => voter);
  const [approve, deny] = [forSide('approve'), [...forSide('deny'), ...(dice.in100(3) ? ['us.commerce'] : [])]];
  return { ...(approve.length > 0 && { votesToApprove: approve }), ...(deny.length > 0 && { votesToDeny: [...new Set(deny)] }) };
}

const positionsOf = ({ usReview }: Order): readonly Position[] => ('positions' in usReview ? Object.values(usReview.positions) : []);

/** One condition of each kind that agencies ask for, and now and then one more. */
function offer(dice: Dice, order: Order): string[] {
  const asked = dice.in100(95) ? askedFor(positionsOf(order)) : [];
  const all = [...asked, ...(asked.length === 0 || dice.in100(20) ? conditionsOf(dice) : [])];
  return all.filter((one, index) => all.findIndex((other) => kindOf(other) === kindOf(one)) === index);
}

function license(dice: Dice, order: Order): Fields {
  const { usReview: now, terms } = order;
  const accepted = 'answer' in now && now.answer === 'accepted' && 'offer' in now ? now.offer : undefined;
  const part = approvedPart(positionsOf(order));
  const units = part ?? (dice.in100(10) ? 1 + dice.upTo(terms.units) : undefined);
  return {
    licenseNumber: `D-${terms.id}`,
    ...(accepted && dice.in100(95) && { conditions: accepted }),
    ...(units !== undefined && dice.in100(95) && { units }),
  };
}

const condition = (dice: Dice, order: Order): number => 1 + dice.upTo(Math.max(1, order.conditions?.length ?? 0) - (dice.in100(95) ? 1 : 0));

function failedStep(dice: Dice, order: Order): StepName {
  const failed = stepNames.filter((step) => order.steps[step]?.state === 'failed');
  return failed.length > 0 && dice.in100(90) ? dice.oneOf(failed) : dice.oneOf(stepNames);
}
