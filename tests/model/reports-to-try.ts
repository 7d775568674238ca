import type { Command } from '../../domain/order.ts';
import type { PolicyChange } from '../../domain/policy-change.ts';
import { type Order, unitsOf } from '../../domain/state.ts';
import { type Report, type StepName, stepNames, type StepResults } from '../../domain/steps.ts';
import { goodResults } from '../support/orders.ts';

/** A policy change of one hold under an epoch. */
export const changeOf = (id: string, effect: PolicyChange['effect'], epoch: number): PolicyChange => ({ id, effect, epoch, reason: 'review' });

const everyBoard = (holds: readonly string[], epoch: number): (readonly PolicyChange[])[] =>
  holds.flatMap((id) => [
    [changeOf(id, 'hold', epoch + 1)],
    [changeOf(id, 'hold', epoch + 1), changeOf(id, 'lift', epoch + 2)],
    [changeOf(id, 'lift', epoch + 1)],
  ]);

/** All that a step may answer, a policy board that knows better included. */
function answersOf(step: StepName, order: Order, holds: readonly string[]): readonly StepResults[StepName][] {
  if (step === 'screen-parties') return [goodResults[step], { outcome: 'hit', listVersion: 'list-1', matches: ['entity 17'] }];
  const units = unitsOf(order);
  if (step === 'reduce-stock') return [{ kept: units }];
  if (step === 'reserve-stock')
    return [
      { outcome: 'reserved', lots: [{ lot: 'L1', units }] },
      { outcome: 'short', free: 7, place: 2, waiting: 3 },
      ...(order.policy.edition !== 1 && order.policy.quotas
        ? [{ outcome: 'over-quota', quota: 'per-customer', limit: 75_000, used: 74_993, left: 7 } as const]
        : []),
    ];
  if (step !== 'ship') return [goodResults[step]];
  return [goodResults.ship, ...[[], ...everyBoard(holds, order.policyEpoch)].map((changes) => ({ outcome: 'stale-epoch', changes }) as const)];
}

export const doneWith = (step: StepName, wish: number, result: Report['result'] = goodResults[step]): Command => ({
  type: 'step-done',
  report: { step, wish, result },
});
export const failedWith = (step: StepName, wish: number): Command => ({ type: 'step-failed', step, wish, reason: 'unavailable' });

/** Steps that have been started and not answered. */
export const runningSteps = (order: Order): StepName[] => stepNames.filter((step) => order.steps[step]?.state === 'running');

/** What a running step may answer. */
export const answersTo = (order: Order, step: StepName, holds: readonly string[]): Command[] =>
  answersOf(step, order, holds).map((result) => doneWith(step, order.steps[step]?.wish ?? 0, result));

/** Reports that nobody waits for: of a wish before or after the one that runs, or of a step that does not run. */
export function strayReports(order: Order): Command[] {
  return stepNames.flatMap((step) => {
    const wish = order.steps[step]?.wish ?? 0;
    return order.steps[step]?.state === 'running'
      ? [doneWith(step, wish + 1), doneWith(step, wish - 1), failedWith(step, wish + 1)]
      : [doneWith(step, wish), failedWith(step, wish)];
  });
}
