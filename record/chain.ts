import type { OrderEvent } from '../domain/events.ts';
import type { Envelope } from '../domain/signing/envelope.ts';
import { genesisOf as genesisOfOrder } from '../domain/signing/signed-act.ts';
import type { OrderTerms } from '../domain/terms.ts';
import type { Policy } from '../domain/policy.ts';
import { nodePrimitives } from '../trust/primitives.ts';
import { digestOf } from './digest.ts';
import { type Chain, type Entry, formats } from './format.ts';
import { canonicalText, type JsonObject, toJson, toJsonObject } from './json.ts';

/** What the first entry follows: no record can begin with the entries of another order, or of the same under other terms. */
export const genesisOf = ({ order, terms, policy }: Pick<Chain, 'order' | 'terms' | 'policy'>): string =>
  genesisOfOrder({ terms: { ...terms, id: order }, policy }, nodePrimitives);

/** The hash of an entry of an order: over all of it but the hash itself. */
export const entryHash = (order: string, { sequence, at, event, envelope, previous }: Omit<Entry, 'hash'>): string =>
  digestOf({ format: formats.entry, order, sequence, at, event, ...(envelope !== undefined && { envelope }), previous });

/** The hash at which a chain ends; that of an empty one is what its first entry would follow. */
export const endOf = (chain: Chain): string => chain.entries.at(-1)?.hash ?? genesisOf(chain);

/** Chains the events of an order as its history tells them, each first event of a signed act with the envelope that brought it about. */
export function chainOf(
  { terms, policy }: { readonly terms: OrderTerms; readonly policy: Policy },
  events: readonly OrderEvent[],
  envelopes: ReadonlyMap<OrderEvent, Envelope> = new Map(),
): Chain {
  const start = { order: terms.id, terms: toJsonObject(terms), policy: toJsonObject(policy) };
  const entries: Entry[] = [];
  for (const event of events) {
    const previous = entries.at(-1)?.hash ?? genesisOf(start);
    entries.push(link(terms.id, { sequence: entries.length, at: event.at, event: toJsonObject(event), previous }, envelopes.get(event)));
  }
  return { format: formats.record, ...start, entries };
}

function link(order: string, entry: { sequence: number; at: number; event: JsonObject; previous: string }, envelope: Envelope | undefined): Entry {
  const whole = { ...entry, ...(envelope && { envelope: canonicalText(toJson(envelope)) }) };
  return { ...whole, hash: entryHash(order, whole) };
}

/** A chain as one line of canonical JSON, as the ledger keeps it. */
export const chainText = (chain: Chain): string => canonicalText(toJson(chain));
