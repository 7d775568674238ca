import type { AskedSince } from './asked.ts';
import { defineSearchAttributeKey, type UpdateDefinition } from '@temporalio/common';
import { defineSignal, defineUpdate } from '@temporalio/workflow';
import type { ActName } from '../domain/acts.ts';
import type { OrderEvent } from '../domain/events.ts';
import type { Import } from '../domain/past.ts';
import type { Plan } from '../domain/plan.ts';
import type { PolicyChange } from '../domain/policy-change.ts';
import type { Retold } from '../domain/retold.ts';
import type { Role } from '../domain/roles.ts';
import type { Envelope } from '../domain/signing/envelope.ts';
import type { OrderTrust } from '../domain/signing/order-trust.ts';
import type { Order, Outcome } from '../domain/state.ts';
import type { OrderTerms } from '../domain/terms.ts';
import type { Policy } from '../domain/policy.ts';

/** The published contract of the order workflow: ids, message names and payloads, all plain JSON. */
export const orderWorkflowType = 'orderApproval';
export const defaultTaskQueue = 'twokey-orders';
export const orderWorkflowId = (orderId: string): string => `order:${orderId}`;
export const orderIdOf = (workflowId: string): string => workflowId.replace(/^order:/, '');

/** One workflow a desk waits for each night and then looks at the customers of its open orders again; another does so once, for who asks. */
export const nightlyScreeningType = 'nightlyScreening';
export const nightlyScreeningId = (taskQueue: string): string => `nightly-screening:${taskQueue}`;
export const screeningNowType = 'screeningNow';
export const screeningNowId = (taskQueue: string): string => `screening-now:${taskQueue}`;

/** One workflow a desk gives stock that has come free to the orders that wait for it. */
export const stockReceiptType = 'stockReceipt';
export const stockReceiptId = (taskQueue: string): string => `stock-receipt:${taskQueue}`;
export const stockChangedSignal = defineSignal('stock-changed');

export interface OrderInput {
  readonly terms: OrderTerms;
  readonly policy: Policy;
  /** What is told of the past of an order that began elsewhere. */
  readonly imported?: Import;
  /** The order as it was when the previous run continued as new. */
  readonly resumed?: Order;
  /** Since when, in epoch milliseconds, the roles were asked for their acts then. */
  readonly asked?: AskedSince;
  /** With it, the order takes signed acts alone. */
  readonly trust?: OrderTrust;
}

export interface OrderResult {
  readonly order: string;
  readonly outcome: Outcome;
  readonly units: number;
  readonly levyMinor: number;
  readonly currency: string;
}

/** What the sender of an act is told: what it led to and what the order waits for now. */
export interface ActAnswer {
  readonly order: string;
  readonly events: readonly OrderEvent[];
  readonly stage: Plan['stage'];
  readonly waitingOn: readonly Role[];
  readonly deadline: string | null;
}

/** Each act is an Update of its own name with one object; the validator refuses without a trace in history. */
export const actUpdate = (name: ActName): UpdateDefinition<ActAnswer, [unknown], ActName> => defineUpdate<ActAnswer, [unknown], ActName>(name);

/** A broadcast: it cannot be refused, and one that comes twice or late changes nothing. Orders of signed acts take an envelope. */
export const policyChangeSignal = defineSignal<[PolicyChange | Envelope]>('policy-change');

/** The ledger has set stock aside for an order that waits under this key; said twice or late, it changes nothing. */
export const stockFreedSignal = defineSignal<[{ readonly key: string }]>('stock-freed');

/** A newer keyring, a compact JWS; an order ignores one that its root key did not sign or that is not newer. */
export const keyringSignal = defineSignal<[string]>('keyring');

/** Sent by the repair of an order together with its reset, and by nobody else: what had been taken after that point. */
export const retellSignal = defineSignal<[readonly Retold[]]>('retell');

/** Search attributes are never encrypted: codes and dates only, no names. */
export const searchAttributes = {
  stage: defineSearchAttributeKey('OrderStage', 'KEYWORD'),
  waitingOn: defineSearchAttributeKey('WaitingOn', 'KEYWORD_LIST'),
  awaitedActs: defineSearchAttributeKey('AwaitedActs', 'KEYWORD_LIST'),
  /** Since when each role is asked, and by when: `us.state since 2025-12-22T00:00:00.000Z due 2026-01-21T00:00:00.000Z`. */
  asked: defineSearchAttributeKey('AskedOf', 'KEYWORD_LIST'),
  deadline: defineSearchAttributeKey('NextDeadline', 'DATETIME'),
  customer: defineSearchAttributeKey('CustomerCode', 'KEYWORD'),
  product: defineSearchAttributeKey('Product', 'KEYWORD'),
  outcome: defineSearchAttributeKey('Outcome', 'KEYWORD'),
  held: defineSearchAttributeKey('Held', 'BOOL'),
};
