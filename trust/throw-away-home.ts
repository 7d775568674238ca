import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { keyAt } from '../domain/signing/keyring.ts';
import type { People } from './company.ts';
import { guardedFolder, readGuarded, writeGuarded } from './guarded-files.ts';
import { keyFiles, writePrivateKey } from './key-files.ts';
import { openSigner, readKeyStore } from './key-store.ts';
import { sealPrivateKey } from './private-key.ts';
import { jwkOf } from './public-key.ts';
import type { Signer } from './signer.ts';
import { type ThrowAwayKeyring } from './throw-away.ts';
import { TrustError } from './trust-error.ts';

/** The passphrase lies beside the keys that it opens: they protect nothing, and say so by their holders' names. */
const passphraseFile = (home: string): string => join(keyFiles(home).folder, 'throw-away-passphrase');

/** The passphrase of a home's throw-away keys; undefined where the keys there are nobody's to throw away. */
export const throwAwayPassphrase = (home: string): string | undefined => readGuarded(passphraseFile(home), 'secret')?.trimEnd();

/** Keeps the public side of a keyring in a home, for the workers there. Throws `TrustError` where the folder is not safe. */
export function keepPublicSide(home: string, { root, jws }: Pick<ThrowAwayKeyring, 'root' | 'jws'>): void {
  const files = keyFiles(home);
  guardedFolder(files.folder);
  writeGuarded(files.keyring, `${jws}\n`);
  writeGuarded(files.root, `${JSON.stringify(jwkOf(root.publicKey))}\n`);
}

/** Keeps all of it, private keys too, under a passphrase that lies beside them. The keyring is written last: before, there are no keys here. */
export async function keepThrowAwayKeyring(home: string, keyring: ThrowAwayKeyring): Promise<void> {
  guardedFolder(keyFiles(home).folder);
  const passphrase = randomBytes(24).toString('base64url');
  writeGuarded(passphraseFile(home), `${passphrase}\n`);
  const keys = [keyring.root, ...keyring.people.map(({ key }) => key)];
  await Promise.all(keys.map(async ({ keyId, privateKey }) => writePrivateKey(home, keyId, await sealPrivateKey(privateKey, passphrase))));
  keepPublicSide(home, keyring);
}

/** The people of a home whose keys open by one passphrase; each key is opened when it first signs. Throws `TrustError` as `readKeyStore` does. */
export async function peopleAt(home: string, passphrase: string): Promise<People> {
  const { root, keyringJws, keyring } = await readKeyStore(home);
  const opened = new Map<string, Promise<Signer>>();
  return {
    root: root.x ?? '',
    keyringJws,
    async signer(role, { is, isNot }) {
      const entry = keyring.keys.find(
        (one) => one.role === role && (is === undefined || one.holder === is) && one.holder !== isNot && 'id' in keyAt(keyring, one.id, Date.now()),
      );
      if (!entry) throw new TrustError('key-missing', `nobody ${is ?? ''} signs as ${role}`);
      const signer = opened.get(entry.id) ?? openSigner(home, role, () => Promise.resolve(passphrase), { holder: entry.holder });
      opened.set(entry.id, signer);
      return await signer;
    },
  };
}
