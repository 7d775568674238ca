import { sign } from 'node:crypto';
import type { JWK } from 'jose';
import { commandSigner } from './command-signer.ts';
import { isGuardedFolder, readGuarded } from './guarded-files.ts';
import { keyFiles, parseSignerCommand, readRoot } from './key-files.ts';
import type { KeyRole } from '../domain/signing/key-roles.ts';
import { keyAt, type Keyring, type KeyringEntry } from '../domain/signing/keyring.ts';
import { readKeyring } from './keyring.ts';
import { openPrivateKey } from './private-key.ts';
import { keyIdOf, publicKeyOf } from './public-key.ts';
import type { Signer } from './signer.ts';
import { TrustError } from './trust-error.ts';

/** The public side of a home's keys. */
export interface KeyStore {
  readonly root: JWK;
  /** The root's fingerprint: the JWK thumbprint of its public key. */
  readonly rootId: string;
  readonly keyringJws: string;
  readonly keyring: Keyring;
}

/** Reads and verifies the keyring of a home. Throws `TrustError`: `keyring-missing`, and whatever `findKeyStore` finds. */
export async function readKeyStore(home: string): Promise<KeyStore> {
  const store = await findKeyStore(home);
  if (!store) throw keyringMissing();
  return store;
}

/** Reads the keyring of a home again and again; what has not changed since is not verified anew. Throws as `readKeyStore` does. */
export function keyStoreReader(home: string): () => Promise<KeyStore> {
  let last: { readonly read: string; readonly store: KeyStore } | undefined;
  return async () => {
    const files = keyFiles(home);
    const read = `${readGuarded(files.root, 'authentic')}\n${readGuarded(files.keyring, 'authentic')}`;
    if (last?.read !== read) last = { read, store: await readKeyStore(home) };
    return last.store;
  };
}

/** The same; undefined where there are no keys yet. Throws `TrustError`: `key-file-unsafe`, `root-invalid`, and whatever `readKeyring` finds. */
export async function findKeyStore(home: string): Promise<KeyStore | undefined> {
  const files = keyFiles(home);
  if (!isGuardedFolder(files.folder)) return undefined;
  const root = readRoot(home);
  const keyringJws = readGuarded(files.keyring, 'authentic')?.replace(/\n$/, '');
  if (!root && keyringJws === undefined) return undefined;
  if (!root || keyringJws === undefined) {
    const [missing, there] = root ? [files.keyring, 'root.jwk'] : [files.root, 'keyring.jws'];
    throw new TrustError('keyring-missing', `${missing} is missing beside ${there}: restore it from a copy, or remove the folder if its keys were never used`);
  }
  return { root, rootId: await keyIdOf(root.x ?? ''), keyringJws, keyring: await readKeyring(keyringJws, root) };
}

export const keyringMissing = (): TrustError =>
  new TrustError('keyring-missing', 'there are no keys here yet; twokey keys new ROLE --holder CODE makes the first one, and the root key');

/** Which key is meant where a role has several. */
export interface Choice {
  /** A person's code; without it, anybody who holds a key of the role. */
  readonly holder?: string;
  /** The moment at which the key must be valid, epoch milliseconds; without it, now. */
  readonly at?: number;
}

/**
 * A signer with the newest valid key of a role that can sign in this home. `passphrase` is asked only for a key that lies here. Throws
 * `TrustError`: `key-missing`, `passphrase-wrong`, `key-file-unsafe`, `key-file-invalid`, and whatever `readKeyStore` finds.
 */
export async function openSigner(home: string, role: KeyRole, passphrase: () => Promise<string>, { holder, at = Date.now() }: Choice = {}): Promise<Signer> {
  const { keyring } = await readKeyStore(home);
  const valid = keyring.keys
    .filter((entry) => entry.role === role && (holder === undefined || entry.holder === holder) && 'id' in keyAt(keyring, entry.id, at))
    .toSorted((one, other) => other.from - one.from);
  for (const entry of valid) {
    const signer = await signerOf(home, entry, passphrase);
    if (signer) return signer;
  }
  const whose = `${role}${holder === undefined ? '' : ` of ${holder}`}`;
  throw new TrustError(
    'key-missing',
    valid.length > 0
      ? `the private key for ${whose} is held elsewhere; sign there, or name its program: twokey keys rotate KEY --public-key FILE --signer-command FILE`
      : `no valid key for ${whose} is in the keyring: twokey keys new ${role} --holder ${holder ?? 'CODE'}, or see twokey keys list`,
  );
}

async function signerOf(home: string, entry: KeyringEntry, passphrase: () => Promise<string>): Promise<Signer | undefined> {
  const files = keyFiles(home);
  if (entry.external) {
    const file = files.signer(entry.id);
    const command = readGuarded(file, 'secret');
    return command === undefined ? undefined : commandSigner(entry, parseSignerCommand(command, file));
  }
  const file = files.privateKey(entry.id);
  const pem = readGuarded(file, 'secret');
  if (pem === undefined) return undefined;
  const key = openPrivateKey(pem, await passphrase(), file);
  if (publicKeyOf(key) !== entry.publicKey) throw new TrustError('key-file-invalid', `${file}: holds another key than its name and the keyring say`);
  return { keyId: entry.id, holder: entry.holder, sign: async (bytes) => await Promise.resolve(Uint8Array.from(sign(null, bytes, key))) };
}
