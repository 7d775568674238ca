import { customerClasses, type OrderTerms } from '../terms.ts';
import type { Quota, UnitsInUse } from './quota.ts';
import { overQuota, type OverQuota } from './quota-headroom.ts';

/** An order that waits for stock of one product. */
export interface Waiting {
  readonly orderId: string;
  readonly units: number;
  readonly customerClass: OrderTerms['customerClass'];
  /** Counts up with each order that joins; an order keeps its own while it waits. */
  readonly arrival: number;
  /** When it joined, in epoch milliseconds. */
  readonly since: number;
  /** Whose units they count as; left out where nobody knows. */
  readonly customer?: string;
  /** The caps that it must keep; left out where it has none. */
  readonly quotas?: readonly Quota[];
}

/** An order whose turn has come. `over` there where a cap leaves no room for it by then: it gets nothing, and waits no longer. */
export interface Turn<W extends Waiting> {
  readonly one: W;
  readonly over?: OverQuota;
}

/** How stock that is short is given out. */
export interface QueueRules {
  /** `strict`: an order at the head that is too large blocks those behind it; `fit`: who fits into what is free is served. */
  readonly discipline: 'strict' | 'fit';
  /** After so many milliseconds each an order is treated as of the next better class; `null` where waiting lifts nobody. */
  readonly agingMs: number | null;
}

/** What a ledger begins with. */
export const defaultQueueRules: QueueRules = { discipline: 'fit', agingMs: 30 * 86_400_000 };

/** The rank of an order at `at` (epoch milliseconds): 0 is served first. Customer classes rank in the order of their list, core first. */
export function rankOf({ customerClass, since }: Waiting, { agingMs }: QueueRules, at: number): number {
  const lifted = agingMs === null ? 0 : Math.floor(Math.max(0, at - since) / agingMs);
  return Math.max(0, customerClasses.indexOf(customerClass) - lifted);
}

/** Orders as they are served at `at`: by class, lifted by how long they have waited, then by arrival. */
export const inOrderOfPriority = <W extends Waiting>(waiting: readonly W[], rules: QueueRules, at: number): readonly W[] =>
  waiting.toSorted((a, b) => rankOf(a, rules, at) - rankOf(b, rules, at) || a.arrival - b.arrival);

/** Of whom `free` units are given out at `at`, whole orders alone, the turn has come, the first served first; `inUse` is what caps count until then. */
export function turns<W extends Waiting>(
  waiting: readonly W[],
  free: number,
  rules: QueueRules,
  at: number,
  { product, inUse }: { readonly product: string; readonly inUse: readonly UnitsInUse[] },
): readonly Turn<W>[] {
  let left = free;
  let isBlocked = false;
  const used = [...inUse];
  return inOrderOfPriority(waiting, rules, at).flatMap((one): Turn<W>[] => {
    const { units, customer, quotas } = one;
    if (isBlocked || units > left) {
      isBlocked = rules.discipline === 'strict';
      return [];
    }
    const taken = customer === undefined ? undefined : { customer, product, units };
    const over = taken && quotas && overQuota(quotas, taken, used);
    if (over) return [{ one, over }];
    left -= units;
    if (taken) used.push(taken);
    return [{ one }];
  });
}

/** The place of an order in the queue at `at`, the first being 1. */
export const placeOf = <W extends Waiting>(waiting: readonly W[], orderId: string, rules: QueueRules, at: number): number =>
  inOrderOfPriority(waiting, rules, at).findIndex((one) => one.orderId === orderId) + 1;
