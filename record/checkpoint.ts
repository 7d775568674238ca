import type { Keyring, KeyringEntry } from '../trust/keyring.ts';
import type { Signer } from '../trust/signer.ts';
import { tampered } from './fault.ts';
import { formats, type Inclusion } from './format.ts';
import { leafOf, type Seal } from './leaf.ts';
import { consistencyProof, inclusionProof, isConsistent, treeHash } from './merkle.ts';
import { readStatement, signStatement } from './statement.ts';

/** The tree over all sealed records at a moment: how many, their root, and when it was signed (epoch milliseconds). */
export interface Checkpoint {
  readonly size: number;
  readonly root: string;
  readonly at: number;
}

/** The sealed records are not what the last checkpoint said: some were changed, dropped or moved since. */
export class NotConsistent extends Error {
  override readonly name = 'NotConsistent';
}

/** The tree head over records in the order of their sealing. `at` in epoch milliseconds. */
export const treeHead = (seals: readonly Seal[], at: number): Checkpoint => ({ size: seals.length, root: treeHash(seals.map(leafOf)), at });

export const signCheckpoint = ({ size, root, at }: Checkpoint, signer: Signer): Promise<string> =>
  signStatement('twokey-checkpoint', { format: formats.checkpoint, size, root, at }, signer);

/** A checkpoint as it was signed, and the key. Whether the key counted then is the caller's to ask. Throws `RecordFault`. */
export function readCheckpoint(jws: string, keyring: Keyring): Checkpoint & { readonly key: KeyringEntry } {
  const { key, content } = readStatement(jws, 'twokey-checkpoint', keyring);
  const { format, size, root, at } = content;
  if (format !== formats.checkpoint || typeof size !== 'number' || typeof root !== 'string' || typeof at !== 'number')
    throw tampered('signature-malformed', 'the checkpoint says no size, root and time');
  return { key, size, root, at };
}

/**
 * The proof that all records of an earlier checkpoint stand, unchanged and in their order, at the beginning of those sealed
 * now (RFC 6962, section 2.1.2). Throws `NotConsistent` where they do not.
 */
export function provenGrowth(before: Checkpoint, seals: readonly Seal[]): string[] {
  const leaves = seals.map(leafOf);
  if (before.size > leaves.length)
    throw new NotConsistent(`the last checkpoint counts ${before.size} sealed records and the ledger has ${leaves.length}: some are gone`);
  if (before.size === 0) return [];
  const proof = consistencyProof(before.size, leaves);
  if (isConsistent(before.size, before.root, leaves.length, treeHash(leaves), proof)) return proof;
  throw new NotConsistent(`the first ${before.size} sealed records are not those of the last checkpoint: some were changed or moved`);
}

/** A proof of inclusion for somebody who kept an earlier checkpoint: with the proof that the newer one continues it. Throws `NotConsistent`. */
export const inclusionSince = (kept: Checkpoint, inclusion: Inclusion, newer: Checkpoint, seals: readonly Seal[]): Inclusion => ({
  ...inclusion,
  consistency: provenGrowth(kept, seals.slice(0, newer.size)),
});

/** That a sealed record stands under a signed checkpoint over these records; undefined where it was sealed later. */
export function inclusionOf(order: string, seals: readonly Seal[], checkpoint: Checkpoint, jws: string): Inclusion | undefined {
  const covered = seals.slice(0, checkpoint.size);
  const position = covered.findIndex((seal) => seal.order === order);
  return position < 0 ? undefined : { position, path: inclusionProof(position, covered.map(leafOf)), checkpoint: jws };
}
