import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { ApplicationFailure, Context } from '@temporalio/activity';
import type { Database } from '../ledger/database.ts';
import { happenOnce, nextFault } from '../ledger/simulation.ts';
import type { StepName } from '../domain/steps.ts';
import type { Occasion } from './ports.ts';

/**
 * The other side of every simulated port: it remembers each effect by key in the ledger's database, so that it happens
 * once however often it is asked for, also across processes, and it shows the faults that were planted.
 */
export interface SimulatedWorld {
  /** Lets a step take effect once. `answer` is built from a reference that depends on the seed and the key alone. */
  happen<A extends object>(step: StepName, occasion: Occasion, answer: (reference: string) => A): Promise<A>;
}

/** Longer than an attempt is waited for: a late answer comes when the attempt has been given up. */
const lateByMs = 12_000;

/** A reference such as `CARRIER-1F3A90BC`: the same seed and key give the same one. */
const referenceOf = (seed: string, key: string): string => createHash('sha256').update(`${seed}\n${key}`).digest('hex').slice(0, 8).toUpperCase();

export function createSimulatedWorld(database: Database, seed: string): SimulatedWorld {
  return {
    async happen(step, occasion, answer) {
      const { key, orderId, at } = occasion;
      const effect = () => happenOnce(database, { key, step, orderId, at, answer: answer(referenceOf(seed, key)) });
      switch (await nextFault(database, step, orderId)) {
        case 'unavailable':
          throw ApplicationFailure.retryable(`simulated: the other side of ${step} is unavailable`, 'unavailable');
        case 'rejected':
          throw ApplicationFailure.nonRetryable(`simulated: the other side rejects ${step}`, 'rejected');
        case 'answer-lost':
          await effect();
          throw ApplicationFailure.retryable(`simulated: the answer of ${step} was lost after it took effect`, 'answer-lost');
        case 'late':
          await wait(lateByMs, undefined, { signal: Context.current().cancellationSignal });
          return await effect();
        case 'twice':
          await effect();
          return await effect();
        case undefined:
          return await effect();
      }
    },
  };
}
