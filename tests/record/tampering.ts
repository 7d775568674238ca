import { entryHash } from '../../record/chain.ts';
import type { Entry, RecordFile } from '../../record/format.ts';
import type { Json } from '../../record/json.ts';
import { isObject, toJsonObject } from '../../record/json.ts';
import { sha256 } from '../../record/digest.ts';

/** A record that somebody has laid hands on, and the entry at which that must be found; null where it is about none. */
export interface Tampered {
  readonly what: string;
  readonly record: RecordFile;
  readonly index: number | null;
}

/** Numbers that look random and are the same in every run: SHA-256 of the seed and a counter. */
export function diceOf(seed: string): (sides: number) => number {
  let rolls = 0;
  return (sides) => Number.parseInt(sha256(`${seed} ${(rolls += 1)}`).slice(0, 12), 16) % sides;
}
export type Dice = (sides: number) => number;

export const changedText = (text: string, dice: Dice): string => {
  const letters = Array.from(text);
  const at = dice(Math.max(letters.length, 1));
  return letters.toSpliced(at, 1, letters[at] === 'a' ? 'b' : 'a').join('');
};

/** The value with one thing in it changed, and still of a form that may stand in a record. */
export function changed(value: Json, dice: Dice): Json {
  if (typeof value === 'string') return changedText(value, dice);
  if (typeof value === 'number') return value + 1 + dice(1_000);
  if (typeof value === 'boolean') return !value;
  if (value === null) return 'nothing';
  if (Array.isArray(value)) {
    const list: readonly Json[] = value;
    const at = dice(list.length + 1);
    return at === list.length ? [...list, 'more'] : list.map((one, index) => (index === at ? changed(one, dice) : one));
  }
  const names = Object.keys(value);
  const name = names[dice(names.length)];
  const object = toJsonObject(value);
  return name === undefined ? { more: true } : { ...object, [name]: changed(object[name] ?? null, dice) };
}

/** Chains the entries anew from `from` on, as somebody does who knows the format and has no key. */
export function rechained(order: string, entries: readonly Entry[], from: number): Entry[] {
  const done: Entry[] = [];
  for (const [index, entry] of entries.entries()) {
    const { hash: _hash, ...rest } = entry;
    const next = { ...rest, sequence: index, previous: done.at(-1)?.hash ?? entry.previous };
    done.push(index < from ? entry : { ...next, hash: entryHash(order, next) });
  }
  return done;
}

const fitted = (record: RecordFile, entries: readonly Entry[]): RecordFile => ({
  ...record,
  entries,
  head: { ...record.head, count: entries.length, hash: entries.at(-1)?.hash ?? record.head.hash },
});

type Hand = (record: RecordFile, dice: Dice) => Tampered;
const anEntry = ({ entries }: RecordFile, dice: Dice): { readonly index: number; readonly entry: Entry } => {
  const index = dice(entries.length);
  const entry = entries[index];
  if (!entry) throw new Error('a record to tamper with has entries');
  return { index, entry };
};
const put = (record: RecordFile, index: number, entry: unknown): RecordFile => ({ ...record, entries: record.entries.toSpliced(index, 1, entry as Entry) });

