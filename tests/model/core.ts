import type { OrderEvent } from '../../domain/events.ts';
import { type Command, decide, evolve } from '../../domain/order.ts';
import { type Plan, plan } from '../../domain/plan.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import { reviewRules } from '../../domain/rules-of.ts';
import type { Order } from '../../domain/state.ts';
import { type Notes, noNotes } from './notes.ts';
import { noted } from './take-notes.ts';

/** The three functions under check; a mutant has the same form. */
export interface Core {
  readonly decide: typeof decide;
  readonly evolve: typeof evolve;
  readonly plan: typeof plan;
}
export const theCore: Core = { decide, evolve, plan };

/** An order at a moment (epoch milliseconds), what it wants then, and what the witness has noted of its way. */
export interface Seen {
  readonly order: Order;
  readonly now: number;
  readonly plan: Plan;
  readonly notes: Notes;
}

/** A command that was judged at a moment, and what came of it. */
export interface Judged {
  readonly core: Core;
  readonly before: Seen;
  readonly command: Command;
  readonly at: number;
  readonly answer: OrderEvent[] | Refusal;
  /** What was recorded: nothing where the act was refused. */
  readonly events: readonly OrderEvent[];
  /** The notes before each of these events, and at last those after all of them. */
  readonly notes: readonly Notes[];
  readonly after: Seen;
  readonly thrown: Error | undefined;
}

/** Freezes what is new: what an order shares with the one before it is frozen already. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

/** An order before anything has happened to it, with an empty notebook. */
export function firstSeen(core: Core, order: Order, now: number): Seen {
  return { order: frozen(order), now, plan: core.plan(order), notes: noNotes };
}

/** Gives an order a command at a moment, as the workflow does. An error is part of what came of it. */
export function judge(core: Core, before: Seen, command: Command, at: number): Judged {
  const unmoved = { core, before, command, at, events: [], notes: [before.notes], after: before, thrown: undefined };
  try {
    const answer = core.decide(before.order, command, at);
    if (isRefusal(answer)) return { ...unmoved, answer };
    if (answer.length === 0) return { ...unmoved, answer, after: at === before.now ? before : { ...before, now: at } };
    const order = answer.reduce((known, event) => frozen(core.evolve(known, event)), before.order);
    const notes = [before.notes];
    let latest = before.notes;
    const known = { wanted: before.plan.run, rules: reviewRules(before.order.policy) };
    for (const event of answer) notes.push((latest = noted(latest, event, known)));
    return { ...unmoved, answer, events: answer, notes, after: { order, now: at, plan: core.plan(order), notes: latest } };
  } catch (error) {
    return { ...unmoved, answer: [], thrown: error instanceof Error ? error : new Error(String(error)) };
  }
}
