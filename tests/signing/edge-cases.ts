import { createHash } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';
import { decoded, type EdPoint, encoded, groupOrder, prime, smallPoints } from './points.ts';

/** A signature at an edge of Ed25519, made by whoever owns the key, if anybody does. */
export interface EdgeCase {
  readonly number: number;
  readonly name: string;
  readonly key: Uint8Array;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
}

const { Point } = ed25519;
const neutral = Point.ZERO;
const small = (times: number): EdPoint => smallPoints[((times % 8) + 8) % 8] ?? neutral;
/** The order of the points that both have no part in: known secrets, the same in each run. */
const [secret, nonce] = [
  decoded(createHash('sha256').update('edge cases: key').digest()) % groupOrder,
  decoded(createHash('sha256').update('edge cases: nonce').digest()) % groupOrder,
];
const sum = (scalar: bigint, times: number): EdPoint => (scalar === 0n ? small(times) : Point.BASE.multiply(scalar).add(small(times)));

/** What is hashed into the equation S B = R + k A. */
function challenge(r: Uint8Array, key: Uint8Array, message: Uint8Array): bigint {
  return decoded(createHash('sha512').update(r).update(key).update(message).digest()) % groupOrder;
}

interface Parts {
  /** The key is `secret` times the base point, or nothing, and a point of small order times this. */
  readonly key: readonly [secret: bigint, small: number];
  readonly r: readonly [nonce: bigint, small: number];
  /** How key and R are written, where not in their one form; `isHashedSo` says which way stands in the hash. */
  readonly keyWritten?: Uint8Array;
  readonly rWritten?: Uint8Array;
  readonly isHashedSo?: boolean;
  /** Whether the parts of small order vanish: whether the equation holds without its cofactor. */
  readonly vanish: boolean;
  readonly shift?: (s: bigint) => bigint;
}

/** Looks for a message under which the parts of small order vanish, or do not, and signs it. */
function made(number: number, name: string, { key, r, keyWritten, rWritten, isHashedSo = true, vanish, shift = (s) => s }: Parts): EdgeCase {
  const [keyForm, rForm] = [sum(...key).toBytes(), sum(...r).toBytes()];
  const [keyBytes, rBytes] = [keyWritten ?? keyForm, rWritten ?? rForm];
  for (let turn = 0; turn < 1_000; turn += 1) {
    const message = createHash('sha256').update(`edge cases: ${number}, ${turn}`).digest();
    const k = isHashedSo ? challenge(rBytes, keyBytes, message) : challenge(rForm, keyForm, message);
    if (((r[1] + Number(k % 8n) * key[1]) % 8 === 0) !== vanish) continue;
    const s = shift((r[0] + k * key[0]) % groupOrder);
    return { number, name, key: keyBytes, message, signature: Buffer.concat([rBytes, encoded(s)]) };
  }
  throw new Error(`no message was found for edge case ${number}`);
}

/** -1 with the sign of an x that is 0: the point of order 2, written as none may be. */
const orderTwoOtherwise = encoded(prime - 1n + 2n ** 255n);

/**
 * The twelve kinds of "Taming the many EdDSAs" (Chalkias, Garillot, Nikolaenko; 2020, table 5), numbered as there and made anew; and a 13th, R alone
 * with a part of small order, which the paper leaves out.
 */
export const edgeCases: readonly EdgeCase[] = [
  made(0, 'S of zero, key and R of small order', { key: [0n, 1], r: [0n, 3], vanish: true }),
  made(1, 'a key of small order, R of mixed order', { key: [0n, 1], r: [nonce, 3], vanish: true }),
  made(2, 'a key of mixed order, R of small order', { key: [secret, 1], r: [0n, 3], vanish: true }),
  made(3, 'key and R of mixed order, and their parts of small order vanish', { key: [secret, 1], r: [nonce, 3], vanish: true }),
  made(4, 'key and R of mixed order, and their parts of small order do not vanish', { key: [secret, 1], r: [nonce, 3], vanish: false }),
  made(5, 'a key of mixed order, and its part of small order does not vanish', { key: [secret, 1], r: [nonce, 0], vanish: false }),
  made(6, 'S plus the order of the group', { key: [secret, 0], r: [nonce, 0], vanish: true, shift: (s) => s + groupOrder }),
  made(7, 'S plus so much that its highest bits are used', { key: [secret, 0], r: [nonce, 0], vanish: true, shift: (s) => s + 14n * groupOrder }),
  made(8, 'R of small order written otherwise, hashed in its one form', {
    key: [secret, 4],
    r: [0n, 4],
    rWritten: orderTwoOtherwise,
    isHashedSo: false,
    vanish: true,
  }),
  made(9, 'R of small order written otherwise, hashed as written', { key: [secret, 4], r: [0n, 4], rWritten: orderTwoOtherwise, vanish: true }),
  made(10, 'a key of small order written otherwise, hashed in its one form', {
    key: [0n, 4],
    r: [nonce, 4],
    keyWritten: orderTwoOtherwise,
    isHashedSo: false,
    vanish: true,
  }),
  made(11, 'a key of small order written otherwise, hashed as written', { key: [0n, 4], r: [nonce, 4], keyWritten: orderTwoOtherwise, vanish: true }),
  made(12, 'a sound key, and R with a part of small order that does not vanish', { key: [secret, 0], r: [nonce, 3], vanish: false }),
];
