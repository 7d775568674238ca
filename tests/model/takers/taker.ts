import type { EventType, OrderEvent } from '../../../domain/events.ts';
import type { ReviewRules } from '../../../domain/policy.ts';
import type { Call } from '../../../domain/steps.ts';
import type { Debt } from '../debts.ts';
import type { Notes } from '../notes.ts';
import type { ReviewNotes } from '../review-notes.ts';
import { type Measured, startWatch, type Stopwatch } from '../stopwatch.ts';

/** What the witness knows beside the events: the calls that the plan named before, and the numbers of the order's policy. */
export interface Known {
  readonly wanted: readonly Call[];
  readonly rules: ReviewRules;
}
type Taker<T extends EventType> = (notes: Notes, event: OrderEvent<T>, known: Known) => Notes;
export type Takers = { readonly [T in EventType]?: Taker<T> };

const alphabetical = (a: string, b: string): number => (a < b ? -1 : 1);
export const without = <T>(list: readonly T[], one: T): readonly T[] => (list.includes(one) ? list.filter((other) => other !== one) : list);
export const withOne = <T extends string>(list: readonly T[], one: T): readonly T[] => (list.includes(one) ? list : [...list, one].toSorted(alphabetical));
export const paid = (notes: Notes, debt: Debt): Notes => ({ ...notes, owed: without(notes.owed, debt) });

export const reviewed = (notes: Notes, more: Partial<ReviewNotes>): Notes => ({ ...notes, review: { ...notes.review, ...more } });

/** The notes with new watches; those that start while holds are on stand still. */
export function timed(notes: Notes, at: number, whom: readonly Measured[]): Notes {
  const stops = notes.holds.map((id) => `hold ${id}`);
  const started = Object.fromEntries(whom.map((who): [string, Stopwatch] => [who, startWatch(at, stops)]));
  return { ...notes, time: { ...notes.time, ...started } };
}
