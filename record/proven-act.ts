import type { Keyring } from '../domain/signing/keyring.ts';
import { isBeginning } from '../domain/signing/claims.ts';
import { type Proven, proven } from '../domain/signing/signatories.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import { nodePrimitives } from '../trust/primitives.ts';
import { isSigningCode, type RecordFault, tampered } from './fault.ts';
import type { Entry } from './format.ts';
import { signedAt } from './past.ts';
import { canonicalText, isJson, type Json, toJson } from './json.ts';

/** An entry that tells of a signed act, with what its envelope proves. */
export interface ProvenAct extends Proven {
  readonly envelope: Json;
  /** As of when and why a key behind it has been revoked, where that lies before the act: whoever took the act did not know. */
  readonly revokedSince: string | null;
}

/** Whose record it is, and by which keys its acts are judged. */
export interface Bounds {
  readonly order: string;
  readonly genesis: string;
  readonly keyring: Keyring;
}

/** What an entry and its envelope prove together: that people said this, about this order, when it counted. Throws `RecordFault`. */
export function provenAct(entry: Entry, bounds: Bounds): ProvenAct {
  const { sequence: index, event, envelope: text } = entry;
  if (event['signed'] === undefined)
    throw tampered('signature-missing', `entry ${index} tells of an act of a person, and nobody has signed it`, { index, found: toldType(entry) });
  if (text === undefined) throw tampered('envelope-missing', `entry ${index} says that somebody signed it, and holds no envelope`, { index });
  const envelope = envelopeIn(text);
  if (envelope === undefined) throw tampered('envelope-malformed', `the envelope of entry ${index} is not the canonical text of one`, { index });
  const { found, revokedSince } = judged(envelope, { ...entry, at: signedAt(entry) }, bounds);
  requireBound(found, index, bounds);
  return { ...found, envelope, revokedSince };
}

/** The envelope in a text, which must be written in the one way there is. */
function envelopeIn(text: string): Json | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isJson(value) && canonicalText(value) === text ? value : undefined;
}

/** Who stands behind an envelope by the keys that counted then; a later revocation as of before is told, and does not undo what was taken in good faith. */
function judged(envelope: Json, { at, sequence: index }: Entry, { keyring }: Bounds): { readonly found: Proven; readonly revokedSince: string | null } {
  const first = proven(envelope, { keyring, at, primitives: nodePrimitives });
  if (!isRefusal(first)) return { found: first, revokedSince: null };
  const later = first.refused === 'key-revoked' ? proven(envelope, { keyring: unrevoked(keyring), at, primitives: nodePrimitives }) : first;
  if (isRefusal(later)) throw refusedAt(index, later);
  return { found: later, revokedSince: first.message };
}

/** The keyring as it was before anything was revoked. */
export const unrevoked = (keyring: Keyring): Keyring => ({ ...keyring, keys: keyring.keys.map((key) => ({ ...key, revoked: null })) });

/** A refusal by the rules for signed acts as a fault of an entry. */
export const refusedAt = (index: number, { refused, message, accepted }: Refusal): RecordFault =>
  isSigningCode(refused)
    ? tampered(refused, `entry ${index}: ${message}`, { index, expected: accepted })
    : tampered('rules-refuse', `entry ${index}: no order would have taken this act: ${message}`, { index, expected: accepted, found: refused });

function requireBound({ claims }: Proven, index: number, { order, genesis }: Bounds): void {
  if (claims.order === order && claims.genesis === genesis) return;
  throw tampered('wrong-order', `the envelope of entry ${index} was signed for order ${claims.order}, or for other terms or another policy`, {
    ...{ index, expected: order, found: claims.order },
  });
}

/** What the event of an act says of who did what, and how that is known. */
function authorOf({ claims: { act, role, fields, nonce }, signed }: Proven): Json {
  // Names of fields may be any text here; that an act has no such fields is found where it is read.
  const content = nodePrimitives.canonicalText({ ...fields, by: role, name: act });
  if (act === 'hold' || act === 'lift') return toJson({ signed });
  return toJson({ by: role, ...(!isBeginning(act) && { act: { id: nonce, content } }), signed });
}

/** Holds what an entry says of who did what against what was proven. Throws `RecordFault`: `act-differs`. */
export function requireTold({ sequence: index, event: { by, act, signed } }: Entry, found: Proven): void {
  const [said, told] = [authorOf(found), toJson({ by, act, signed })];
  if (canonicalText(said) !== canonicalText(told)) throw differs(index, said, told);
}

const toldType = ({ event }: Entry): string => canonicalText(event['type'] ?? null);

/** An entry tells something else than was signed. */
export const differs = (index: number, said: Json, told: Json): RecordFault =>
  tampered('act-differs', `entry ${index} tells something else than was signed, or of other people`, {
    ...{ index, expected: canonicalText(said), found: canonicalText(told) },
  });
