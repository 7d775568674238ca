import type { Act, ActName } from './acts.ts';
import type { EventType, OrderEvent } from './events.ts';
import type { Refusal } from './refusal.ts';
import type { Role } from './roles.ts';
import type { Order } from './state.ts';
import type { Report, StepName } from './steps.ts';

/** Something a person is asked for: any one of these acts, by a day where there is one (epoch milliseconds). */
export interface Ask {
  readonly role: Role;
  readonly acts: readonly ActName[];
  readonly dueAt?: number;
}

/** What a stage wants next: steps of the world that may run at once, and acts of people. */
export interface Wants {
  readonly steps: readonly StepName[];
  readonly asks: readonly Ask[];
}
export const nothing: Wants = { steps: [], asks: [] };

export const stageNames = ['intake', 'allocation', 'us-review', 'china-review', 'fulfillment'] as const;

/** One station of the journey: when it is over, and what it wants until then. */
export interface Stage {
  readonly name: (typeof stageNames)[number];
  isDone(order: Order): boolean;
  wants(order: Order): Wants;
}

/** What an act leads to, act by act. The rules that hold for every act (role, form, hold, ending) have been asked before. */
export type ActRules<N extends ActName> = { readonly [K in N]: (order: Order, act: Act<K>, at: number) => OrderEvent[] | Refusal };

/** What the answer of a step means, step by step. A report is a fact: it is taken in every state. */
export type ReportRules<S extends StepName> = { readonly [K in S]: (order: Order, result: Report<K>['result'], at: number) => OrderEvent[] };

/** The order after a fact, fact by fact. */
export type Evolutions<T extends EventType> = { readonly [K in T]: (order: Order, event: OrderEvent<K>) => Order };

/** The calendar day of a moment in UTC. */
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
