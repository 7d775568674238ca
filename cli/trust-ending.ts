import type { TrustCode } from '../trust/trust-error.ts';

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

/** What a command that met a `TrustError` of this code has come to: used wrongly, refused, or failed. */
export const trustEnding = (code: TrustCode): 'usage' | 'refused' | 'failed' => (ofUsage.has(code) ? 'usage' : ofRefusal.has(code) ? 'refused' : 'failed');
