import { openOrder } from '../../domain/order.ts';
import type { OrderTerms } from '../../domain/terms.ts';
import { dayZero, policy, terms } from '../support/orders.ts';
import type { Bounds } from './bounds.ts';
import { type Candidate, commandsAt } from './commands.ts';
import { type Core, firstSeen, type Seen } from './core.ts';
import { formOf } from './form.ts';

/** Where an exploration begins, what may come to an order on it, which orders count as the same, and where it ends. */
export interface Course {
  readonly first: (core: Core) => Seen;
  readonly commandsAt: (seen: Seen) => Candidate[];
  readonly formOf: (seen: Seen) => string;
  /** States that count as an ending: from every other one of them has to be reached. */
  readonly isEnd: (seen: Seen) => boolean;
  /** Whether nothing is tried beyond an ending. */
  readonly stopsAtEnds: boolean;
  /** Whether orders that differ only in which agency is which count as the same. */
  readonly agenciesAreAlike: boolean;
}

/** An order of edition 1 from its submission until it is closed, and beyond. */
export const wholeJourney = (way: Partial<OrderTerms>, bounds: Bounds): Course => ({
  first: (core) => firstSeen(core, openOrder(terms(way), policy()), dayZero),
  commandsAt: (seen) => commandsAt(seen, bounds),
  formOf,
  isEnd: (seen) => seen.plan.closed,
  stopsAtEnds: false,
  agenciesAreAlike: false,
});
