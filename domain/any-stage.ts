import { resumeClock, stopClock } from './clock.ts';
import type { OrderEvent } from './events.ts';
import { type Refusal, refuse } from './refusal.ts';
import type { ActRules, Evolutions } from './stage.ts';
import { reviewRules } from './rules-of.ts';
import { onClocks } from './stages/us-review/clocks.ts';
import type { Order } from './state.ts';
import { mayHaveHappened, type StepName, type StepProgress } from './steps.ts';
import { settledResult } from './settled.ts';
import { mayHaveLeft, unitsToShip, wavesShipped } from './waves.ts';

const stateOf = (order: Order, step: StepName): string => order.steps[step]?.state ?? 'not started';

/** Acts that belong to no stage: ending the order, and mending a step that failed. */
export const anyStageActs: ActRules<'cancel' | 'retry-step' | 'settle-step'> = {
  cancel: (order, act, at) =>
    mayHaveLeft(order)
      ? refuse(
          'irreversible',
          `order ${order.terms.id}: ship is ${stateOf(order, 'ship')} and cannot be undone`,
          order.steps.ship?.state === 'failed'
            ? 'retry-step, or settle-step where the goods never left'
            : unitsToShip(order) > 0 && wavesShipped(order).length > 0
              ? 'short-close, which gives the rest back'
              : 'cancel before the goods are handed to the carrier',
        )
      : [{ type: 'order-ended', outcome: 'cancelled', reason: act.reason, at }],
  'retry-step': (order, act, at) => unlessFailed(order, act.step) ?? [{ type: 'step-retried', step: act.step, at }],
  'settle-step': (order, act, at) => {
    const refused = unlessFailed(order, act.step);
    if (refused) return refused;
    const settled: OrderEvent = { type: 'step-settled', step: act.step, outcome: act.outcome, evidence: act.evidence, at };
    if (act.outcome === 'not-done') return [settled];
    const meaning = settledResult(order, act.step, act.evidence, at);
    return meaning
      ? [settled, ...meaning]
      : refuse('not-settleable', `order ${order.terms.id}: ${act.step} is answered by a system`, 'retry-step, which is safe to repeat');
  },
};

function unlessFailed(order: Order, step: StepName): Refusal | undefined {
  return order.steps[step]?.state === 'failed'
    ? undefined
    : refuse('step-not-failed', `order ${order.terms.id}: ${step} is ${stateOf(order, step)}`, 'a step that has failed');
}

const withStep = (order: Order, step: StepName, progress: StepProgress): Order => ({ ...order, steps: { ...order.steps, [step]: progress } });
const wishOf = (order: Order, step: StepName): number => order.steps[step]?.wish ?? 0;
const reasonOf = (order: Order, step: StepName): string => {
  const progress = order.steps[step];
  return progress?.state === 'failed' ? progress.reason : 'not known';
};

const effectOf = (order: Order, step: StepName): 'unknown' | 'no' => (mayHaveHappened(order.steps[step]) ? 'unknown' : 'no');

type AnyStageEvent =
  | 'order-submitted'
  | 'step-started'
  | 'step-done'
  | 'step-failed'
  | 'step-retried'
  | 'step-settled'
  | 'not-retold'
  | 'policy-held'
  | 'policy-lifted'
  | 'order-ended';

export const anyStageEvolutions: Evolutions<AnyStageEvent> = {
  'order-submitted': (order) => order,
  'step-started': (order, event) => withStep(order, event.step, { state: 'running', wish: event.wish }),
  'step-done': (order, event) => withStep(order, event.step, { state: 'done', wish: wishOf(order, event.step) }),
  'step-failed': (order, event) =>
    withStep(order, event.step, { state: 'failed', wish: wishOf(order, event.step), reason: event.reason, tookEffect: 'unknown' }),
  'step-retried': (order, event) => withStep(order, event.step, { state: 'wanted', wish: wishOf(order, event.step), tookEffect: effectOf(order, event.step) }),
  'step-settled': (order, event) =>
    event.outcome === 'done'
      ? withStep(order, event.step, { state: 'done', wish: wishOf(order, event.step) })
      : withStep(order, event.step, { state: 'failed', wish: wishOf(order, event.step), reason: reasonOf(order, event.step), tookEffect: 'no' }),
  'not-retold': (order) => order,
  'policy-held': (order, event) =>
    onClocks({ ...order, holds: { ...order.holds, [event.id]: 'on' }, policyEpoch: Math.max(order.policyEpoch, event.epoch) }, (clock) =>
      stopClock(clock, `hold ${event.id}`, event.at, reviewRules(order.policy).day),
    ),
  'policy-lifted': (order, event) =>
    onClocks({ ...order, holds: { ...order.holds, [event.id]: 'lifted' }, policyEpoch: Math.max(order.policyEpoch, event.epoch) }, (clock) =>
      resumeClock(clock, `hold ${event.id}`, event.at, reviewRules(order.policy).day),
    ),
  'order-ended': (order, event) => ({ ...order, outcome: event.outcome }),
};
