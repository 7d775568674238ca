/** What can be wrong with keys, and with what they sign. Stable: scripts compare these. */
export const trustCodes = {
  'keyring-missing': 'there are no keys in this home',
  'keyring-malformed': 'the keyring is not one compact JWS',
  'keyring-header': 'the header of the keyring says other than algorithm, key and type',
  'keyring-algorithm': 'the keyring is not signed by Ed25519',
  'keyring-signature': 'the root key did not sign this keyring',
  'keyring-version': 'the keyring is of a version that this release does not know',
  'keyring-invalid': 'the keyring says something that no keyring can say',
  'keyring-not-canonical': 'the keyring is not written in the one canonical form',
  'keyring-public-key': 'a key in the keyring is not a sound Ed25519 public key',
  'keyring-rolled-back': 'the keyring is older than one that was seen before',
  'keyring-busy': 'another process changes the keyring',
  'root-invalid': 'the root key is not an Ed25519 public key',
  'public-key-invalid': 'the public key is not a sound Ed25519 public key',
  'key-missing': 'no key of this role signs here now',
  'key-unknown': 'no key of this id is in the keyring',
  'key-ambiguous': 'several keys begin like this',
  'key-exists': 'the key is in the keyring, or its holder has a valid one for this role',
  'key-ended': 'the key has ended or was revoked',
  'key-held-elsewhere': 'the private key is not in this home',
  'moment-invalid': 'the moment is not one from which or at which this can count',
  'reason-invalid': 'the reason is not a readable text',
  'holder-invalid': "the holder is not a person's code",
  'key-file-unsafe': 'others may read or change the file, or it is not a plain file of this user',
  'key-file-invalid': 'the file is not what its place says',
  'passphrase-too-short': 'the passphrase is too short or too long',
  'passphrase-wrong': 'the passphrase does not open the key',
  'signer-invalid': 'the signer command is not of its form',
  'signer-failed': 'the signer command did not sign',
} as const;
export type TrustCode = keyof typeof trustCodes;

/** A key, keyring or signer is not to be trusted or not to be had: a stable code, and a sentence that holds no secret. */
export class TrustError extends Error {
  override readonly name = 'TrustError';
  readonly code: TrustCode;

  constructor(code: TrustCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
