import { type ActivityOptions, ActivityFailure, ApplicationFailure, proxyActivities } from '@temporalio/workflow';
import type { StepActivities, StepRequest } from '../activities/ports.ts';
import { attemptMs, attempts } from '../domain/attempts.ts';
import { unitsAbout } from '../domain/calls.ts';
import { footingsOf, type OrderTrust, type StepTrust } from '../domain/signing/order-trust.ts';
import type { Order } from '../domain/state.ts';
import { type Call, type StepName, type StepResults, stepTraits } from '../domain/steps.ts';

type World = {
  readonly [S in StepName]: {
    executeWithOptions(options: ActivityOptions, args: [StepRequest<S>]): Promise<StepResults[S]>;
  };
};

const world: World = proxyActivities<StepActivities>({
  startToCloseTimeout: '10 s',
  retry: {
    initialInterval: attempts.firstBackoffMs,
    backoffCoefficient: attempts.backoffFactor,
    maximumInterval: attempts.longestBackoffMs,
    maximumAttempts: attempts.most,
  },
});

/**
 * Carries a call to the world and brings its answer; `at` is the order's own time, which activities cannot know otherwise. Where acts are
 * signed, what the order rests on goes along.
 */
export function perform<S extends StepName>(call: Call<S>, order: Order, at: number, trust: OrderTrust | undefined): Promise<StepResults[S]> {
  const { id, product } = order.terms;
  const summary = `${stepTraits[call.step].says}: ${unitsAbout(order, call)} x ${product}`;
  return world[call.step].executeWithOptions({ startToCloseTimeout: attemptMs(call.step), summary }, [
    { key: call.key, orderId: id, at, ...call.input, ...(trust && { trust: stepTrust(call, trust, order) }) },
  ]);
}

function stepTrust({ step, input }: Call, { root, submission, turned, imported }: OrderTrust, { terms, policy }: Order): StepTrust {
  const footings = footingsOf(step, input);
  if (footings.length === 0) return { root };
  return { root, proof: { submission, terms, policy, ...(turned && footings.length > 1 && { turned }), ...(imported && { imported }) } };
}

/** Why a step failed for good, in words for the desk. */
export function reasonOf(error: unknown): string {
  if (error instanceof ActivityFailure) return error.cause instanceof ApplicationFailure ? error.cause.message : String(error.cause?.message ?? error.message);
  throw error;
}
