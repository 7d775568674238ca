import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { freshKey, openPrivateKey, sealPrivateKey } from '../../trust/private-key.ts';
import { publicKeyOf } from '../../trust/public-key.ts';
import { faultOf, passphrase } from './keys-for-tests.ts';

const key = await freshKey();
const pem = await sealPrivateKey(key.privateKey, passphrase);
const der = Buffer.from(pem.split('\n').slice(1, -2).join(''), 'base64');

describe('a sealed private key', () => {
  it('opens with its passphrase, however the letters of it were composed', async () => {
    expect(publicKeyOf(openPrivateKey(pem, passphrase, 'key.pem'))).toBe(key.publicKey);
    const composed = await sealPrivateKey(key.privateKey, 'schl\u00fcsselwort 12');
    expect(publicKeyOf(openPrivateKey(composed, 'schlu\u0308sselwort 12', 'key.pem'))).toBe(key.publicKey);
  });

  it('is PKCS#8 under PBES2 with scrypt (2^14, 8, 5) and AES-256-CBC, in lines of 64', () => {
    expect(pem).toMatch(/^-----BEGIN ENCRYPTED PRIVATE KEY-----\n([A-Za-z0-9+/=]{1,64}\n)+-----END ENCRYPTED PRIVATE KEY-----\n$/);
    for (const part of ['2b06010401da47040b', '0202400002010802010', '60864801650304012a']) expect(der.toString('hex')).toContain(part);
  });

  it('holds neither the secret nor the passphrase in plain, and is another file each time', async () => {
    const seed = Buffer.from(key.privateKey.export({ format: 'jwk' }).d ?? '', 'base64url');
    expect(seed).toHaveLength(32);
    expect(der.includes(seed)).toBe(false);
    expect(pem).not.toContain(passphrase);
    expect(await sealPrivateKey(key.privateKey, passphrase)).not.toBe(pem);
  });

  it.each([
    ['a wrong passphrase', 'passphrase-wrong', pem, `${passphrase}!`],
    ['a short passphrase', 'passphrase-too-short', pem, 'eleven char'],
    ['no passphrase', 'passphrase-too-short', pem, ''],
    ['a passphrase of 1,001 bytes', 'passphrase-too-short', pem, 'x'.repeat(1_001)],
    ['a damaged file', 'passphrase-wrong', pem.replace(/\n([A-Za-z0-9+/]{4})/, '\nAAAA'), passphrase],
    ['a cut file', 'passphrase-wrong', pem.slice(0, 100), passphrase],
    ['an open private key', 'key-file-invalid', String(key.privateKey.export({ type: 'pkcs8', format: 'pem' })), passphrase],
    ['a public key', 'key-file-invalid', String(createPublicKey(key.privateKey).export({ type: 'spki', format: 'pem' })), passphrase],
    ['an empty file', 'key-file-invalid', '', passphrase],
    [
      'a key of another kind',
      'key-file-invalid',
      String(generateKeyPairSync('x25519').privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase })),
      passphrase,
    ],
  ])('is not opened with %s', async (_what, code, text, phrase) => {
    const error = await faultOf(() => openPrivateKey(text, phrase, 'key.pem'));
    expect(error.code).toBe(code);
    if (phrase.length > 0) expect(`${error.stack}${String(error.cause)}`).not.toContain(phrase);
  });

  it.each(['short', 'x'.repeat(11), '\u{1f511}'.repeat(11), 'x'.repeat(1_001)])('is not made with the passphrase %s', async (phrase) => {
    expect((await faultOf(() => sealPrivateKey(key.privateKey, phrase))).code).toBe('passphrase-too-short');
  });

  it('has an id that no command line takes for an option', async () => {
    const ids = await Promise.all(Array.from({ length: 200 }, async () => (await freshKey()).keyId));
    expect(ids.filter((id) => id.startsWith('-'))).toEqual([]);
  });
});
