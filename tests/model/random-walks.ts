import fc from 'fast-check';
import { openOrder } from '../../domain/order.ts';
import type { Outcome } from '../../domain/state.ts';
import { dayZero, policy, terms } from '../support/orders.ts';
import { ways } from './bounds.ts';
import { rowOf } from './coarse.ts';
import { type Core, firstSeen, judge } from './core.ts';
import { lookoutFor } from './invariants.ts';
import { turnFor } from './random-commands.ts';
import { Broken, type Turn } from './story.ts';

const walks = fc.noBias(
  fc.record({ way: fc.constantFrom(...ways), numbers: fc.array(fc.nat(0xffff_ffff_ffff), { minLength: 1, maxLength: 200, size: 'max' }) }),
);
const walksABatch = 500;
const lookout = lookoutFor();

/** What random walks have come by. */
export interface Walked {
  commands: number;
  /** How many orders ended, and how. */
  readonly outcomes: Map<Outcome, number>;
  readonly rows: Set<string>;
}

/** Gives one order command after command, and looks at every invariant on each. */
function walk(core: Core, { way, numbers }: { readonly way: (typeof ways)[number]; readonly numbers: readonly number[] }, walked: Walked): void {
  const turns: Turn[] = [];
  let seen = firstSeen(core, openOrder(terms(way), policy()), dayZero);
  for (const [turn, number] of numbers.entries()) {
    const next = turnFor(seen, number, turn);
    turns.push(next);
    const judged = judge(core, seen, next.command, next.at);
    const fault = lookout.atCommand(judged) ?? (judged.after === seen ? undefined : lookout.atState(judged.after, core));
    if (fault) throw new Broken(fault, turns);
    const { outcome } = judged.after.order;
    if (outcome !== seen.order.outcome && outcome !== undefined) walked.outcomes.set(outcome, (walked.outcomes.get(outcome) ?? 0) + 1);
    seen = judged.after;
    walked.commands += 1;
    walked.rows.add(rowOf(seen));
    // A closed order is left after a few more commands that it does not take.
    if (seen.plan.closed && number % 4 === 0) return;
  }
}

/**
 * Walks at random until so many commands have been judged; the same seed walks the same. Where an invariant breaks, throws
 * the shortest story that fast-check found for it.
 */
export function walkAtRandom(core: Core, seed: number, commands: number, progress: (walked: Walked) => void = () => undefined): Walked {
  const walked: Walked = { commands: 0, outcomes: new Map(), rows: new Set() };
  for (let batch = 0; walked.commands < commands; batch += 1) {
    const property = fc.property(walks, (one) => walk(core, one, walked));
    const { failed, counterexample } = fc.check(property, { numRuns: walksABatch, seed: seed + batch });
    const [shortest] = counterexample ?? [];
    if (failed && shortest) walk(core, shortest, walked);
    if (failed) throw new Error(`seed ${seed}, batch ${batch}: failed, and not again`);
    progress(walked);
  }
  return walked;
}
