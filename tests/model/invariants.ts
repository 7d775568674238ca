import type { Judged, Seen, Core } from './core.ts';
import type { Invariant } from './invariant.ts';
import { decisions } from './invariants/decisions.ts';
import { ending } from './invariants/ending.ts';
import { filing } from './invariants/filing.ts';
import { holds } from './invariants/holds.ts';
import { keys } from './invariants/keys.ts';
import { record } from './invariants/record.ts';
import { review } from './invariants/review.ts';
import { rights } from './invariants/rights.ts';
import { steps } from './invariants/steps.ts';
import { time } from './invariants/time.ts';
import { truth } from './invariants/truth.ts';
import { waiting } from './invariants/waiting.ts';

/** What must hold always, under the number that docs/invariants.md gives it. */
export type Numbered = Invariant & { readonly number: number };
/** All that must hold always, in the order of docs/invariants.md. */
export const invariants: readonly Numbered[] = [
  ...keys,
  ...decisions,
  ...filing,
  ...review,
  ...time,
  ...holds,
  ...record,
  ...steps,
  ...ending,
  ...waiting,
  ...rights,
  ...truth,
].map((one, index) => ({ ...one, number: index + 1 }));

/** An invariant that does not hold, and why. */
export interface Fault {
  readonly invariant: Numbered;
  readonly why: string;
}
/** What looks at the invariants, each in turn, and tells the first that does not hold. */
export interface Lookout {
  readonly atCommand: (judged: Judged) => Fault | undefined;
  readonly atState: (seen: Seen, core: Core) => Fault | undefined;
}

/** A state that cannot even be looked at is at fault. */
const whyOf = (fault: () => string | undefined): string | undefined => {
  try {
    return fault();
  } catch (error) {
    return `cannot be told: ${error instanceof Error ? error.message : String(error)}`;
  }
};

/** Looks out for all invariants, or for those that are wanted. */
export function lookoutFor(wanted: (invariant: Numbered) => boolean = () => true): Lookout {
  const all = invariants.filter(wanted);
  const ofCommands = all.flatMap((invariant) => (invariant.ofCommand ? [{ invariant, fault: invariant.ofCommand }] : []));
  const ofStates = all.flatMap((invariant) => (invariant.ofState ? [{ invariant, fault: invariant.ofState }] : []));
  return {
    atCommand: (judged) => {
      for (const { invariant, fault } of ofCommands) {
        const why = whyOf(() => fault(judged));
        if (why !== undefined) return { invariant, why };
      }
      return undefined;
    },
    atState: (seen, core) => {
      for (const { invariant, fault } of ofStates) {
        const why = whyOf(() => fault(seen, core));
        if (why !== undefined) return { invariant, why };
      }
      return undefined;
    },
  };
}
