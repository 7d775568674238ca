import { type Agency, agencies } from '../../domain/roles.ts';
import type { Level } from '../../domain/us-review.ts';

/** Whose time the witness measures: an agency's for its opinion, the whole review's, a level's for its decision, and so on. */
export type Measured = Agency | 'total' | 'reminder' | Level | 'appeal' | 'response' | 'denial' | 'appeal-of-denial';
export const everyMeasured: readonly Measured[] = [
  ...agencies,
  ...(['total', 'reminder', 'oc-chair', 'acep', 'earb', 'appeal', 'response', 'denial', 'appeal-of-denial'] as const),
];

/** Accountable milliseconds used until `since`; `since` is missing while anything stops them. */
export interface Stopwatch {
  readonly used: number;
  readonly since: number | undefined;
  readonly stops: readonly string[];
}
export type Stopwatches = { readonly [M in Measured]?: Stopwatch };

const day = 24 * 60 * 60 * 1_000;
/** By hand from the law (EO 12981, 15 CFR 750.4, 750.6 and 756.2): what each has, in milliseconds. */
export const allowed: { readonly [M in Measured]: number } = {
  'us.state': 30 * day,
  'us.energy': 30 * day,
  'us.defense': 30 * day,
  total: 90 * day,
  reminder: 30 * day,
  'oc-chair': 14 * day,
  acep: 11 * day,
  earb: 11 * day,
  appeal: 5 * day,
  response: 20 * day,
  denial: 45 * day,
  'appeal-of-denial': 45 * day,
};
/** By hand: how long after referral a question stops clocks, in milliseconds. */
export const daysToAsk = 10 * day;

export const usedAt = ({ used, since }: Stopwatch, now: number): number => (since === undefined ? used : used + now - since);
/** When the time is over (epoch milliseconds); undefined while it stands still. */
export const endOf = (who: Measured, { used, since }: Stopwatch): number | undefined => (since === undefined ? undefined : since + allowed[who] - used);

export const startWatch = (at: number, stops: readonly string[]): Stopwatch => ({ used: 0, since: stops.length > 0 ? undefined : at, stops });
export const stopWatch = (watch: Stopwatch, why: string, at: number): Stopwatch =>
  watch.stops.includes(why) ? watch : { used: usedAt(watch, at), since: undefined, stops: [...watch.stops, why] };

/** A watch goes on once nothing stops it any more. */
export function resumeWatch(watch: Stopwatch, why: string, at: number): Stopwatch {
  if (!watch.stops.includes(why)) return watch;
  const stops = watch.stops.filter((one) => one !== why);
  return { used: watch.used, since: stops.length > 0 ? undefined : at, stops };
}

/** Every watch, or those of `whom`, changed. */
export function eachWatch(watches: Stopwatches, change: (watch: Stopwatch) => Stopwatch, whom: readonly Measured[] = everyMeasured): Stopwatches {
  const changed: { [M in Measured]?: Stopwatch } = { ...watches };
  for (const who of whom) {
    const watch = watches[who];
    if (watch) changed[who] = change(watch);
  }
  return changed;
}

/** The watches without those of `whom`. */
export function withoutWatches(watches: Stopwatches, whom: readonly Measured[]): Stopwatches {
  if (!whom.some((who) => watches[who])) return watches;
  const left: { [M in Measured]?: Stopwatch } = { ...watches };
  for (const who of whom) delete left[who];
  return left;
}
