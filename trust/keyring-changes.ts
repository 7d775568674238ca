import { faultOfText } from '../domain/fields.ts';
import { isHolder } from '../domain/signing/key-roles.ts';
import { endOf, type Keyring, type KeyringEntry, told } from '../domain/signing/keyring.ts';
import { faultOfKeyring } from './keyring-schema.ts';
import { TrustError } from './trust-error.ts';

/** What is said of a key that becomes part of a keyring. */
export type NewEntry = Omit<KeyringEntry, 'revoked'>;

/** The keyring before the first key. Times are epoch milliseconds, here and below. */
export const emptyKeyring = (issuedAt: number): Keyring => ({ version: 1, sequence: 0, issuedAt, keys: [] });

/** Adds a key. Throws `TrustError`: `key-exists` where its holder has a valid one for this role, `holder-invalid`, `moment-invalid`. */
export function withKey(keyring: Keyring, entry: NewEntry, now: number): Keyring {
  const { id, role, holder, from, until } = entry;
  if (!isHolder(holder))
    throw new TrustError(
      'holder-invalid',
      'the holder must be a code of 1 to 64 letters, digits, dots, hyphens or underscores, beginning with a letter or digit',
    );
  if (keyring.keys.some((one) => one.id === id)) throw new TrustError('key-exists', `key ${id} is in the keyring already; a key serves one person in one role`);
  if (until !== null && until <= from) throw new TrustError('moment-invalid', `the key would end at ${told(until)}, before it begins at ${told(from)}`);
  const other = keyring.keys.find(
    (one) => one.role === role && one.holder === holder && one.from < (until ?? Infinity) && endOf(one) > Math.max(from, one.from),
  );
  if (other) throw new TrustError('key-exists', `${holder} has the key ${other.id} as ${role}; rotate it, or revoke it first`);
  return next(keyring, [...keyring.keys, { ...entry, revoked: null }], now);
}

/** Ends a key at `from`, and has another of the same role and holder follow. Throws `TrustError`: `key-unknown`, `key-ended`, `moment-invalid`. */
export function withRotation(
  keyring: Keyring,
  keyId: string,
  successor: Pick<KeyringEntry, 'id' | 'publicKey' | 'external'>,
  from: number,
  now: number,
): Keyring {
  const old = keyOf(keyring, keyId);
  if (endOf(old) <= now) throw new TrustError('key-ended', `key ${keyId} has ended or was revoked; make a new one instead of rotating it`);
  if (from < now) throw new TrustError('moment-invalid', `a key cannot be rotated as of the past; expected ${told(now)} or later, or revoke it`);
  if (from <= old.from) throw new TrustError('moment-invalid', `key ${keyId} begins at ${told(old.from)}; rotate it as of a later moment, or revoke it`);
  if (from >= endOf(old)) throw new TrustError('moment-invalid', `key ${keyId} ends at ${told(endOf(old))}; rotate it as of an earlier moment`);
  const ended: Keyring = { ...keyring, keys: keyring.keys.map((one) => (one === old ? { ...one, until: from } : one)) };
  return withKey(ended, { ...successor, role: old.role, holder: old.holder, from, until: null }, now);
}

/**
 * Takes the trust from a key as of `at`, now or in the past, also before its beginning. Throws `TrustError`: `key-unknown`, `key-ended` where it
 * has ended or been revoked by then, `moment-invalid`, `reason-invalid`.
 */
export function withRevocation(keyring: Keyring, keyId: string, { at, reason }: { readonly at: number; readonly reason: string }, now: number): Keyring {
  const old = keyOf(keyring, keyId);
  const fault = faultOfText(reason);
  if (fault !== undefined) throw new TrustError('reason-invalid', `the reason of a revocation: ${fault}`);
  if (at > now) throw new TrustError('moment-invalid', `${told(at)} lies in the future; a key is revoked as of now or of a moment in the past`);
  if (endOf(old) <= at)
    throw new TrustError('key-ended', `key ${keyId} ended at ${told(endOf(old))}; what it signed before counts, unless it is revoked as of an earlier moment`);
  return next(
    keyring,
    keyring.keys.map((one) => (one === old ? { ...one, revoked: { at, reason } } : one)),
    now,
  );
}

/** The entry of a key by its id, or by the first 8 or more characters where they are of one key only. Throws `TrustError`: `key-unknown`, `key-ambiguous`. */
export function findKey(keyring: Keyring, text: string): KeyringEntry {
  const exact = keyring.keys.find(({ id }) => id === text);
  if (exact) return exact;
  const [one, other] = text.length < 8 ? [] : keyring.keys.filter(({ id }) => id.startsWith(text));
  if (other) throw new TrustError('key-ambiguous', `several keys begin with ${text.slice(0, 43)}; expected more of the id`);
  if (!one) throw new TrustError('key-unknown', `no key ${text.slice(0, 43)} in the keyring; see twokey keys list`);
  return one;
}

function keyOf(keyring: Keyring, keyId: string): KeyringEntry {
  const entry = keyring.keys.find(({ id }) => id === keyId);
  if (!entry) throw new TrustError('key-unknown', `no key ${keyId.slice(0, 43)} in the keyring`);
  return entry;
}

/** The next keyring; one that nobody could read is not made. */
function next(keyring: Keyring, keys: readonly KeyringEntry[], now: number): Keyring {
  const changed: Keyring = { version: 1, sequence: keyring.sequence + 1, issuedAt: Math.max(now, keyring.issuedAt), keys };
  const fault = faultOfKeyring(changed);
  if (fault !== undefined) throw new TrustError('keyring-invalid', fault);
  return changed;
}
