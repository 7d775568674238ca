import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import {
  type Client,
  isGrpcServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure, type SignalDefinition } from '@temporalio/common';
import { tsToMs } from '@temporalio/common/lib/time.js';
import { standings } from '../domain/plan.ts';
import type { PolicyChange } from '../domain/policy-change.ts';
import { orderClosed } from '../domain/refusal.ts';
import { isRole } from '../domain/roles.ts';
import type { Envelope } from '../domain/signing/envelope.ts';
import { type ActAnswer, keyringSignal, orderWorkflowId, policyChangeSignal } from '../workflows/messages.ts';
import { EngineError } from './errors.ts';
import { summaryOf } from './orders.ts';

/** An act that an order did not take: a code of `domain/refusal.ts`, or `order-unknown` where there is no such order. */
export interface ActRefused {
  readonly code: string;
  readonly message: string;
}

/** How long an act is waited for; an order answers within a fraction of a second where a worker runs. */
const patienceMs = 15_000;
const grpc = { failedPrecondition: 9, unavailable: 14, aborted: 10, resourceExhausted: 8 } as const;
const notFound = 5;
const passing: ReadonlySet<number> = new Set(Object.values(grpc));

/** What an act is sent as: a plain one, or its envelope. */
export interface SentAct {
  readonly name: string;
  /** Names the act: what was taken under it before is answered with no events. */
  readonly id: string;
  /** The Update's one argument. */
  readonly message: object;
}

/** A plain act; `id` goes along in it. */
export const plainAct = (name: string, fields: Readonly<Record<string, unknown>>, id: string = randomUUID()): SentAct => ({
  name,
  id,
  message: { ...fields, id },
});

/**
 * Sends an act to an order and answers what it led to, or why it was refused. Safe to repeat with the same `id`: an act
 * that was taken before answers no events. Throws
 * `no-worker` where nobody could have taken it.
 */
export async function sendAct(client: Client, orderId: string, { name, id, message }: SentAct): Promise<ActAnswer | { readonly refused: ActRefused }> {
  const handle = client.workflow.getHandle(orderWorkflowId(orderId));
  const until = Date.now() + patienceMs;
  // With other content under the same id the order must be asked, and not the server, which compares Updates by their ids alone.
  const updateId = `${id}/${digestOf(name, message)}`;
  const before = await takenBefore(client, orderId, updateId);
  if (before) return { ...before, events: [] };
  for (;;) {
    try {
      return await client.withDeadline(until, () => handle.executeUpdate<ActAnswer, [unknown]>(name, { args: [message], updateId }));
    } catch (error) {
      if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure) {
        const refused = { code: error.cause.type ?? 'refused', message: error.cause.message };
        if (refused.code === 'already-taken') return await standing(client, orderId);
        if (refused.code !== 'being-repaired' || Date.now() > until) return { refused };
      } else if (error instanceof WorkflowNotFoundError) {
        const refused = await whyNotOpen(client, orderId);
        // Open after all: it was between two runs.
        if (refused) return { refused };
      } else if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) {
        throw new EngineError(
          'no-worker',
          `order ${orderId} did not answer within ${patienceMs / 1_000} s: no worker runs, or it is busy. Start one (npm start), then repeat with --id ${id}: it counts once`,
          { cause: error },
        );
      } else if (!isPassing(error) || Date.now() > until) {
        throw error;
      }
      await wait(300);
    }
  }
}

/** Where an order stands that had taken a signed act before, also under another envelope. */
async function standing(client: Client, orderId: string): Promise<ActAnswer> {
  const { order, stage, waitingOn, deadline } = summaryOf(await client.workflow.getHandle(orderWorkflowId(orderId)).describe());
  return { order, events: [], stage: standings.find((one) => one === stage) ?? 'closing', waitingOn: waitingOn.filter(isRole), deadline };
}

const digestOf = (name: string, message: object): string =>
  createHash('sha256')
    .update(JSON.stringify([name, Object.entries(saidIn(message)).toSorted(([a], [b]) => (a < b ? -1 : 1))]))
    .digest('hex')
    .slice(0, 16);

