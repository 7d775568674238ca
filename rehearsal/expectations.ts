import type { Expected } from '../edge/scenario.ts';
import type { Difference, ToldEvent, ToldOrder } from './told.ts';

const plain = ['stage', 'outcome', 'units', 'unitsShipped', 'levyMinor'] as const;

/** How an order differs from what was expected of it, in words; nothing where it does not. */
export function differencesOf(where: string, expected: Expected, was: ToldOrder): Difference[] {
  return [
    ...plain.flatMap((key) => (expected[key] === undefined || expected[key] === was[key] ? [] : [difference(`${where} ${key}`, expected[key], was[key])])),
    ...(expected.waitingOn && !isSameSet(expected.waitingOn, was.waitingOn)
      ? [difference(`${where} waitingOn`, expected.waitingOn.join(', ') || 'nobody', was.waitingOn.join(', ') || 'nobody')]
      : []),
    ...missingFacts(where, expected.timeline ?? [], was.timeline),
    ...Object.entries(expected.counts ?? {}).flatMap(([name, times]) => {
      const found = was.timeline.filter((one) => one.event === name).length;
      return found === times ? [] : [difference(`${where} counts`, `${times} x ${name}`, `${found} x ${name}`)];
    }),
    ...(expected.never ?? []).flatMap((name) => {
      const found = was.timeline.find((one) => one.event === name);
      return found ? [difference(`${where} timeline`, `never ${name}`, `${name} at ${found.at}`)] : [];
    }),
  ];
}

const difference = (where: string, expected: unknown, was: unknown): Difference => ({ where, expected: String(expected), was: String(was) });
const isSameSet = (a: readonly string[], b: readonly string[]): boolean => a.toSorted().join(' ') === b.toSorted().join(' ');

/** The first expected fact that the timeline does not have after those found before it. */
function missingFacts(where: string, expected: readonly Readonly<Record<string, unknown>>[], timeline: readonly ToldEvent[]): Difference[] {
  let from = 0;
  for (const fact of expected) {
    const found = timeline.findIndex((event, index) => index >= from && matches(fact, event));
    if (found < 0) {
      const alike = timeline.filter((event) => event.event === fact['event']);
      const was = alike.length > 0 ? alike.map((event) => JSON.stringify(pick(fact, event))).join(', ') : `no ${String(fact['event'])}`;
      return [difference(`${where} timeline`, JSON.stringify(fact), alike.some((event) => matches(fact, event)) ? `${was}, but earlier` : was)];
    }
    from = found + 1;
  }
  return [];
}

const pick = (fact: Readonly<Record<string, unknown>>, event: ToldEvent): object => Object.fromEntries(Object.keys(fact).map((key) => [key, event[key]]));
const matches = (fact: Readonly<Record<string, unknown>>, event: ToldEvent): boolean =>
  Object.entries(fact).every(([key, value]) => (key === 'at' ? event.at.startsWith(String(value)) : contains(event[key], value)));

/** Whether a value has all that is expected of it; a list must be the same list. */
function contains(was: unknown, expected: unknown): boolean {
  if (typeof expected !== 'object' || expected === null || Array.isArray(expected)) return JSON.stringify(was) === JSON.stringify(expected);
  if (typeof was !== 'object' || was === null) return false;
  return Object.entries(expected).every(([key, value]) => contains(Object.getOwnPropertyDescriptor(was, key)?.value, value));
}
