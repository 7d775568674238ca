import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { nightlyScreeningId, nightlyScreeningType, screeningNowId, screeningNowType } from '../workflows/messages.ts';

/** Starts the nightly screening of a desk; where it waits already, nothing is changed. */
export async function startNightlyScreening(client: Client, taskQueue: string): Promise<void> {
  try {
    await client.workflow.start(nightlyScreeningType, {
      workflowId: nightlyScreeningId(taskQueue),
      taskQueue,
      staticSummary: 'Looks each night at the customers of open orders',
      staticDetails: 'A match that is new puts a hold on each open order of the customer. `twokey screening show` tells what was found last.',
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

/** Lets the customers of open orders be looked at now and answers the name of the run when it is over; who asks meanwhile waits for the same run. */
export async function screenNow(client: Client, taskQueue: string): Promise<string> {
  const { run } = await client.workflow.execute<() => Promise<{ readonly run: string }>>(screeningNowType, {
    workflowId: screeningNowId(taskQueue),
    taskQueue,
    workflowIdConflictPolicy: 'USE_EXISTING',
    staticSummary: 'Looks now at the customers of open orders',
  });
  return run;
}
