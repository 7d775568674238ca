import { setTimeout as wait } from 'node:timers/promises';
import type { Client, WorkflowExecutionDescription } from '@temporalio/client';
import { tsToMs } from '@temporalio/common/lib/time.js';
import { EngineError } from '../../engine/errors.ts';
import { letTimePass, orderTime } from '../../engine/time.ts';
import { orderWorkflowId } from '../../workflows/messages.ts';

/** Longer than the slowest step with its worker killed in the midst of it. */
const patienceMs = 120_000;
const scheduled = 1;
const worthSkippingMs = 200;

/**
 * Waits until an order has nothing in progress. The pause before a step's next attempt is the order's own time, so it is
 * skipped and not waited out. Throws `no-worker` where nothing comes to rest.
 */
export async function settled(client: Client, orderId: string): Promise<WorkflowExecutionDescription> {
  const workflowId = orderWorkflowId(orderId);
  for (const until = Date.now() + patienceMs; Date.now() < until; await wait(20)) {
    const description = await client.workflow.getHandle(workflowId).describe();
    const { pendingActivities, pendingWorkflowTask } = description.raw;
    const pending = pendingActivities ?? [];
    if (description.status.name !== 'RUNNING' || (pending.length === 0 && !pendingWorkflowTask)) return description;
    const nextAttempts = pending.flatMap(({ state, attempt, scheduledTime }) =>
      state === scheduled && (attempt ?? 1) > 1 && scheduledTime ? [tsToMs(scheduledTime)] : [],
    );
    if (nextAttempts.length === 0 || nextAttempts.length < pending.length) continue;
    const left = Math.min(...nextAttempts) - (await orderTime(client, workflowId));
    if (left > worthSkippingMs) await letTimePass(client, workflowId, left);
  }
  throw new EngineError('no-worker', `order ${orderId} is still at work after ${patienceMs / 1_000} s: no worker serves it, or a step keeps failing`);
}
