import { setTimeout as wait } from 'node:timers/promises';
import { ApplicationFailure, Context } from '@temporalio/activity';
import { lateByMs, type StepFault } from '../domain/faults.ts';
import { type StepName, stepNames, type StepResults } from '../domain/steps.ts';
import type { StepActivities, StepRequest } from './ports.ts';

/** Where faults of steps are planted, and how the process of this worker dies of one. */
export interface FaultSource {
  /** Uses up the next fault of a step of an order; undefined where none is left. */
  next(step: StepName, orderId: string): Promise<StepFault | undefined>;
  die(): never;
}

/** The same activities, each attempt of which first shows the fault that was planted for it. What each means: `domain/faults.ts`. */
export function withPlantedFaults(activities: StepActivities, faults: FaultSource): StepActivities {
  const faulty = Object.fromEntries(stepNames.map((step) => [step, faultyActivity(step, activities, faults)]));
  return { ...activities, ...faulty };
}

function faultyActivity<S extends StepName>(step: S, activities: StepActivities, faults: FaultSource) {
  const effect = (request: StepRequest<S>): Promise<StepResults[S]> => activities[step](request);
  return async (request: StepRequest<S>): Promise<StepResults[S]> => {
    switch (await faults.next(step, request.orderId)) {
      case 'unavailable':
        throw ApplicationFailure.retryable(`simulated: the other side of ${step} is unavailable`, 'unavailable');
      case 'rejected':
        throw ApplicationFailure.nonRetryable(`simulated: the other side rejects ${step}`, 'rejected');
      case 'answer-lost':
        await effect(request);
        throw ApplicationFailure.retryable(`simulated: the answer of ${step} was lost after it took effect`, 'answer-lost');
      case 'late':
        await wait(lateByMs, undefined, { signal: Context.current().cancellationSignal });
        return await effect(request);
      case 'twice':
        await effect(request);
        return await effect(request);
      case 'worker-killed':
        await effect(request);
        return faults.die();
      case undefined:
        return await effect(request);
    }
  };
}
