import type { Client } from '@temporalio/client';
import type { History } from '@temporalio/common/lib/proto-utils.js';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import type { OrderEvent } from '../domain/events.ts';
import { evolve, openOrder } from '../domain/order.ts';
import type { Envelope } from '../domain/signing/envelope.ts';
import type { Order } from '../domain/state.ts';
import { settledPart, startInput } from './history.ts';
import { replay } from './replay-worker.ts';
import { orderWorkflowId } from '../workflows/messages.ts';

/** What the history of an order says: all that happened to it and what it is now. */
export interface OrderRecord {
  readonly order: Order;
  readonly events: readonly OrderEvent[];
  /** The signed act by which an event came about, by the first event of each act. */
  readonly envelopes: ReadonlyMap<OrderEvent, Envelope>;
}

let isQuiet = false;
/** Replays speak by their result alone. A process that has a runtime already keeps it. */
export function quietRuntime(): void {
  if (isQuiet) return;
  isQuiet = true;
  // Not forwarded to the logger: that would keep the process from ending.
  const telemetryOptions = { logging: { filter: 'off' } };
  Runtime.install({ logger: new DefaultLogger('ERROR', () => undefined), telemetryOptions, shutdownSignals: [] });
}

/**
 * Reads an order from its history by running the order's own code over it again: no worker, no query, and the history is
 * untouched. Throws the SDK's `DeterminismViolationError` where the history cannot go on.
 */
export async function replayOrder(bundlePath: string, history: History, workflowId: string): Promise<OrderRecord | undefined> {
  const events: OrderEvent[] = [];
  const envelopes = new Map<OrderEvent, Envelope>();
  await replay(bundlePath, history, workflowId, (taken, envelope) => {
    events.push(...taken);
    const signed = envelope && taken.find((event) => event.signed);
    if (signed) envelopes.set(signed, envelope);
  });
  return events.length > 0 ? { order: events.reduce(evolve, orderAtStart(history)), events, envelopes } : undefined;
}

/** What the order was when a run began. */
function orderAtStart(history: History): Order {
  const { terms, policy, trust, resumed } = startInput(history);
  return resumed ?? openOrder(terms, policy, trust && {});
}

/** The runs of an order, oldest first: one that continued as new has several. Throws `WorkflowNotFoundError` where there is none. */
export async function runsOf(client: Client, orderId: string): Promise<History[]> {
  const workflowId = orderWorkflowId(orderId);
  await client.workflow.getHandle(workflowId).describe();
  const histories: History[] = [];
  let runId: string | undefined;
  do {
    const history: History = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    histories.unshift(history);
    runId = history.events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId || undefined;
  } while (runId);
  return histories;
}

/** Reads an order from Temporal, all its runs; undefined where no worker has taken it up yet. */
export async function readOrder(client: Client, bundlePath: string, orderId: string): Promise<OrderRecord | undefined> {
  const records: OrderRecord[] = [];
  for (const history of await runsOf(client, orderId)) {
    const settled = settledPart(history);
    const record = settled && (await replayOrder(bundlePath, settled, orderWorkflowId(orderId)));
    if (record) records.push(record);
  }
  const last = records.at(-1);
  if (!last) return undefined;
  return { order: last.order, events: records.flatMap(({ events }) => events), envelopes: new Map(records.flatMap(({ envelopes }) => [...envelopes])) };
}
