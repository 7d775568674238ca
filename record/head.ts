import { genesisOf } from './chain.ts';
import { digestOf } from './digest.ts';
import { type RecordFault, tampered } from './fault.ts';
import { type Chain, formats, type Head, type Inclusion, limits } from './format.ts';
import { canonicalText, type Json, type JsonObject, toJson } from './json.ts';

/** What the head of a record says, and of what: with the beginning of each entry's hash, so that a rewritten chain shows where. */
export function headStatement(chain: Chain, head: Head, inclusion: Inclusion | JsonObject | null): JsonObject {
  return {
    format: formats.head,
    order: chain.order,
    genesis: genesisOf(chain),
    ...head,
    inclusion: inclusion && digestOf(toJson(inclusion)),
    trail: trailOf(chain),
  };
}

const trailOf = ({ entries }: Chain): string => entries.map(({ hash }) => hash.slice(0, limits.trailDigits)).join('');

/** That what was signed is not what the file says, and where that begins. */
export function headFault(signed: JsonObject, stated: JsonObject): RecordFault {
  for (const name of ['format', 'order', 'genesis']) {
    if (signed[name] !== stated[name])
      return tampered(
        'order-differs',
        `the head was signed for another order, or for other terms or policy: ${name} differs`,
        pair(signed[name], stated[name]),
      );
  }
  const located = trailFault(textOf(signed['trail']), textOf(stated['trail']));
  if (located) return located;
  const name = [...new Set([...Object.keys(signed), ...Object.keys(stated)])].find((one) => signed[one] !== stated[one]) ?? '';
  return tampered('head-differs', `the head of the file is not the one that was signed: ${name} differs`, pair(signed[name], stated[name]));
}

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

function trailFault(signed: string, stated: string): RecordFault | undefined {
  const digits = limits.trailDigits;
  const [kept, found] = [signed.length / digits, stated.length / digits];
  for (let index = 0; index < Math.min(kept, found); index += 1) {
    const [expected, is] = [signed, stated].map((trail) => trail.slice(index * digits, (index + 1) * digits));
    if (expected !== is)
      return tampered('entry-rewritten', `entry ${index} is not the one that was signed: the record was chained anew from there`, {
        index,
        expected: `${expected}...`,
        found: `${is}...`,
      });
  }
  if (found < kept) return countFault(kept, found);
  return found > kept ? countFault(kept, found) : undefined;
}

/** That there are fewer or more entries than the head counts. */
export const countFault = (expected: number, found: number): RecordFault =>
  found < expected
    ? tampered('entries-missing', `the record ends after ${found} entries: entry ${found} is missing`, { index: found, expected, found })
    : tampered('entries-added', `the record ends after ${expected} entries: entry ${expected} was added`, { index: expected, expected, found });

const pair = (expected: Json | undefined, found: Json | undefined): { expected: string; found: string } => ({
  expected: expected === undefined ? 'nothing' : canonicalText(expected),
  found: found === undefined ? 'nothing' : canonicalText(found),
});
