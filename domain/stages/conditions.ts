import { type Refusal, refuse } from '../refusal.ts';
import type { Role } from '../roles.ts';
import { conditionTerms } from '../rules/condition-terms.ts';
import type { ActRules, Ask, Evolutions } from '../stage.ts';
import type { Order } from '../state.ts';
import type { StepName } from '../steps.ts';
import type { TrackedCondition } from '../tracked-condition.ts';

/** The conditions of a license, each with nothing done for it yet. */
export const trackedOf = (conditions: readonly string[]): readonly TrackedCondition[] =>
  conditions.map((text, index) => ({
    number: index + 1,
    text,
    evidence: { state: conditionTerms(text).evidence ? 'owed' : 'none' },
    acknowledgedBy: [],
  }));

/** Who still has to acknowledge a condition. */
const silent = (one: TrackedCondition): readonly Role[] => conditionTerms(one.text).binds.filter((role) => !one.acknowledgedBy.includes(role));
const isOpen = (one: TrackedCondition): boolean => one.evidence.state === 'owed' || one.evidence.state === 'submitted' || silent(one).length > 0;

/** Whether something is still owed for the license. */
export const areConditionsOpen = ({ conditions = [] }: Order): boolean => conditions.some(isOpen);

/** The conditions that hold a step back. */
export const conditionsBefore = ({ conditions = [] }: Order, step: StepName): readonly TrackedCondition[] =>
  conditions.filter((one) => isOpen(one) && conditionTerms(one.text).evidence?.before === step);

const lastMoment = (day: string): number => Date.parse(day) + 86_399_999;

/** What people owe for the conditions of the license. */
export const conditionAsks = ({ conditions = [] }: Order): Ask[] =>
  conditions.flatMap((one): Ask[] => {
    const { evidence } = conditionTerms(one.text);
    const due = evidence?.due === undefined ? {} : { dueAt: lastMoment(evidence.due) };
    return [
      ...(one.evidence.state === 'owed' && evidence ? [{ role: evidence.by, acts: ['submit-evidence'], ...due } as const] : []),
      ...(one.evidence.state === 'submitted' && evidence ? [{ role: evidence.to, acts: ['accept-evidence', 'return-evidence'], ...due } as const] : []),
      ...silent(one).map((role) => ({ role, acts: ['acknowledge-condition'] }) as const),
    ];
  });

type ConditionAct = 'submit-evidence' | 'accept-evidence' | 'return-evidence' | 'acknowledge-condition';

export const conditionActs: ActRules<ConditionAct> = {
  'submit-evidence': (order, act, at) =>
    faultOf(order, act.condition, act.by, 'owed') ?? [{ type: 'evidence-submitted', condition: Number(act.condition), document: act.document, at }],
  'accept-evidence': (order, act, at) =>
    faultOf(order, act.condition, act.by, 'submitted') ?? [{ type: 'evidence-accepted', condition: Number(act.condition), at }],
  'return-evidence': (order, act, at) =>
    faultOf(order, act.condition, act.by, 'submitted') ?? [{ type: 'evidence-returned', condition: Number(act.condition), reason: act.reason, at }],
  'acknowledge-condition': (order, act, at) => {
    const one = conditionOf(order, act.condition);
    if ('refused' in one) return one;
    return silent(one).includes(act.by)
      ? [{ type: 'condition-acknowledged', condition: one.number, role: act.by, document: act.document, at }]
      : refuse('already-decided', `order ${order.terms.id}: condition ${one.number} waits for no word of ${act.by}`, silent(one).join(', ') || 'nobody');
  },
};

function conditionOf(order: Order, number: string): TrackedCondition | Refusal {
  const conditions = order.conditions ?? [];
  return (
    conditions.find((one) => one.number === Number(number)) ??
    refuse(
      'no-condition',
      `order ${order.terms.id} has no condition ${number}`,
      conditions.length > 0 ? `a number from 1 to ${conditions.length}` : 'a license with conditions',
    )
  );
}

/** Evidence is brought by who owes it and accepted by who was named for that: never the same. */
function faultOf(order: Order, number: string, by: Role, needed: 'owed' | 'submitted'): Refusal | undefined {
  const one = conditionOf(order, number);
  if ('refused' in one) return one;
  const { evidence } = conditionTerms(one.text);
  if (!evidence || one.evidence.state !== needed)
    return refuse(
      'already-decided',
      `order ${order.terms.id}: the evidence for condition ${number} is ${one.evidence.state}`,
      `this act while it is ${needed}`,
    );
  const entitled = needed === 'owed' ? evidence.by : evidence.to;
  return by === entitled
    ? undefined
    : refuse('not-entitled', `order ${order.terms.id}: condition ${number} names ${entitled}, not ${by}`, `the act by ${entitled}`);
}

export const conditionEvolutions: Evolutions<'evidence-submitted' | 'evidence-accepted' | 'evidence-returned' | 'condition-acknowledged'> = {
  'evidence-submitted': (order, event) =>
    withCondition(order, event.condition, (one) => ({ ...one, evidence: { state: 'submitted', document: event.document } })),
  'evidence-accepted': (order, event) =>
    withCondition(order, event.condition, (one) => ({ ...one, evidence: 'document' in one.evidence ? { ...one.evidence, state: 'accepted' } : one.evidence })),
  'evidence-returned': (order, event) => withCondition(order, event.condition, (one) => ({ ...one, evidence: { state: 'owed' } })),
  'condition-acknowledged': (order, event) => withCondition(order, event.condition, (one) => ({ ...one, acknowledgedBy: [...one.acknowledgedBy, event.role] })),
};

const withCondition = (order: Order, number: number, change: (one: TrackedCondition) => TrackedCondition): Order => ({
  ...order,
  conditions: (order.conditions ?? []).map((one) => (one.number === number ? change(one) : one)),
});
