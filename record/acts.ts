import type { OrderEvent } from '../domain/events.ts';
import { type Claims, isBeginning } from '../domain/signing/claims.ts';
import { openOrder } from '../domain/order.ts';
import type { Keyring } from '../domain/signing/keyring.ts';
import type { Signed } from '../domain/signing/signed.ts';
import { agreedIn } from './agreed.ts';
import { genesisOf } from './chain.ts';
import { type RecordFault, tampered } from './fault.ts';
import { readFact } from './facts.ts';
import type { Chain, Entry, Head } from './format.ts';
import { canonicalText, type Json, toJson } from './json.ts';
import { Life } from './life.ts';
import { importIn, livedIn } from './past.ts';
import { type Bounds, differs, type ProvenAct, provenAct, requireTold } from './proven-act.ts';
import { voiceOf } from './voice.ts';

/** Something that people decided, said or did, and how it is known that they did. */
export interface Decision extends Pick<Claims, 'act' | 'role' | 'fields'> {
  /** The entry that tells of it, from 0, and its moment in epoch milliseconds. */
  readonly index: number;
  readonly at: number;
  readonly signed: Signed;
  /** As of when and why a key behind it was revoked later, where that lies before it. */
  readonly revokedSince: string | null;
}

/**
 * What became of the acts in a record: `signed` and each proven; `unsigned`, nobody signed any, and who did them is the desk's word; or
 * `not-judged`, signed, in a file that names no keys.
 */
export type Acts = { readonly kind: 'signed'; readonly decisions: readonly Decision[] } | { readonly kind: 'unsigned' | 'not-judged' };

/** Judges the acts of a record by the keys that counted when each was taken, from the first on. Throws `RecordFault`. */
export function judgeActs(chain: Chain, { state }: Pick<Head, 'state'>, keyring: Keyring | undefined): Acts {
  if (chain.entries[0]?.event['signed'] === undefined) {
    requireNoneSigned(chain);
    requireImported(chain);
    return { kind: 'unsigned' };
  }
  return keyring ? { kind: 'signed', decisions: decisionsIn(chain, state, keyring) } : { kind: 'not-judged' };
}

/** Acts are signed from the submission on, or not at all. */
function requireNoneSigned({ entries }: Chain): void {
  for (const { sequence: index, event, envelope } of entries)
    if (envelope !== undefined || event['signed'] !== undefined)
      throw tampered('envelope-unexpected', `entry ${index} is signed, in the record of an order that was submitted without a signature`, { index });
}

/** Nobody signed an import of plain acts; that what follows is what its past led to holds all the same. */
function requireImported(chain: Chain): void {
  const [first] = chain.entries;
  if (first?.event['type'] !== 'order-imported') return;
  const { terms, policy } = agreedIn(chain);
  const expected = livedIn(first, openOrder(terms, policy), importIn(first), undefined);
  requireSame(chain.entries, 0, expected, false);
}

function decisionsIn(chain: Chain, state: Head['state'], keyring: Keyring): Decision[] {
  const { entries, order } = chain;
  const bounds: Bounds = { order, genesis: genesisOf(chain), keyring };
  const life = new Life(chain, bounds.genesis, keyring);
  const taken = new Set<string>();
  const decisions: Decision[] = [];
  for (let entry = entries[0]; entry;) {
    const act = voiceOf(chain, entry.sequence) === 'person' ? provenAct(entry, bounds) : undefined;
    if (!act && entry.envelope !== undefined) throw unexpected(entry.sequence);
    if (act) {
      requireNew(entry, act, taken);
      requireTold(entry, act);
      decisions.push(decisionIn(entry, act));
    }
    const expected = act ? life.afterAct(entry, act) : followed(chain, entry, life);
    requireSame(entries, entry.sequence, expected, act !== undefined);
    life.goOn(entry.sequence, expected);
    entry = entries[entry.sequence + expected.length];
  }
  if (life.isClosed !== (state === 'closed'))
    throw tampered('rules-differ', `the order is ${life.isClosed ? 'closed' : 'open'} where the record ends, and its head says ${state}`, {
      index: entries.length,
    });
  return decisions;
}

const decisionIn = ({ sequence: index, at }: Entry, { claims: { act, role, fields }, signed, revokedSince }: ProvenAct): Decision => ({
  ...{ index, at, act, role, fields, signed, revokedSince },
});

/** An order is submitted once, at its beginning, and takes an envelope once. */
function requireNew({ sequence: index }: Entry, { claims: { act, nonce } }: ProvenAct, taken: Set<string>): void {
  if (taken.has(`${act} ${nonce}`)) throw tampered('already-taken', `entry ${index} tells of an act that an entry before it tells of`, { index, found: nonce });
  taken.add(`${act} ${nonce}`);
  if (isBeginning(act) !== (index === 0)) throw differs(index, index === 0 ? 'submit' : 'no submission', act);
}

/** What stands in an entry that nobody signs, and what follows with it. */
function followed(chain: Chain, entry: Entry, life: Life): OrderEvent[] {
  const { sequence: index, event } = entry;
  if (voiceOf(chain, index) === 'rules') return life.afterTime(entry);
  const fact = readFact(event);
  if (fact) return life.afterFact(entry, fact);
  throw tampered('entry-malformed', `entry ${index} tells a ${canonicalText(event['type'] ?? null)} in another form than there is`, { index });
}

/** An act that somebody signs for itself; those before an import are signed with it. */
const isOwnAct = ({ act, imported }: OrderEvent): boolean => act !== undefined && imported === undefined;

/** Holds entries against what must stand there: what was signed, and what followed from it. */
function requireSame(entries: readonly Entry[], start: number, expected: readonly OrderEvent[], isSigned: boolean): void {
  for (const [offset, event] of expected.entries()) {
    const index = start + offset;
    const entry = entries[index];
    const isTold = isSigned && (offset === 0 || isOwnAct(event));
    if (offset > 0 && isTold && entry && entry.event['signed'] === undefined) throw tampered('signature-missing', `entry ${index} is not signed`, { index });
    const [told, said] = [entry?.event ?? null, toJson(event)];
    if (canonicalText(told) !== canonicalText(said)) throw isTold ? differs(index, said, told) : unlawful(index, said, told);
    if (offset > 0 && entry?.envelope !== undefined) throw unexpected(index);
  }
}

const unexpected = (index: number): RecordFault =>
  tampered('envelope-unexpected', `entry ${index} holds an envelope, and tells of no act of its own`, { index });
const unlawful = (index: number, said: Json, told: Json): RecordFault =>
  tampered('rules-differ', `entry ${index} is not what followed by the rules from what stands before it`, {
    ...{ index, expected: canonicalText(said), found: canonicalText(told) },
  });
