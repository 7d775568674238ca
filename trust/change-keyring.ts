import type { KeyObject } from 'node:crypto';
import { guardedFolder, isGuardedFolder, readGuarded, writeGuarded } from './guarded-files.ts';
import { keyFiles, writePrivateKey } from './key-files.ts';
import { findKeyStore, keyringMissing } from './key-store.ts';
import { emptyKeyring } from './keyring-changes.ts';
import type { Keyring, KeyringEntry } from '../domain/signing/keyring.ts';
import { signKeyring } from './keyring.ts';
import { withLock } from './lock.ts';
import { freshKey, openPrivateKey, sealPrivateKey } from './private-key.ts';
import { jwkOf, publicKeyOf } from './public-key.ts';
import { TrustError } from './trust-error.ts';

/** What a change came to. */
export interface Kept {
  /** The key that was made or revoked. */
  readonly entry: KeyringEntry;
  readonly keyring: Keyring;
  /** The id of the root key, and whether this change made it. */
  readonly root: { readonly id: string; readonly isNew: boolean };
}

/** One change of a keyring. */
interface Change {
  /** The key that is made or revoked. */
  readonly keyId: string;
  readonly edit: (keyring: Keyring) => Keyring;
  /** Keeps what belongs to the key, before the keyring names it. */
  readonly keep?: () => void;
  /** Whether a root key is made where there is none. */
  readonly mayBegin?: boolean;
}

/**
 * Changes the keyring of a home under its lock, and signs it by the root key. The keyring is replaced whole, and last: whoever reads meanwhile, or
 * after a crash, finds the one before. Throws `TrustError`; a crash or an error may leave a private key that no keyring names.
 */
export async function changeKeyring(home: string, rootPassphrase: string, { keyId, edit, keep, mayBegin = false }: Change): Promise<Kept> {
  const files = keyFiles(home);
  if (!isGuardedFolder(files.folder)) {
    if (!mayBegin) throw keyringMissing();
    // Tried before anything is touched, so that a refused change leaves an empty home empty.
    edit(emptyKeyring(0));
  }
  guardedFolder(files.folder);
  return await withLock(files.lock, async () => {
    const root = await openRoot(home, rootPassphrase, mayBegin);
    const keyring = edit(root.keyring);
    const entry = keyring.keys.find(({ id }) => id === keyId);
    if (!entry) throw new TrustError('key-unknown', `no key ${keyId.slice(0, 43)} in the keyring`);
    const jws = await signKeyring(keyring, root.privateKey, root.id);
    if (root.pem !== undefined) writePrivateKey(home, root.id, root.pem);
    keep?.();
    writeGuarded(files.keyring, `${jws}\n`);
    if (root.pem !== undefined) writeGuarded(files.root, `${JSON.stringify(jwkOf(publicKeyOf(root.privateKey)))}\n`);
    return { entry, keyring, root: { id: root.id, isNew: root.pem !== undefined } };
  });
}

interface Root {
  readonly id: string;
  readonly privateKey: KeyObject;
  readonly keyring: Keyring;
  /** The sealed private key, where the root key was just made. */
  readonly pem?: string;
}

/** The root key that is here, else a new one where `mayBegin` allows it. */
async function openRoot(home: string, passphrase: string, mayBegin: boolean): Promise<Root> {
  const store = await findKeyStore(home);
  if (!store) {
    if (!mayBegin) throw keyringMissing();
    const { keyId: id, privateKey } = await freshKey();
    return { id, privateKey, keyring: emptyKeyring(0), pem: await sealPrivateKey(privateKey, passphrase) };
  }
  const file = keyFiles(home).privateKey(store.rootId);
  const pem = readGuarded(file, 'secret');
  if (pem === undefined)
    throw new TrustError('key-held-elsewhere', `${file} is missing: the private key of the root is not in this home, and only it can change the keyring`);
  const privateKey = openPrivateKey(pem, passphrase, file);
  if (publicKeyOf(privateKey) !== store.root.x) throw new TrustError('key-file-invalid', `${file}: holds another key than root.jwk`);
  return { id: store.rootId, privateKey, keyring: store.keyring };
}
