import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';
import { describe, expect, it } from 'vitest';
import { openKeyring } from '../../domain/signing/read-keyring.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { signKeyring, readKeyring } from '../../trust/keyring.ts';
import { faultOfPublicKey, isSignatureOf, jwkOf } from '../../trust/public-key.ts';
import { isSignatureOfBytes, sandboxPrimitives } from '../../workflows/primitives.ts';
import { unsoundEntries } from './bad/points.ts';
import { keyOf, makeCast } from './cast.ts';
import { edgeCases } from './edge-cases.ts';
import { decoded, encoded, fromHex, groupOrder, hexOf, smallEncodings, smallPoints, unreduced } from './points.ts';
import rfc8032 from './vectors/rfc8032-ed25519.json' with { type: 'json' };
import wycheproof from './vectors/wycheproof-ed25519.json' with { type: 'json' };

const { Point } = ed25519;
const { Fn } = Point;
type Verify = (key: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;
const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
const onNode: Verify = (key, message, signature) => isSignatureOf(base64url(key), message, signature);
const inSandbox: Verify = (key, message, signature) => isSignatureOfBytes(base64url(key), message, signature);
const platforms: readonly (readonly [string, Verify])[] = [
  ['Node', onNode],
  ['the workflow sandbox', inSandbox],
];

describe.each(platforms)('by the arithmetic of %s', (_platform, verify) => {
  it.each(rfc8032.tests)('$name of RFC 8032 is a signature, and none of what is next to it', ({ secret, publicKey, message, signature }) => {
    const [key, text, bytes] = [publicKey, message, signature].map(fromHex) as [Uint8Array, Uint8Array, Uint8Array];
    const privateKey = createPrivateKey({ key: fromSecret(secret), format: 'der', type: 'pkcs8' });
    expect(createPublicKey(privateKey).export({ format: 'jwk' }).x).toBe(base64url(key));
    expect(hexOf(sign(null, text, privateKey))).toBe(signature);
    expect(verify(key, text, bytes)).toBe(true);
    expect(verify(key, Buffer.concat([text, Uint8Array.of(0)]), bytes)).toBe(false);
    for (let at = 0; at < 64; at += 1) expect(verify(key, text, bytes.with(at, (bytes[at] ?? 0) ^ 1))).toBe(false);
  });

  it('all of Wycheproof that is valid is taken, and nothing that is not', () => {
    const judged = wycheproof.tests.filter(({ result }) => result !== 'acceptable');
    expect(judged).toHaveLength(181);
    const wrong = judged.filter(
      ({ publicKey, message, signature, result }) => verify(fromHex(publicKey), fromHex(message), fromHex(signature)) !== (result === 'valid'),
    );
    expect(wrong).toEqual([]);
  });

  it('nobody signs for a key of small order, though Wycheproof lets a verifier take it', () => {
    const small = wycheproof.tests.filter(({ about }) => about === 'SmallOrderPublicKey');
    expect(small).toHaveLength(8);
    for (const { publicKey, message, signature } of small) expect(verify(fromHex(publicKey), fromHex(message), fromHex(signature))).toBe(false);
    for (const [, key] of smallEncodings)
      for (const r of smallPoints) expect(verify(key, Buffer.from('any'), Buffer.concat([r.toBytes(), new Uint8Array(32)]))).toBe(false);
  });

  it('a key, an R or an S that is not written in its one form is refused', () => {
    for (const [, bytes] of unreduced) expect(verify(bytes, Buffer.from('any'), Buffer.concat([bytes, new Uint8Array(32)]))).toBe(false);
    for (const { publicKey, message, signature } of rfc8032.tests) {
      const bytes = fromHex(signature);
      for (let times = 1n; times < 15n; times += 1n) {
        const s = encoded(decoded(bytes.subarray(32)) + times * groupOrder);
        expect(verify(fromHex(publicKey), fromHex(message), Buffer.concat([bytes.subarray(0, 32), s]))).toBe(false);
      }
    }
  });
});

function fromSecret(secret: string): Buffer {
  return Buffer.from(`302e020100300506032b657004220420${secret}`, 'hex');
}

const takenBy = (verify: Verify): number[] => edgeCases.filter(({ key, message, signature }) => verify(key, message, signature)).map(({ number }) => number);

describe('of the kinds of "Taming the many EdDSAs"', () => {
  // OpenSSL took 2 as well until it came to refuse every R of small order.
  it('Node takes 3 alone', () => expect(takenBy(onNode).filter((number) => number !== 2)).toEqual([3]));

  it('the workflow sandbox takes 3 alone, since it does not multiply the equation by the cofactor 8', () => expect(takenBy(inSandbox)).toEqual([3]));

  it('both refuse small-order keys, S past the order, and points that are not written in their one form', () => {
    for (const verify of [onNode, inSandbox]) for (const number of [0, 1, 6, 7, 8, 9, 10, 11]) expect(takenBy(verify)).not.toContain(number);
  });
});

describe('where Node and the workflow sandbox judge differently', () => {
  it('is no part of small order that an owner has given to key or R', () => {
    expect(takenBy(inSandbox)).toEqual(takenBy(onNode).filter((number) => number !== 2));
  });

  it('is none of the 22 signatures for keys of mixed order that Wycheproof has', () => {
    const mixed = wycheproof.tests.filter(({ about }) => about === 'MixedOrderPublicKey');
    const taken = (verify: Verify): number[] =>
      mixed.filter(({ publicKey, message, signature }) => verify(fromHex(publicKey), fromHex(message), fromHex(signature))).map(({ id }) => id);
    expect(taken(onNode)).toHaveLength(21);
    expect(taken(inSandbox)).toEqual(taken(onNode));
  });

  it('is nothing that somebody can bring about who does not own the key', async () => {
    const { publicKey, privateKey } = await keyOf('somebody else');
    const key = Buffer.from(publicKey, 'base64url');
    for (let turn = 0; turn < 20; turn += 1) {
      const message = Buffer.from(`an act, ${turn}`);
      const signature = Uint8Array.from(sign(null, message, privateKey));
      for (const [times, other] of altered(signature).entries()) {
        expect([times, onNode(key, message, other), inSandbox(key, message, other)]).toEqual([times, times === 0, times === 0]);
      }
    }
  });

  it('is no key of small order, for which anybody could sign: the keyring refuses it, and where one stood in it all the same, it signs nothing', async () => {
    const now = Date.parse('2026-01-21T15:00:00Z');
    const unsound = await unsoundEntries(now);
    const { root, jws } = await makeCast(now, unsound);
    for (const { publicKey } of unsound) expect(faultOfPublicKey(publicKey)).toBeDefined();
    await expect(readKeyring(jws, jwkOf(root.publicKey))).rejects.toMatchObject({ code: 'keyring-public-key' });
    for (const entry of unsound) {
      const one = await signKeyring({ version: 1, sequence: 1, issuedAt: now, keys: [entry] }, root.privateKey, root.keyId);
      await expect(readKeyring(one, jwkOf(root.publicKey))).rejects.toMatchObject({ code: 'keyring-public-key' });
      const opened = openKeyring(one, root.publicKey, sandboxPrimitives);
      if (isRefusal(opened)) throw new Error(opened.message);
      for (const r of smallPoints)
        expect(sandboxPrimitives.isSignatureOf(entry.publicKey, 'any', Buffer.concat([r.toBytes(), new Uint8Array(32)]))).toBe(false);
    }
  });
});

/** A signature, and what a stranger can make of it: R moved by each point of small order, S moved by the order and by the eighth of it. */
function altered(signature: Uint8Array): Uint8Array[] {
  const [r, s] = [Point.fromBytes(signature.subarray(0, 32)), decoded(signature.subarray(32))];
  const eighth = Fn.inv(8n);
  return [
    ...smallPoints.map((small) => Buffer.concat([r.add(small).toBytes(), signature.subarray(32)])),
    ...[s + groupOrder, (s + eighth) % groupOrder, groupOrder - s].map((other) => Buffer.concat([signature.subarray(0, 32), encoded(other)])),
    Buffer.concat([r.negate().toBytes(), encoded(groupOrder - s)]),
  ];
}
