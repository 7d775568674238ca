import type { Client, WorkflowExecutionDescription } from '@temporalio/client';
import { tsToMs } from '@temporalio/common/lib/time.js';
import { untilQuiet } from '../../engine/quiet.ts';
import { letTimePass, orderTime } from '../../engine/time.ts';

/** Longer than the slowest step with its worker killed in the midst of it. */
const patienceMs = 120_000;
const scheduled = 1;
const worthSkippingMs = 200;

/**
 * Waits until an order has nothing in progress. The pause before a step's next attempt is the order's own time, so it is
 * skipped and not waited out. Throws `no-worker` where nothing comes to rest.
 */
export const settled = (client: Client, orderId: string): Promise<WorkflowExecutionDescription> =>
  untilQuiet(client, orderId, { patienceMs, meanwhile: (description) => skipPause(client, description) });

async function skipPause(client: Client, { workflowId, raw }: WorkflowExecutionDescription): Promise<void> {
  const pending = raw.pendingActivities ?? [];
  const nextAttempts = pending.flatMap(({ state, attempt, scheduledTime }) =>
    state === scheduled && (attempt ?? 1) > 1 && scheduledTime ? [tsToMs(scheduledTime)] : [],
  );
  if (nextAttempts.length === 0 || nextAttempts.length < pending.length) return;
  const left = Math.min(...nextAttempts) - (await orderTime(client, workflowId));
  if (left > worthSkippingMs) await letTimePass(client, workflowId, left);
}
