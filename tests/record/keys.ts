import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { JWK } from 'jose';
import type { Vouching } from '../../record/export.ts';
import type { Keyring, KeyringEntry } from '../../trust/keyring.ts';
import { signKeyring } from '../../trust/keyring.ts';
import { jwkOf, keyIdOf, publicKeyOf } from '../../trust/public-key.ts';
import type { Signer } from '../../trust/signer.ts';

/** Before anything that the tests tell. */
export const longAgo = Date.UTC(2025, 0, 1);

export interface TestKey {
  readonly privateKey: KeyObject;
  readonly publicKey: string;
  readonly id: string;
}

export async function testKey(): Promise<TestKey> {
  const { privateKey } = generateKeyPairSync('ed25519');
  const publicKey = publicKeyOf(privateKey);
  return { privateKey, publicKey, id: await keyIdOf(publicKey) };
}

export const entryOf = ({ id, publicKey }: TestKey, changes: Partial<KeyringEntry> = {}): KeyringEntry => ({
  id,
  publicKey,
  role: 'seller.desk',
  holder: 'p.desk',
  from: longAgo,
  until: null,
  revoked: null,
  ...changes,
});

export const signerOf = ({ id, privateKey }: TestKey, holder = 'p.desk'): Signer => ({
  keyId: id,
  holder,
  sign: (bytes) => Promise.resolve(Uint8Array.from(sign(null, bytes, privateKey))),
});

/** A root key, and what it vouches for. */
export interface TestRoot extends TestKey {
  readonly jwk: JWK;
  keyring(...keys: readonly KeyringEntry[]): Promise<string>;
}

export async function testRoot(): Promise<TestRoot> {
  const key = await testKey();
  const signed = (keys: readonly KeyringEntry[]): Promise<string> => {
    const keyring: Keyring = { version: 1, sequence: 1, issuedAt: Date.UTC(2030, 0, 1), keys };
    return signKeyring(keyring, key.privateKey, key.id);
  };
  return { ...key, jwk: jwkOf(createPublicKey(key.privateKey).export({ format: 'jwk' }).x ?? ''), keyring: (...keys) => signed(keys) };
}

/** A desk with one key that counts. */
export async function testDesk(changes: Partial<KeyringEntry> = {}): Promise<{ readonly root: TestRoot; readonly key: TestKey; readonly vouching: Vouching }> {
  const [root, key] = [await testRoot(), await testKey()];
  return { root, key, vouching: { signer: signerOf(key), keyring: await root.keyring(entryOf(key, changes)), root: root.jwk } };
}
