import { type Refusal, refuse } from '../refusal.ts';
import { isRecordOf, openCompact } from './envelope.ts';
import { isKeyRole } from './key-roles.ts';
import type { Keyring, KeyringEntry } from './keyring.ts';
import type { Primitives } from './primitives.ts';

/** In characters; about 2,000 keys. */
const longest = 1_000_000;

/**
 * The keyring in a compact JWS, if this root key (32 bytes in base64url) signed it. For those who cannot wait; what the root signed has been
 * judged in full where it was made (`trust/keyring.ts`), and only its form is looked at again. Refuses as `keyring-refused`.
 */
export function openKeyring(jws: string, root: string, primitives: Primitives): Keyring | Refusal {
  const refused = (what: string): Refusal => refuse('keyring-refused', `the keyring ${what}`, 'a keyring that the root key of this order signed');
  const opened = openCompact(jws, { typ: 'twokey-keyring', longest }, primitives);
  if ('refused' in opened) return refused('is no JWS of its kind');
  if (!primitives.isSignatureOf(root, opened.signature.signed, opened.signature.bytes)) return refused('is not signed by the root key');
  const value = parsed(opened.text);
  if (!isRecordOf(value, ['version', 'sequence', 'issuedAt', 'keys']) || value['version'] !== 1 || !Array.isArray(value['keys']))
    return refused('is of another version than 1');
  const keys = value['keys'].map(entryOf);
  const [sequence, issuedAt] = [value['sequence'], momentOf(value['issuedAt'])];
  const isWhole = typeof sequence === 'number' && issuedAt !== undefined && keys.every((key) => key !== undefined);
  return isWhole ? { version: 1, sequence, issuedAt, keys } : refused('holds a key that is not of its form');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const names = ['id', 'role', 'holder', 'publicKey', 'from', 'until', 'revoked'];
const isText = (value: unknown): value is string => typeof value === 'string';

function entryOf(value: unknown): KeyringEntry | undefined {
  if (!isRecordOf(value, names, ['external'])) return undefined;
  const { id, role, holder, publicKey, from, until, revoked } = value;
  if (!isText(id) || !isText(role) || !isKeyRole(role) || !isText(holder) || !isText(publicKey)) return undefined;
  const [begin, end, revocation] = [momentOf(from), until === null ? null : momentOf(until), revoked === null ? null : revocationOf(revoked)];
  if (begin === undefined || end === undefined || revocation === undefined) return undefined;
  return { id, role, holder, publicKey, from: begin, until: end, revoked: revocation };
}

function momentOf(value: unknown): number | undefined {
  const moment = isText(value) ? Date.parse(value) : NaN;
  return Number.isNaN(moment) ? undefined : moment;
}

function revocationOf(value: unknown): KeyringEntry['revoked'] | undefined {
  if (!isRecordOf(value, ['at', 'reason']) || !isText(value['reason'])) return undefined;
  const at = momentOf(value['at']);
  return at === undefined ? undefined : { at, reason: value['reason'] };
}
