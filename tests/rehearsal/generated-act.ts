import { type ActName, actNames, actSpec } from '../../domain/acts.ts';
import { plan } from '../../domain/plan.ts';
import { type Role, roles } from '../../domain/roles.ts';
import type { Order } from '../../domain/state.ts';
import { type StepName, stepNames } from '../../domain/steps.ts';
import type { Dice } from './dice.ts';

export type Fields = Readonly<Record<string, unknown>>;

const endsOrTurnsBack: ReadonlySet<ActName> = new Set(['deny', 'deny-purchase', 'confirm-hit', 'cancel', 'fail-inspection']);

/** An act that somebody is asked for, or now and then one that nobody asked for, with all that it says. */
export function generatedAct(dice: Dice, order: Order): Fields & { readonly by: Role } {
  const asked = plan(order).asks.flatMap(({ role, acts }) => acts.map((act) => ({ by: role, act })));
  const onward = asked.filter(({ act }) => !endsOrTurnsBack.has(act));
  const choice = onward.length > 0 && dice.in100(90) ? onward : asked;
  const { by, act } = choice.length > 0 && dice.in100(92) ? dice.oneOf(choice) : unasked(dice);
  return { by, act, ...fieldsOf(dice, act, order) };
}

function unasked(dice: Dice): { by: Role; act: ActName } {
  const act = dice.oneOf(actNames);
  return { act, by: dice.in100(80) ? dice.oneOf(actSpec(act).by) : dice.oneOf(roles) };
}

function fieldsOf(dice: Dice, act: ActName, order: Order): Fields {
  if (act === 'recommend') return position(dice);
  if (act === 'presidential-decision') return { decision: dice.in100(75) ? 'approve' : 'deny' };
  if (act === 'retry-step') return { step: failedStep(dice, order) };
  if (act === 'settle-step') return { step: failedStep(dice, order), outcome: dice.oneOf(['done', 'not-done']), evidence: 'receipt 4711' };
  return actSpec(act).example;
}

function position(dice: Dice): Fields {
  if (dice.in100(5)) return { position: 'deny' };
  if (dice.in100(15)) return { position: 'deny', basis: '15 CFR 742.6(b)' };
  return dice.in100(25) ? { position: 'approve-with-conditions', conditions: ['no transfer'] } : { position: 'no-objection' };
}

function failedStep(dice: Dice, order: Order): StepName {
  const failed = stepNames.filter((step) => order.steps[step]?.state === 'failed');
  return failed.length > 0 && dice.in100(90) ? dice.oneOf(failed) : dice.oneOf(stepNames);
}
