import type { JsonObject } from './json.ts';

/**
 * What is hashed or signed begins with what it is, so that no text of one kind can be taken for one of another. The
 * number rises when the meaning of anything changes (docs/record-format.md).
 */
export const formats = {
  record: 'twokey-record/1',
  entry: 'twokey-record/1 entry',
  head: 'twokey-record/1 head',
  checkpoint: 'twokey-checkpoint/1',
} as const;

export const limits = {
  /** A file of 100,000 entries has 55 to 90 MB. */
  fileBytes: 134_217_728,
  /** By how much the clocks of two servers may differ within one record. */
  leewayMs: 1_000,
  /** The last moment that a calendar of ECMAScript knows, in epoch milliseconds. */
  latest: 8_640_000_000_000_000,
  /** How many digits of each entry's hash the signed trail keeps. */
  trailDigits: 8,
} as const;

/** One event of an order, bound to all before it. `at` in epoch milliseconds; hashes as 64 hexadecimal digits. */
export interface Entry {
  readonly sequence: number;
  readonly at: number;
  readonly event: JsonObject;
  /** The canonical text of the signed act that brought the event about, where there is one: an `Envelope` of domain/signing. */
  readonly envelope?: string;
  readonly previous: string;
  readonly hash: string;
}

/** All that is known of an order, without anyone who vouches for it: what the ledger seals. */
export interface Chain {
  readonly format: typeof formats.record;
  readonly order: string;
  readonly terms: JsonObject;
  readonly policy: JsonObject;
  readonly entries: readonly Entry[];
}

/** Where a record ends, and when it was taken from the engine or the ledger. */
export interface Head {
  readonly count: number;
  readonly hash: string;
  readonly exportedAt: number;
  readonly state: 'open' | 'closed';
}

/** That a closed record stood in the ledger when a checkpoint was signed. */
export interface Inclusion {
  /** Which of the sealed records it is, from 0. */
  readonly position: number;
  /** The audit path of RFC 6962, from the leaf up. */
  readonly path: readonly string[];
  readonly checkpoint: string;
  /** That the checkpoint continues an earlier one, for whoever has kept that: the proof of RFC 6962, section 2.1.2. */
  readonly consistency?: readonly string[];
}

/** An Ed25519 public key as a JWK (RFC 8037), with these members and no others. */
export interface RootKey {
  readonly crv: 'Ed25519';
  readonly kty: 'OKP';
  readonly x: string;
}

/** A record as a file. Signature, keyring and root are there together or not at all. */
export interface RecordFile extends Chain {
  readonly head: Head;
  readonly inclusion: Inclusion | null;
  readonly signature: string | null;
  readonly keyring: string | null;
  readonly root: RootKey | null;
}
