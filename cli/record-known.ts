import { CheckpointInvalid, ProofMissing } from '../record/kept-checkpoint.ts';
import type { Known } from '../record/verify.ts';
import { base64urlOf32 } from '../trust/public-key.ts';
import { TrustError } from '../trust/trust-error.ts';
import { refused, usage } from './failure.ts';
import { readSmallFile } from './files.ts';

/** About 2,000 keys. */
const largestKeyring = 1_000_000;

/** What somebody says beside the file of a record: a fingerprint, and files with a keyring and a checkpoint. */
export interface KnownOptions {
  readonly root?: string;
  readonly keyring?: string;
  readonly checkpoint?: string;
}

/** What is known of a record beside its file. Throws `CommandFailure`: `root-invalid`, `file-unreadable`. */
export function knownFrom({ root, keyring, checkpoint }: KnownOptions): Known {
  if (root !== undefined && !base64urlOf32.test(root))
    throw usage('--root: expected the fingerprint of a root key, 43 characters, as twokey keys list shows it', 'root-invalid');
  return {
    ...(root !== undefined && { root }),
    ...(keyring !== undefined && { keyring: readStatementFile(keyring) }),
    ...(checkpoint !== undefined && { checkpoint: readStatementFile(checkpoint) }),
  };
}

/** A compact JWS that was kept in a file, on a line of its own. Throws `CommandFailure`, `file-unreadable`. */
export const readStatementFile = (file: string): string => readSmallFile(file, largestKeyring).trim();

/** What was given and cannot be used, as a failure of the command; any other error as it is. */
export function knownFailure(error: unknown): unknown {
  if (error instanceof TrustError) return usage(`--keyring: ${error.message}`, error.code);
  if (error instanceof CheckpointInvalid) return usage(`--checkpoint: ${error.message}`, 'checkpoint-invalid');
  if (error instanceof ProofMissing)
    return refused('proof-missing', `--checkpoint: ${error.message}. Accepted: a file by twokey record export ORDER --checkpoint FILE`);
  return error;
}
