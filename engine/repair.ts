import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { History } from '@temporalio/common/lib/proto-utils.js';
import { DeterminismViolationError } from '@temporalio/workflow';
import { orderWorkflowId, orderWorkflowType, retellSignal } from '../workflows/messages.ts';
import { EngineError } from './errors.ts';
import { cutAt, takenAfter, workflowTasks } from './history.ts';
import { replayOrder } from './replay.ts';

type Long = NonNullable<NonNullable<History['events']>[number]['eventId']>;

/** What a repair did. `retold` counts the acts and policy changes that the order took again. */
export type Repair = { readonly outcome: 'healthy' } | { readonly outcome: 'repaired'; readonly resetTo: number; readonly retold: number };

/** Updates: the server would repeat them ahead of the answers that they had followed. Signals it repeats, also the retelling. */
const notRepeatedByServer = [2];

/**
 * Repairs an order whose history cannot go on: it is reset to just before the first workflow task that does not replay,
 * and told again everything that it had taken since, before it does anything else. Steps in between are done again under
 * their old keys. An order that replays is left alone.
 */
export async function repairOrder(client: Client, bundlePath: string, orderId: string): Promise<Repair> {
  const workflowId = orderWorkflowId(orderId);
  const { status, runId } = await client.workflow.getHandle(workflowId).describe();
  if (status.name !== 'RUNNING') return { outcome: 'healthy' };
  const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
  const bad = await firstBadTask(bundlePath, history, workflowId);
  if (!bad) return { outcome: 'healthy' };
  const retold = await resetTo(client, { workflowId, runId }, history, bad);
  return { outcome: 'repaired', resetTo: Number(bad.completedId), retold };
}

/** Resets a run to just before a workflow task, and has it told again what it had taken since; answers how much that is. */
export async function resetTo(
  client: Client,
  workflowExecution: { readonly workflowId: string; readonly runId: string },
  history: History,
  { startedId, completedId }: BadTask,
): Promise<number> {
  const { workflowId, runId } = workflowExecution;
  const entries = takenAfter(history, startedId);
  // Sent to the run that is stuck, so that it is in the new run's history before its first workflow task: no clock runs
  // out and no other act comes in between.
  if (entries.length > 0) await client.workflow.getHandle(workflowId, runId).signal(retellSignal, entries);
  await client.workflowService.resetWorkflowExecution({
    namespace: client.options.namespace,
    workflowExecution,
    reason: `twokey repair: the workflow task completed by event ${completedId} does not replay`,
    workflowTaskFinishEventId: completedId,
    // Two supervisors that find the same order reset it once.
    requestId: `${runId}/${completedId}`,
    resetReapplyExcludeTypes: notRepeatedByServer,
  });
  await goesOn(client, workflowId);
  return entries.length;
}

/** A completed workflow task: the event at which it started, and the one that completed it. */
interface BadTask {
  readonly startedId: number;
  readonly completedId: Long;
}

/** The first completed workflow task whose outcome the code does not give again. Later ones build on it and fail too. */
async function firstBadTask(bundlePath: string, history: History, workflowId: string): Promise<BadTask | undefined> {
  if (await replays(bundlePath, history, workflowId)) return undefined;
  const tasks = workflowTasks(history);
  let good = 0;
  let bad = tasks.length;
  // Invariant: the history cut at the start of task `good` replays; cut at the start of task `bad` (or whole) it does not.
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    const task = tasks[middle];
    if (task && (await replays(bundlePath, cutAt(history, task.startedId), workflowId))) good = middle;
    else bad = middle;
  }
  const task = tasks.slice(0, good + 1).findLast((one) => one.completed);
  const completedId = task?.completed?.eventId;
  if (!task || !completedId) throw new EngineError('engine-unreachable', `${workflowId} has no workflow task to go back to`);
  return { startedId: task.startedId, completedId };
}

async function replays(bundlePath: string, history: History, workflowId: string): Promise<boolean> {
  try {
    await replayOrder(bundlePath, history, workflowId);
    return true;
  } catch (error) {
    if (error instanceof DeterminismViolationError) return false;
    throw error;
  }
}

/** Waits until a worker has taken the order up again. */
async function goesOn(client: Client, workflowId: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const { raw } = await client.workflow.getHandle(workflowId).describe();
    if (!raw.pendingWorkflowTask) return;
    await wait(200);
  }
  throw new EngineError('no-worker', `${workflowId} was reset, but no worker has taken it up again within 20 s`);
}

const stuck = `WorkflowType = '${orderWorkflowType}' AND TemporalReportedProblems IN ('category=WorkflowTaskFailed') AND ExecutionStatus = 'Running'`;

/** Orders whose last workflow tasks failed, as Temporal reports them. */
export async function stuckOrders(client: Client): Promise<string[]> {
  const found: string[] = [];
  for await (const one of client.workflow.list({ query: stuck })) found.push(one.workflowId);
  return found;
}
