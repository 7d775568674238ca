import { type TrustCode, TrustError } from '../trust/trust-error.ts';
import { CommandFailure, exitCodes } from './failure.ts';

/** What a person can write otherwise. */
const ofUsage: ReadonlySet<TrustCode> = new Set([
  'holder-invalid',
  'key-ambiguous',
  'moment-invalid',
  'passphrase-too-short',
  'public-key-invalid',
  'reason-invalid',
  'signer-invalid',
]);
/** What was understood, and is not done. */
const ofRefusal: ReadonlySet<TrustCode> = new Set([
  'key-ended',
  'key-exists',
  'key-held-elsewhere',
  'key-missing',
  'key-unknown',
  'keyring-missing',
  'passphrase-wrong',
]);

const exitCodeOf = (code: TrustCode): number => (ofUsage.has(code) ? exitCodes.usage : ofRefusal.has(code) ? exitCodes.refused : exitCodes.failed);

/** Runs what works with keys; a `TrustError` becomes a failure of the command with the same code and sentence. */
export async function withTrust<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TrustError) throw new CommandFailure(exitCodeOf(error.code), error.code, error.message);
    throw error;
  }
}
