import type { KeyRole } from './key-roles.ts';

/** One key of one person in one role. Times are epoch milliseconds. */
export interface KeyringEntry {
  /** JWK thumbprint of the public key (RFC 7638, SHA-256, base64url). */
  readonly id: string;
  readonly role: KeyRole;
  /** The person's code. */
  readonly holder: string;
  /** 32 bytes in base64url. */
  readonly publicKey: string;
  readonly from: number;
  /** The first moment at which it no longer signs; null while it has no end. */
  readonly until: number | null;
  /** From `at` on, what it signs counts for nothing. */
  readonly revoked: { readonly at: number; readonly reason: string } | null;
  /** The private key is held outside of this home: by a signer command, or by somebody else. */
  readonly external?: true;
}

/** Every key that ever was, with what it may sign and when; the root key vouches for it. */
export interface Keyring {
  readonly version: 1;
  /** Rises by one with every change. */
  readonly sequence: number;
  /** Epoch milliseconds. */
  readonly issuedAt: number;
  readonly keys: readonly KeyringEntry[];
}

/** Why a key does not count at some moment. */
export interface KeyRefusal {
  readonly refused: 'key-unknown' | 'key-not-yet' | 'key-expired' | 'key-revoked';
  readonly message: string;
}

/** The moment at which a key ends, by its end or by its revocation; infinity while it has neither. Epoch milliseconds. */
export const endOf = ({ until, revoked }: Pick<KeyringEntry, 'until' | 'revoked'>): number => Math.min(until ?? Infinity, revoked?.at ?? Infinity);

/**
 * The entry of a key that counts at a moment (epoch milliseconds), or why none does. From its first moment up to, and not at, its end or
 * revocation: what a key signed before it was rotated or revoked stays good.
 */
export function keyAt(keyring: Keyring, keyId: string, at: number): KeyringEntry | KeyRefusal {
  const entry = keyring.keys.find(({ id }) => id === keyId);
  if (!entry) return { refused: 'key-unknown', message: `${toldKey(keyId)} is not in keyring ${keyring.sequence}` };
  return refusalAt(entry, at) ?? entry;
}

/** An id as a stranger gave it may read as something else than it is. */
const toldKey = (keyId: string): string => (/^[A-Za-z0-9_-]{1,64}$/.test(keyId) ? `key ${keyId}` : 'a key of another name than keys have');

/** Why a key does not count at a moment (epoch milliseconds); undefined where it does. */
export function refusalAt({ id, holder, role, from, until, revoked }: KeyringEntry, at: number): KeyRefusal | undefined {
  const whose = `key ${id} of ${holder} as ${role}`;
  // Written so that a moment that is no number is refused.
  if (revoked && !(at < revoked.at)) return { refused: 'key-revoked', message: `${whose} was revoked as of ${told(revoked.at)}: ${revoked.reason}` };
  if (!(at >= from)) return { refused: 'key-not-yet', message: `${whose} counts from ${told(from)} on` };
  if (until !== null && !(at < until)) return { refused: 'key-expired', message: `${whose} ended at ${told(until)}` };
  return undefined;
}

/** A moment as it stands in a keyring and in sentences. */
export const told = (at: number): string => new Date(at).toISOString();
