import { setTimeout as wait } from 'node:timers/promises';
import { type Client, WorkflowExecutionAlreadyStartedError, type WorkflowExecutionInfo, WorkflowNotFoundError } from '@temporalio/client';
import type { ActName } from '../domain/acts.ts';
import type { Role } from '../domain/roles.ts';
import type { Import } from '../domain/past.ts';
import type { OrderTrust } from '../domain/signing/order-trust.ts';
import type { OrderTerms } from '../domain/terms.ts';
import type { Policy } from '../domain/policy.ts';
import { orderIdOf, type OrderInput, orderWorkflowId, orderWorkflowType, searchAttributes } from '../workflows/messages.ts';

/** Since when a role is asked, and by when; ISO 8601, UTC. */
interface Asked {
  readonly role: string;
  readonly since: string;
  readonly due: string | null;
}

function readAsked(text: string): Asked[] {
  const [, role, since, due] = /^(\S+) since (\S+)(?: due (\S+))?$/.exec(text) ?? [];
  return role === undefined || since === undefined ? [] : [{ role, since, due: due ?? null }];
}

/** One line of the list of orders, as Temporal's visibility knows it. */
export interface OrderSummary {
  readonly order: string;
  readonly stage: string;
  readonly outcome: string | null;
  readonly waitingOn: readonly string[];
  readonly awaitedActs: readonly string[];
  /** Since when each role is asked, and by when where there is a day. */
  readonly asked: readonly Asked[];
  readonly deadline: string | null;
  readonly held: boolean;
  readonly customer: string;
  readonly product: string;
  readonly units: number | null;
}

/**
 * Starts the workflow of an order, `delayMs` from now where the order comes later; one that is known already is left as it
 * is. `takesClosedIds` lets a rehearsal begin a new order under the id of one that is closed. With `trust`, the order takes signed acts alone; with
 * `imported`, it begins in the midst of its life.
 */
export async function startOrder(
  client: Client,
  taskQueue: string,
  terms: OrderTerms,
  policy: Policy,
  { delayMs = 0, takesClosedIds = false, trust, imported }: { delayMs?: number; takesClosedIds?: boolean; trust?: OrderTrust; imported?: Import } = {},
): Promise<'started' | 'known'> {
  const input: OrderInput = { terms, policy, ...(imported && { imported }), ...(trust && { trust }) };
  const price = (terms.unitPriceMinor / 100).toFixed(2);
  try {
    await client.workflow.start(orderWorkflowType, {
      workflowId: orderWorkflowId(terms.id),
      taskQueue,
      args: [input],
      ...(delayMs > 0 && { startDelay: delayMs }),
      workflowIdReusePolicy: takesClosedIds ? 'ALLOW_DUPLICATE' : 'REJECT_DUPLICATE',
      workflowIdConflictPolicy: 'FAIL',
      memo: { units: terms.units },
      typedSearchAttributes: [
        { key: searchAttributes.stage, value: 'intake' },
        { key: searchAttributes.customer, value: terms.customer },
        { key: searchAttributes.product, value: terms.product },
      ],
      staticSummary: `${terms.units} x ${terms.product} for ${terms.customer}`,
      staticDetails: [
        `**${terms.units} x ${terms.product}** at ${price} ${terms.currency} for **${terms.customer}** (${terms.customerClass}, ${terms.endUse})`,
        `Policy ${policy.id}. Reviews ${terms.reviews}. Ship by ${terms.shipBy ?? 'no date'}.`,
        ...(imported ? [importedTold(imported)] : []),
      ].join('\n\n'),
    });
    return 'started';
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return 'known';
    throw error;
  }
}

const importedTold = ({ submittedAt, recordedAt, past }: Import): string =>
  `**Imported** on ${iso(recordedAt)} with ${past.length} entries of its past since ${iso(submittedAt)}.`;
const iso = (at: number): string => new Date(at).toISOString();

/** Orders by a condition on search attributes, oldest first; Temporal's list lags a moment behind the orders. */
export async function listOrders(client: Client, condition?: string): Promise<OrderSummary[]> {
  const query = [
    `WorkflowType = '${orderWorkflowType}'`,
    `ExecutionStatus != 'Terminated'`,
    `ExecutionStatus != 'ContinuedAsNew'`,
    ...(condition ? [condition] : []),
  ].join(' AND ');
  const found: WorkflowExecutionInfo[] = [];
  for await (const one of client.workflow.list({ query })) found.push(one);
  return found.toSorted((a, b) => a.workflowId.localeCompare(b.workflowId, 'en', { numeric: true })).map(summaryOf);
}

export const openAnd = (condition: string): string => `ExecutionStatus = 'Running' AND ${condition}`;
export const waitingOnRole = (role: Role): string => openAnd(`WaitingOn IN ('${role}')`);

/** Open orders that ask a role for an act. */
export const waitingForAct = (role: Role, act: ActName): string => openAnd(`AwaitedActs IN ('${role}:${act}')`);

export function summaryOf(execution: Pick<WorkflowExecutionInfo, 'workflowId' | 'memo' | 'typedSearchAttributes'>): OrderSummary {
  const attributes = execution.typedSearchAttributes;
  const units = execution.memo?.['units'];
  return {
    order: orderIdOf(execution.workflowId),
    stage: attributes.get(searchAttributes.stage) ?? 'unknown',
    outcome: attributes.get(searchAttributes.outcome) ?? null,
    waitingOn: attributes.get(searchAttributes.waitingOn) ?? [],
    awaitedActs: attributes.get(searchAttributes.awaitedActs) ?? [],
    asked: (attributes.get(searchAttributes.asked) ?? []).flatMap(readAsked),
    deadline: attributes.get(searchAttributes.deadline)?.toISOString() ?? null,
    held: attributes.get(searchAttributes.held) ?? false,
    customer: attributes.get(searchAttributes.customer) ?? '',
    product: attributes.get(searchAttributes.product) ?? '',
    units: typeof units === 'number' ? units : null,
  };
}

/** Ends orders that are open, without a word to them and without a trace. For rehearsals alone. */
export const abandonOrders = async (client: Client, orders: readonly string[]): Promise<void> =>
  void (await Promise.all(orders.map((order) => abandonOrder(client, order))));

async function abandonOrder(client: Client, order: string): Promise<void> {
  const workflowExecution = { workflowId: orderWorkflowId(order) };
  if (await isClosed(client, order)) return;
  await client.workflowService.deleteWorkflowExecution({ namespace: client.options.namespace, workflowExecution });
  while (!(await isClosed(client, order))) await wait(20);
}

/** Whether an order is closed, or not there at all. */
async function isClosed(client: Client, order: string): Promise<boolean> {
  try {
    return (await client.workflow.getHandle(orderWorkflowId(order)).describe()).status.name !== 'RUNNING';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return true;
    throw error;
  }
}
