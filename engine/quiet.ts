import { setTimeout as wait } from 'node:timers/promises';
import type { Client, WorkflowExecutionDescription } from '@temporalio/client';
import { orderWorkflowId } from '../workflows/messages.ts';
import { EngineError } from './errors.ts';

interface Waiting {
  readonly patienceMs?: number;
  /** Done at each look at which the order is still at work. */
  readonly meanwhile?: (description: WorkflowExecutionDescription) => Promise<void>;
}

/**
 * Waits until an order has nothing in progress: it waits for people or time alone, or is closed. Reads Temporal's own
 * description, never a query. Throws `no-worker` after `patienceMs`.
 */
export async function untilQuiet(client: Client, orderId: string, { patienceMs = 60_000, meanwhile }: Waiting = {}): Promise<WorkflowExecutionDescription> {
  const handle = client.workflow.getHandle(orderWorkflowId(orderId));
  for (const until = Date.now() + patienceMs; Date.now() < until; await wait(25)) {
    const description = await handle.describe();
    const { pendingActivities, pendingWorkflowTask } = description.raw;
    if (description.status.name !== 'RUNNING' || ((pendingActivities ?? []).length === 0 && !pendingWorkflowTask)) return description;
    await meanwhile?.(description);
  }
  throw new EngineError(
    'no-worker',
    `order ${orderId} is still at work after ${patienceMs / 1_000} s: no worker serves it, or a step keeps failing (twokey status ${orderId})`,
  );
}
