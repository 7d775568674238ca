import type { Act, ActName } from '../../domain/acts.ts';
import type { Command } from '../../domain/order.ts';
import { stepKey, type StepName, stepNames } from '../../domain/steps.ts';
import { day } from '../support/orders.ts';
import { actsByAnotherRole, entitledActs } from './acts-to-try.ts';
import type { Seen } from './core.ts';
import { answersTo, changeOf, doneWith, failedWith, runningSteps } from './reports-to-try.ts';
import type { Turn } from './story.ts';

const holds = ['P-7', 'P-8', 'P-9'] as const;
const everyAct = [...entitledActs, ...actsByAnotherRole];

/** Draws from one number again and again: each draw takes its part of it. */
class Draw {
  #left: number;
  constructor(number: number) {
    this.#left = number;
  }
  below(limit: number): number {
    const drawn = this.#left % limit;
    this.#left = Math.floor(this.#left / limit);
    return drawn;
  }
  of<T>(list: readonly T[]): T | undefined {
    return list[this.below(Math.max(1, list.length))];
  }
}

const asCommand = (act: Act | undefined, id: string): Command | undefined => act && { type: 'act', act: { ...act, id } };

/** Done less often than they are asked for, so that more orders come to their delivery. */
const ends: ReadonlySet<ActName> = new Set(['confirm-hit', 'deny', 'deny-purchase']);

/** An act that somebody is asked for; what failed is mended, nothing else. */
function askedAct({ plan, order }: Seen, draw: Draw): Act | undefined {
  const ask = draw.of(plan.asks);
  const name = ask && draw.of(ask.acts.filter((one) => !ends.has(one) || draw.below(4) === 0));
  const ways = entitledActs.filter((act) => act.name === name && act.by === ask?.role);
  return draw.of(ways.filter((act) => !('step' in act) || order.steps[act.step]?.state === 'failed'));
}

/** The world goes on: a wanted step is started, or a running one answers, seven times of eight as an answer and else by failing. */
function stepOn({ plan, order }: Seen, draw: Draw): Command | undefined {
  const wanted = draw.of(plan.run);
  if (wanted) return { type: 'step-started', step: wanted.step };
  const running = draw.of(runningSteps(order));
  if (running === undefined) return undefined;
  if (draw.below(8) === 0) return failedWith(running, order.steps[running]?.wish ?? 0);
  const [good, ...others] = answersTo(order, running, holds);
  return draw.below(5) === 0 ? (draw.of(others) ?? good) : good;
}

function strayReport({ order }: Seen, draw: Draw): Command {
  const step: StepName = draw.of(stepNames) ?? 'ship';
  const wish = Math.max(0, (order.steps[step]?.wish ?? 0) + draw.below(3) - 1);
  return draw.below(2) === 0 ? doneWith(step, wish) : failedWith(step, wish);
}

const wordOfStock = ({ order }: Seen, draw: Draw): Command => {
  const wish = (order.steps['reserve-stock']?.wish ?? 0) - draw.below(2);
  return { type: 'stock-freed', key: stepKey(order.terms.id, 'reserve-stock', wish) };
};

function policyChange({ order, notes }: Seen, draw: Draw): Command {
  const lifts = notes.holds.length > 0 && draw.below(4) > 0;
  const id = (lifts ? draw.of(notes.holds) : draw.of(holds)) ?? 'P-7';
  return { type: 'policy-changed', change: changeOf(id, lifts || draw.below(3) === 0 ? 'lift' : 'hold', draw.below(3) === 0 ? 0 : order.policyEpoch + 1) };
}

/** A moment at which time is looked at (epoch milliseconds): around the deadline, or anywhere in forty days. */
function moment({ now, plan }: Seen, draw: Draw): number {
  const due = plan.deadline?.at;
  return due !== undefined && draw.below(3) === 0 ? due - 1 + draw.below(3) : now + draw.below(40 * day);
}

function command(seen: Seen, draw: Draw, turn: number): Command | undefined {
  const kind = draw.below(16);
  const id = `act-${turn}`;
  if (kind < 6) return asCommand(askedAct(seen, draw), id);
  if (kind < 11) return stepOn(seen, draw);
  if (kind === 11) return draw.below(4) === 0 ? wordOfStock(seen, draw) : policyChange(seen, draw);
  if (kind === 12) return strayReport(seen, draw);
  if (kind === 13) return asCommand(draw.of(everyAct), id);
  // Under an id that may have been used before.
  if (kind === 14) return asCommand(draw.of(everyAct), draw.of(Object.keys(seen.order.acts)) ?? id);
  return undefined;
}

/** The command that a random whole number (below 2^48) stands for where an order stands, and when it comes. Where it stands for none, time passes. */
export function turnFor(seen: Seen, number: number, turn: number): Turn {
  const draw = new Draw(number);
  const later = draw.below(8) === 0 ? moment(seen, new Draw(Math.floor(number / 2))) : seen.now;
  const drawn = command(seen, draw, turn);
  return drawn ? { command: drawn, at: later } : { command: { type: 'deadline-reached' }, at: moment(seen, draw) };
}
