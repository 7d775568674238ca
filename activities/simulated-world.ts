import type { StepName } from '../domain/steps.ts';
import type { Database } from '../ledger/database.ts';
import { happenOnce } from '../ledger/simulation.ts';
import type { Occasion } from './ports.ts';
import { referenceOf } from './simulated-answers.ts';

/**
 * The other side of every simulated port: it remembers each effect by key in the ledger's database, so that it happens
 * once however often it is asked for, also across processes.
 */
export interface SimulatedWorld {
  /** Lets a step take effect once. `answer` is built from a reference that depends on the seed and the key alone. */
  happen<A extends object>(step: StepName, occasion: Occasion, answer: (reference: string) => A): Promise<A>;
}

export const createSimulatedWorld = (database: Database, seed: string): SimulatedWorld => ({
  happen: (step, { key, orderId, at }, answer) => happenOnce(database, { key, step, orderId, at, answer: answer(referenceOf(seed, key)) }),
});