/** What an act says; signed again it says the same, though its envelope differs. */
function saidIn(message: object): object {
  if (!('payload' in message) || typeof message.payload !== 'string') return message;
  try {
    const claims: unknown = JSON.parse(Buffer.from(message.payload, 'base64url').toString());
    return typeof claims === 'object' && claims !== null && 'role' in claims && 'fields' in claims ? { role: claims.role, fields: claims.fields } : message;
  } catch {
    // Not an envelope: the order says so.
    return message;
  }
}

/** The answer that the order's present run gave to this very act before, also after it has ended. */
async function takenBefore(client: Client, orderId: string, updateId: string): Promise<ActAnswer | undefined> {
  try {
    const update = client.workflow.getHandle(orderWorkflowId(orderId)).getUpdateHandle<ActAnswer>(updateId);
    return await client.withDeadline(Date.now() + patienceMs, () => update.result());
  } catch (error) {
    if (error instanceof WorkflowNotFoundError || error instanceof WorkflowUpdateFailedError || error instanceof WorkflowUpdateRPCTimeoutOrCancelledError)
      return undefined;
    if (isGrpcServiceError(error) && Number(error.code) === notFound) return undefined;
    throw error;
  }
}

const isPassing = (error: unknown): boolean => isGrpcServiceError(error) && passing.has(Number(error.code));

/** Why nothing can be sent to an order: there is none, or it is closed; undefined where it is open. */
export async function whyNotOpen(client: Client, orderId: string): Promise<ActRefused | undefined> {
  try {
    const { status } = await client.workflow.getHandle(orderWorkflowId(orderId)).describe();
    if (status.name === 'RUNNING') return undefined;
    const { refused: code, message, accepted } = orderClosed(orderId);
    return { code, message: `${message}. Accepted: ${accepted}` };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return orderUnknown(orderId);
    throw error;
  }
}

export const orderUnknown = (orderId: string): ActRefused => ({ code: 'order-unknown', message: `no order ${orderId}: twokey orders lists those there are` });

/** Tells an order of a policy change, or in an envelope where the order takes signed acts alone; it cannot be refused. Answers `order-unknown` or `order-closed` where nobody is there to tell. */
export const sendPolicyChange = (client: Client, orderId: string, change: PolicyChange | Envelope): Promise<ActRefused | undefined> =>
  signalled(client, orderId, policyChangeSignal, change);

/** Tells an order of a newer keyring; one that is not, or not signed by the order's root key, changes nothing. Answers as `sendPolicyChange` does. */
export const sendKeyring = (client: Client, orderId: string, jws: string): Promise<ActRefused | undefined> => signalled(client, orderId, keyringSignal, jws);

/** Sends an order a Signal; answers why nobody is there to take it. */
export async function signalled<T>(client: Client, orderId: string, signal: SignalDefinition<[T]>, message: T): Promise<ActRefused | undefined> {
  try {
    await client.workflow.getHandle(orderWorkflowId(orderId)).signal(signal, message);
    return undefined;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return await whyNotOpen(client, orderId);
    throw error;
  }
}

/** A poll that a worker left open is renewed at the latest after a minute. */
const pollAgeMs = 70_000;

/** Throws `no-worker` where no worker has asked for work of the task queue within the last minute. */
export async function requireWorker(client: Client, taskQueue: string): Promise<void> {
  const { pollers } = await client.workflowService.describeTaskQueue({ namespace: client.options.namespace, taskQueue: { name: taskQueue }, taskQueueType: 1 });
  const isFresh = (pollers ?? []).some((poller) => poller.lastAccessTime && Date.now() - tsToMs(poller.lastAccessTime) < pollAgeMs);
  if (!isFresh)
    throw new EngineError('no-worker', `no worker serves task queue ${taskQueue}, so nothing was sent: start one (npm start, or node workers/main.ts)`);
}
