import type { StandingHold } from '../ledger/screening-holds.ts';
import type { LookedAt, ScreeningRun } from '../ledger/screening-runs.ts';
import { toSign } from './customer-orders.ts';
import { moment, part } from './output.ts';

/** What a screening made of one customer: `answered` where it matches, and somebody has told each match from it on every order that is open. */
export interface Found extends LookedAt {
  readonly outcome: 'clear' | 'held' | 'answered';
  readonly orders: readonly { readonly order: string; readonly hold: string; readonly says: string }[];
}

/** Everybody whom a run looked at, with the orders that are held for a match now. */
export const foundIn = (looked: readonly LookedAt[], standing: readonly StandingHold[]): Found[] =>
  looked.map((one) => {
    const orders = standing
      .filter(({ customer }) => customer === one.customer)
      .map(({ order, hold, told }) => ({ order, hold, says: told === 'to-sign' ? toSign(order, 'hold', hold) : `held by ${hold}` }));
    return { ...one, outcome: one.matches.length === 0 ? 'clear' : orders.length > 0 ? 'held' : 'answered', orders };
  });

/** The versions of the lists that answered; more than one where a list changed meanwhile. */
export const listsIn = (found: readonly Found[]): string[] => [...new Set(found.map(({ listVersion }) => listVersion))];

export const tally = (found: readonly Found[]): { readonly [O in Found['outcome']]: number } => {
  const of = (outcome: Found['outcome']): number => found.filter((one) => one.outcome === outcome).length;
  return { clear: of('clear'), held: of('held'), answered: of('answered') };
};

export const customerLines = ({ customer, outcome, listVersion, matches, orders }: Found): string[] => [
  `${customer}  ${outcome}  list ${listVersion}${matches.length > 0 ? `, matches ${matches.join(', ')}` : ''}`,
  ...orders.map(({ order, says }) => `  ${order}  ${says}`),
];

export const runLine = ({ run, begun, finished }: ScreeningRun, lists: readonly string[]): string =>
  `screening ${run}, begun ${moment(begun)}, ${finished === null ? 'not over yet' : `over ${moment(finished)}`}${lists.length > 0 ? `, list ${lists.join(', ')}` : ''}`;

/** Every order that is held for a match, and how that ends. */
export const heldLines = (held: readonly StandingHold[]): string[] =>
  held.length === 0
    ? ['no order is held for a match']
    : [
        ...part(
          ['order', 'customer', 'matches', 'list', 'since', 'hold'],
          [14, 16, 18, 18, 18, 34],
          held.map(({ order, customer, matches, listVersion, since, hold }) => [order, customer, matches.join(', '), listVersion, moment(since), hold]),
        ),
        '',
        'A false match: npx twokey act ORDER lift --as policy.admin --hold HOLD --reason ...    A true one: npx twokey act ORDER cancel --as seller.desk --reason ...',
      ];
