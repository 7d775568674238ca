import { changeKeyring, type Kept } from './change-keyring.ts';
import { writePrivateKey, writeSignerCommand, type SignerCommand } from './key-files.ts';
import type { KeyRole } from '../domain/signing/key-roles.ts';
import { withKey, withRevocation, withRotation } from './keyring-changes.ts';
import type { KeyringEntry } from '../domain/signing/keyring.ts';
import { freshKey, sealPrivateKey } from './private-key.ts';
import { keyIdOf } from './public-key.ts';

/** The passphrases of the root key, and of the key that is made. In an empty home, the first becomes that of the new root key. */
export interface Passphrases {
  readonly root: string;
  /** Not looked at where the private key is held elsewhere. */
  readonly key: string;
}

/** A public key whose private half is held elsewhere, and the program here that signs with it, if there is one. */
export interface HeldElsewhere {
  /** 32 bytes in base64url. */
  readonly publicKey: string;
  readonly signer?: SignerCommand;
}

/** Whose key it is, and when it is valid: epoch milliseconds, `from` without a value being now, `until` without one being never. */
export interface KeyTerms {
  readonly role: KeyRole;
  readonly holder: string;
  readonly from?: number;
  readonly until?: number;
  readonly elsewhere?: HeldElsewhere;
}

/** Adds a key to a home, making it unless it is held elsewhere, and the root key where there is none. Throws `TrustError`; then nothing is changed. */
export async function createKey(home: string, terms: KeyTerms, passphrases: Passphrases, now = Date.now()): Promise<Kept> {
  const { role, holder, from = now, until = null, elsewhere } = terms;
  const made = await madeKey(passphrases.key, elsewhere);
  return await changeKeyring(home, passphrases.root, {
    keyId: made.entry.id,
    edit: (keyring) => withKey(keyring, { role, holder, from, until, ...made.entry }, now),
    keep: () => made.keep(home),
    mayBegin: true,
  });
}

/** Ends a key at `from`, now or later, and has a new one of the same role and holder follow it. Throws `TrustError`; then nothing is changed. */
export async function rotateKey(
  home: string,
  keyId: string,
  { from, elsewhere }: Pick<KeyTerms, 'from' | 'elsewhere'>,
  passphrases: Passphrases,
  now = Date.now(),
): Promise<Kept> {
  const made = await madeKey(passphrases.key, elsewhere);
  return await changeKeyring(home, passphrases.root, {
    keyId: made.entry.id,
    edit: (keyring) => withRotation(keyring, keyId, made.entry, from ?? now, now),
    keep: () => made.keep(home),
  });
}

/** Takes the trust from a key as of `at`, now or in the past. Throws `TrustError`; then nothing is changed. */
export const revokeKey = async (
  home: string,
  keyId: string,
  { at, reason }: { readonly at?: number; readonly reason: string },
  rootPassphrase: string,
  now = Date.now(),
): Promise<Kept> => await changeKeyring(home, rootPassphrase, { keyId, edit: (keyring) => withRevocation(keyring, keyId, { at: at ?? now, reason }, now) });

/** A key as the keyring will name it, and how the home will keep it. */
interface MadeKey {
  readonly entry: Pick<KeyringEntry, 'id' | 'publicKey' | 'external'>;
  readonly keep: (home: string) => void;
}

async function madeKey(passphrase: string, elsewhere: HeldElsewhere | undefined): Promise<MadeKey> {
  if (elsewhere) {
    const { publicKey, signer } = elsewhere;
    const id = await keyIdOf(publicKey);
    return { entry: { id, publicKey, external: true }, keep: (home) => signer && writeSignerCommand(home, id, signer) };
  }
  const { keyId: id, publicKey, privateKey } = await freshKey();
  const pem = await sealPrivateKey(privateKey, passphrase);
  return { entry: { id, publicKey }, keep: (home) => writePrivateKey(home, id, pem) };
}
