import { entryHash, genesisOf } from './chain.ts';
import { tampered } from './fault.ts';
import { entrySchema, fieldFault, type UnjudgedRecord } from './fields.ts';
import { type Chain, type Entry, limits } from './format.ts';

/** What must be known of a record to judge its entries. */
export type UnjudgedChain = Pick<UnjudgedRecord, 'format' | 'order' | 'terms' | 'policy' | 'entries'>;

/** Judges every entry of a record, from the first on. Throws `RecordFault` at the first that is not what it must be. */
export function verifyChain(record: UnjudgedChain): Chain {
  const { format, order, terms, policy } = record;
  if (terms['id'] !== order)
    throw tampered('order-differs', 'the terms are those of another order', { expected: order, found: JSON.stringify(terms['id'] ?? null) });
  let previous = genesisOf(record);
  let latest = 0;
  const entries: Entry[] = [];
  for (const [index, value] of record.entries.entries()) {
    const entry = entryOf(value, index);
    requirePlace(entry, index, previous);
    requireTime(entry, latest);
    requireHash(order, entry);
    previous = entry.hash;
    latest = Math.max(latest, entry.at);
    entries.push(entry);
  }
  return { format, order, terms, policy, entries };
}

function entryOf(value: unknown, index: number): Entry {
  const read = entrySchema.safeParse(value);
  if (!read.success) throw tampered('entry-malformed', `entry ${index}: ${fieldFault(value, read.error.issues[0])}`, { index });
  if (typeof read.data.event['type'] === 'string') return read.data;
  throw tampered('entry-malformed', `entry ${index}: event.type: expected a text`, { index });
}

function requirePlace({ sequence, previous }: Entry, index: number, expected: string): void {
  if (sequence !== index)
    throw tampered('sequence-differs', `entry ${index} has the number ${sequence}: entries were dropped, added or moved`, {
      index,
      expected: index,
      found: sequence,
    });
  if (previous !== expected) {
    const before = index === 0 ? 'the order, its terms and its policy' : `entry ${index - 1}`;
    throw tampered('previous-differs', `entry ${index} does not follow from ${before}`, { index, expected, found: previous });
  }
}

/** A fact counts at one moment, and none before the facts that stand before it; the clocks of two servers may differ a little. */
function requireTime({ sequence: index, at, event }: Entry, latest: number): void {
  if (event['at'] !== at)
    throw tampered('time-differs', `entry ${index} and its event tell two times`, { index, expected: at, found: JSON.stringify(event['at'] ?? null) });
  if (at < latest - limits.leewayMs)
    throw tampered('time-backward', `entry ${index} lies before an entry that stands before it`, {
      index,
      expected: `not before ${new Date(latest).toISOString()}`,
      found: new Date(at).toISOString(),
    });
}

function requireHash(order: string, entry: Entry): void {
  const expected = entryHash(order, entry);
  if (entry.hash !== expected)
    throw tampered('hash-differs', `entry ${entry.sequence} was changed: its hash is another`, { index: entry.sequence, expected, found: entry.hash });
}