/** An entry changed where it stands: each of its fields, its event, a field more or less. */
const onePart: Hand = (record, dice) => {
  const { index, entry } = anEntry(record, dice);
  const names = Object.keys(entry);
  const name = names[dice(names.length)] ?? 'at';
  return { what: `entry ${index}: ${name} changed`, record: put(record, index, { ...entry, [name]: changed(toJsonObject(entry)[name] ?? null, dice) }), index };
};
const deep: Hand = (record, dice) => {
  const { index, entry } = anEntry(record, dice);
  return { what: `entry ${index}: event changed`, record: put(record, index, { ...entry, event: changed(entry.event, dice) }), index };
};
const fieldAdded: Hand = (record, dice) => {
  const { index, entry } = anEntry(record, dice);
  const grown = dice(2) === 0 ? { ...entry, note: 'added' } : { ...entry, event: { ...entry.event, note: 'added' } };
  return { what: `entry ${index}: field added`, record: put(record, index, grown), index };
};
const fieldDropped: Hand = (record, dice) => {
  const { index, entry } = anEntry(record, dice);
  const names = Object.keys(entry);
  const gone = names[dice(names.length)];
  const less = Object.fromEntries(Object.entries(entry).filter(([name]) => name !== gone));
  return { what: `entry ${index}: ${gone} dropped`, record: put(record, index, less), index };
};
const backDated: Hand = (record, dice) => {
  const { index, entry } = anEntry(record, dice);
  const at = entry.at - 1 - dice(90 * 86_400_000);
  const dated = { ...entry, at, event: { ...entry.event, at } };
  const isChained = dice(2) === 0;
  const entries = record.entries.toSpliced(index, 1, dated);
  return {
    what: `entry ${index}: back-dated${isChained ? ' and chained anew' : ''}`,
    record: isChained ? fitted(record, rechained(record.order, entries, index)) : { ...record, entries },
    index,
  };
};
const dropped: Hand = (record, dice) => {
  const { index } = anEntry(record, dice);
  return { what: `entry ${index} dropped`, record: { ...record, entries: record.entries.toSpliced(index, 1) }, index };
};
const truncated: Hand = (record, dice) => {
  const index = dice(record.entries.length);
  const cut = { ...record, entries: record.entries.slice(0, index) };
  return { what: `cut before entry ${index}`, record: dice(2) === 0 ? cut : fitted(record, cut.entries), index };
};
const added: Hand = (record, dice) => {
  const { index, entry } = anEntry(record, dice);
  const place = dice(record.entries.length + 1);
  const copy = dice(2) === 0 ? entry : { ...entry, sequence: place };
  return {
    what: `entry ${index} again at ${place}`,
    record: { ...record, entries: record.entries.toSpliced(place, 0, copy) },
    index: place === index ? index + 1 : place,
  };
};
const moved: Hand = (record, dice) => {
  const [one, other] = [dice(record.entries.length), dice(record.entries.length)];
  const [low, high] = one === other ? [0, 1] : [Math.min(one, other), Math.max(one, other)];
  const [first, second] = [record.entries[low], record.entries[high]];
  if (!first || !second) throw new Error('a record to tamper with has two entries');
  return { what: `entries ${low} and ${high} swapped`, record: { ...record, entries: record.entries.with(low, second).with(high, first) }, index: low };
};
/** By somebody who knows the format: everything is consistent again, but for the signature. */
const rewritten: Hand = (record, dice) => {
  const { index, entry } = anEntry(record, dice);
  const { entries, order } = record;
  const forged = { ...entry, event: { ...entry.event, note: dice(1_000) } };
  const ways = [
    { what: 'entry changed', index, entries: entries.toSpliced(index, 1, forged) },
    { what: 'entry added', index, entries: entries.toSpliced(index, 0, forged) },
    { what: 'entry dropped', index, entries: entries.toSpliced(index, 1) },
    { what: 'entry added at the end', index: entries.length, entries: [...entries, { ...(entries.at(-1) ?? entry), event: { at: entry.at, type: 'note' } }] },
  ];
  const way = ways[dice(ways.length)] ?? { what: 'nothing', index, entries };
  const fixed = way.entries.map((one) => ({ ...one, at: one.at, event: { ...one.event, at: one.at } }));
  return { what: `${way.what} at ${way.index} and chained anew`, record: fitted(record, rechained(order, fixed, way.index)), index: way.index };
};
const stripped: Hand = (record, dice) => {
  const { record: forged } = rewritten(record, dice);
  return { what: 'signature taken away', record: { ...forged, signature: null, keyring: null, root: null, inclusion: null }, index: null };
};
const aroundIt: Hand = (record, dice) => {
  const names = ['terms', 'policy', 'signature', 'keyring', 'root', 'head', 'order', 'inclusion'] as const;
  const name = names[dice(names.length)] ?? 'terms';
  const value = toJsonObject(record)[name] ?? null;
  const other = isObject(value) || dice(3) > 0 ? changed(value, dice) : null;
  return { what: `${name} changed`, record: { ...record, [name]: other }, index: null };
};

const hands: readonly Hand[] = [onePart, deep, fieldAdded, fieldDropped, backDated, dropped, truncated, added, moved, rewritten, rewritten, stripped, aroundIt];

/** One tampering after another, of every kind in turn. */
export function tamper(record: RecordFile, number: number, dice: Dice): Tampered {
  const hand = hands[number % hands.length] ?? onePart;
  return hand(record, dice);
}
