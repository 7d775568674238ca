import { createPrivateKey, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { faultOfPoint } from '../../trust/curve.ts';
import { faultOfPublicKey, isSignatureOf, keyIdOf, readPublicKey } from '../../trust/public-key.ts';
import { faultOf } from './keys-for-tests.ts';

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));
const base64url = (hex: string): string => Buffer.from(hex, 'hex').toString('base64url');

/** RFC 8032, section 7.1: tests 1, 2, 3 and SHA(abc): secret key, public key, message, signature. */
const vectors = [
  [
    '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    '',
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  ],
  [
    '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    '72',
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ],
  [
    'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
    'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    'af82',
    '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  ],
  [
    '833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42',
    'ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf',
    'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
    'dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704',
  ],
] as const;

describe('signatures', () => {
  it.each(vectors)('RFC 8032 key %s: signs and verifies as published, and nothing next to it', (secret, publicKey, message, signature) => {
    const key = createPrivateKey({ key: Buffer.from(`302e020100300506032b657004220420${secret}`, 'hex'), format: 'der', type: 'pkcs8' });
    expect(sign(null, bytes(message), key).toString('hex')).toBe(signature);
    expect(faultOfPoint(bytes(publicKey))).toBeUndefined();
    expect(isSignatureOf(base64url(publicKey), bytes(message), bytes(signature))).toBe(true);
    expect(isSignatureOf(base64url(publicKey), bytes(`${message}00`), bytes(signature))).toBe(false);
    for (let at = 0; at < 64; at++) {
      const other = bytes(signature);
      other[at] = (other[at] ?? 0) ^ 1;
      expect(isSignatureOf(base64url(publicKey), bytes(message), other)).toBe(false);
    }
    expect(isSignatureOf(base64url(publicKey), bytes(message), bytes(signature).subarray(0, 63))).toBe(false);
    expect(isSignatureOf(base64url(publicKey), bytes(message), bytes(`${signature}00`))).toBe(false);
  });

  it('with an S that is not canonical (S plus the order of the group) are refused', () => {
    const [, publicKey, message, signature] = vectors[0];
    const order = 2n ** 252n + 27742317777372353535851937790883648493n;
    const scalar = BigInt(`0x${Buffer.from(signature.slice(64), 'hex').reverse().toString('hex')}`) + order;
    const high = Buffer.from(scalar.toString(16).padStart(64, '0'), 'hex').reverse().toString('hex');
    expect(isSignatureOf(base64url(publicKey), bytes(message), bytes(signature.slice(0, 64) + high))).toBe(false);
  });
});

/** The points of small order and their other ways to be written, as libsodium refuses them. */
const unsoundKeys = [
  ['of order 4', '0000000000000000000000000000000000000000000000000000000000000000'],
  ['of order 4, other sign', '0000000000000000000000000000000000000000000000000000000000000080'],
  ['of order 1', '0100000000000000000000000000000000000000000000000000000000000000'],
  ['of order 1, wrong sign', '0100000000000000000000000000000000000000000000000000000000000080'],
  ['of order 2', 'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'],
  ['of order 2, wrong sign', 'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff'],
  ['of order 8', '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05'],
  ['of order 8, other sign', '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85'],
  ['of order 8, other y', 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a'],
  ['of order 8, other y and sign', 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa'],
  ['y of p, which is 0', 'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'],
  ['y of p + 1, which is 1', 'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'],
  ['y of 2^255 - 1', 'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff'],
  ['not on the curve', '0200000000000000000000000000000000000000000000000000000000000000'],
] as const;

describe('public keys', () => {
  it.each(unsoundKeys)('%s (%s) are refused, and sign nothing', (_what, hex) => {
    expect(faultOfPublicKey(base64url(hex))).toMatch(/small order|canonical|no point/);
    // R of order 1 and S = 0 fit every message under a key of order 1.
    expect(isSignatureOf(base64url(hex), bytes('00'), bytes(`01${'00'.repeat(63)}`))).toBe(false);
  });

  it.each(['', 'A', `${base64url(vectors[0][1])}=`, `${base64url(vectors[0][1]).slice(0, 42)}p`, base64url(vectors[0][1]).slice(1), 7, null, undefined, {}])(
    'written as %j are refused',
    (text) => {
      expect(faultOfPublicKey(text)).toContain('32 bytes in base64url');
    },
  );

  it('have the thumbprint of RFC 8037, appendix A.3', async () => {
    expect(await keyIdOf('11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo')).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k');
  });
});

describe('a file with a public key', () => {
  const x = base64url(vectors[0][1]);
  const pem = (hex: string): string => `-----BEGIN PUBLIC KEY-----\n${Buffer.from(hex, 'hex').toString('base64')}\n-----END PUBLIC KEY-----\n`;

  it.each([
    ['a JWK', JSON.stringify({ kty: 'OKP', crv: 'Ed25519', x, use: 'sig' })],
    ['PEM', pem(`302a300506032b6570032100${vectors[0][1]}`)],
  ])('is read as %s', (_what, text) => {
    expect(readPublicKey(text, 'key')).toBe(x);
  });

  const secret = base64url(vectors[0][0]);
  it.each([
    ['a private JWK', JSON.stringify({ kty: 'OKP', crv: 'Ed25519', x, d: secret })],
    ['a private PEM', `-----BEGIN PRIVATE KEY-----\n${secret}\n-----END PRIVATE KEY-----\n`],
    ['a JWK of another curve', JSON.stringify({ kty: 'OKP', crv: 'X25519', x })],
    ['a JWK for another algorithm', JSON.stringify({ kty: 'OKP', crv: 'Ed25519', alg: 'HS256', x })],
    ['a PEM of another curve', pem(`302a300506032b656e032100${vectors[0][1]}`)],
    ['a PEM of small order', pem(`302a300506032b6570032100${'00'.repeat(32)}`)],
    ['a broken PEM', `-----BEGIN PUBLIC KEY-----\n${secret}\n-----END PUBLIC KEY-----\n`],
    ['no JSON', `{"d":"${secret}"`],
    ['a list', '[]'],
    ['null', 'null'],
    ['nothing', ''],
  ])('is refused as %s, without a word of what it says', async (_what, text) => {
    const error = await faultOf(() => readPublicKey(text, 'key'));
    expect(error.code).toBe('public-key-invalid');
    expect(error.message).not.toContain(secret.slice(0, 8));
  });
});
