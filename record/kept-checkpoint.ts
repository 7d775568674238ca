import type { Keyring } from '../domain/signing/keyring.ts';
import { type Checkpoint, readCheckpoint } from './checkpoint.ts';
import { RecordFault, tampered } from './fault.ts';
import type { Inclusion } from './format.ts';
import { isConsistent } from './merkle.ts';
import { requireValid } from './statement.ts';

/** What a checkpoint that somebody kept shows of a record: whether it stood among the records of then, or was sealed after them, and none of them is gone. */
export interface KeptProof {
  readonly size: number;
  /** When the checkpoint was signed, epoch milliseconds. */
  readonly at: number;
  readonly isCovered: boolean;
}

/** The record says nothing by which it could be held against the checkpoint that was kept; that is no fault of it. */
export class ProofMissing extends Error {
  override readonly name = 'ProofMissing';
}
/** What was given as a checkpoint is none. */
export class CheckpointInvalid extends Error {
  override readonly name = 'CheckpointInvalid';
}

/**
 * Holds a record's proof of inclusion against a checkpoint that was kept. Throws `RecordFault` where the two contradict each other,
 * `ProofMissing` where the record's proof does not reach the checkpoint, `CheckpointInvalid`.
 */
export function proofOfKept(statement: string, inclusion: Inclusion | null, keyring: Keyring): KeptProof {
  const kept = readKept(statement, keyring);
  const { size, at } = kept;
  if (!inclusion) throw new ProofMissing('the record has no proof that it is sealed');
  const newer = readCheckpoint(inclusion.checkpoint, keyring);
  if (newer.size < size) throw new ProofMissing(`the record's proof is for a checkpoint over ${newer.size} records, older than the one that was kept`);
  if (newer.size > size && !inclusion.consistency)
    throw new ProofMissing(`the record's proof is for a checkpoint over ${newer.size} records, and the one that was kept is over ${size}`);
  if (!continues(kept, newer, inclusion.consistency ?? []))
    throw tampered('checkpoint-differs', `the ledger's first ${size} sealed records are not those of the checkpoint that was kept`, {
      ...{ expected: kept.root, found: newer.size === size ? newer.root : 'a proof that does not lead from it' },
    });
  return { size, at, isCovered: inclusion.position < size };
}

const continues = (kept: Checkpoint, newer: Checkpoint, proof: readonly string[]): boolean =>
  kept.size === 0 || (kept.size === newer.size ? kept.root === newer.root : isConsistent(kept.size, kept.root, newer.size, newer.root, proof));

function readKept(statement: string, keyring: Keyring): Checkpoint {
  try {
    const read = readCheckpoint(statement, keyring);
    requireValid(keyring, read.key, read.at);
    return read;
  } catch (error) {
    if (!(error instanceof RecordFault)) throw error;
    const { code, message } = error.fault;
    if (code === 'signature-malformed' || code === 'algorithm-refused') throw new CheckpointInvalid(message, { cause: error });
    throw tampered('checkpoint-differs', `the checkpoint that was kept counts for nothing by the keys of this record: ${message}`, { found: code });
  }
}
