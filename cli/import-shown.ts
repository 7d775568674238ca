import { importedOrder, isPastFault } from '../domain/importing.ts';
import { openOrder } from '../domain/order.ts';
import { deadlineSummary, plan, waitingOn } from '../domain/plan.ts';
import { goodsTold } from '../domain/stages/goods-told.ts';
import { reviewTold } from '../domain/stages/us-review/told.ts';
import { type StepName, stepNames } from '../domain/steps.ts';
import { unitsShipped } from '../domain/waves.ts';
import type { OrderInFlight } from '../edge/import-file.ts';
import { nodePrimitives } from '../trust/primitives.ts';
import { count, moment } from './output.ts';

/** Where an order in flight stands by its past, and what is done for it as soon as it is here. */
export function standingOf(inFlight: OrderInFlight) {
  const { lived, told } = inFlight;
  const { order } = lived;
  const { stage, asks, deadline } = plan(order);
  return {
    order: order.terms.id,
    policy: order.policy.id,
    stage,
    outcome: order.outcome ?? null,
    waitingOn: waitingOn(asks),
    usKey: order.usReview.state,
    chinaKey: order.chinaReview.state,
    goods: order.fulfillment.state,
    unitsShipped: unitsShipped(order),
    deadline: deadline ? { at: new Date(deadline.at).toISOString(), says: deadlineSummary(deadline), leftMs: deadline.at - told.recordedAt } : null,
    told: [...reviewTold(order), ...goodsTold(order)],
    runs: runsOf(inFlight),
  };
}
type Standing = ReturnType<typeof standingOf>;

/** Steps that run once the order is here: those that this desk's systems do anew, and those that it waits for. */
function runsOf({ terms, policy, told }: OrderInFlight): StepName[] {
  const imported = importedOrder(openOrder(terms, policy), told, nodePrimitives);
  if (isPastFault(imported)) throw new Error(`order ${terms.id} lived through its past, and then did not: ${imported.refusal.message}`);
  const { order } = imported;
  const next = plan(order).run.map(({ step }) => step);
  return stepNames.filter((step) => order.steps[step]?.state === 'wanted' || next.includes(step) || told.notYet.includes(step));
}

const day = 86_400_000;

/** The same, as a person reads it. */
export function standingLines({
  order,
  stage,
  outcome,
  waitingOn: roles,
  usKey,
  chinaKey,
  goods,
  unitsShipped: shipped,
  deadline,
  told,
  runs,
}: Standing): string[] {
  return [
    `${order}  ${outcome ?? stage}, waits on ${roles.join(', ') || 'nobody'}`,
    `  US key ${usKey}, Chinese key ${chinaKey}, goods ${goods}${shipped > 0 ? `, ${count(shipped)} units have left` : ''}`,
    ...(deadline ? [`  deadline ${moment(deadline.at)} UTC, in ${(deadline.leftMs / day).toFixed(1)} days  ${deadline.says}`] : []),
    ...told.map((line) => `  ${line}`),
    ...(runs.length > 0 ? [`  runs once it is here: ${runs.join(', ')}`] : []),
  ];
}
