import type { OrderEvent } from '../../../domain/events.ts';
import type { Command } from '../../../domain/order.ts';
import type { Plan } from '../../../domain/plan.ts';
import { isRefusal, type Refusal } from '../../../domain/refusal.ts';
import type { Order } from '../../../domain/state.ts';
import { type Core, theCore } from '../core.ts';
import { type ReviewBounds, reviewWalks } from '../review/bounds.ts';

/** The core with one thing broken on purpose, and the invariant that must find it. */
export interface Mutant {
  readonly says: string;
  readonly caughtBy: string;
  readonly core: Core;
  /** The walk of the US review in which it is found; none for an order of edition 1. */
  readonly walk?: ReviewBounds;
}

type Decide = Core['decide'];
type Evolve = Core['evolve'];

/** Breaks `decide`; consequences are left to the true one. */
export const deciding = (says: string, caughtBy: string, decide: Decide): Mutant => ({ says, caughtBy, core: { ...theCore, decide } });
/** Breaks what `decide` tells, event by event. */
export const telling = (says: string, caughtBy: string, tell: (event: OrderEvent, order: Order, command: Command) => OrderEvent | OrderEvent[]): Mutant =>
  deciding(says, caughtBy, (order, command, now) => eachOf(theCore.decide(order, command, now), (event) => tell(event, order, command)));
/** Breaks `evolve`, and `decide` goes on from what it makes of an order. */
export const evolving = (says: string, caughtBy: string, evolve: Evolve): Mutant => ({ says, caughtBy, core: { ...theCore, evolve } });
/** Breaks `plan`. */
export const planning = (says: string, caughtBy: string, plan: (order: Order) => Plan): Mutant => ({ says, caughtBy, core: { ...theCore, plan } });

const eachOf = (answer: OrderEvent[] | Refusal, tell: (event: OrderEvent) => OrderEvent | OrderEvent[]): OrderEvent[] | Refusal =>
  isRefusal(answer) ? answer : answer.flatMap(tell);

/** The mutants as they are found in the walk of the US review whose name begins like this. */
export function inWalk(name: string, ...mutants: readonly Mutant[]): Mutant[] {
  const walk = reviewWalks.find(({ says }) => says.startsWith(name));
  if (!walk) throw new Error(`no walk is called ${name}`);
  return mutants.map((mutant) => ({ ...mutant, walk }));
}
