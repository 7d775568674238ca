import { ed25519 } from '@noble/curves/ed25519.js';

/** Points and numbers of Ed25519 (RFC 8032) at their edges, and how they are written: 32 bytes, the least first. */
export const prime = 2n ** 255n - 19n;
export const groupOrder = 2n ** 252n + 27742317777372353535851937790883648493n;

export const encoded = (value: bigint): Uint8Array => Buffer.from(value.toString(16).padStart(64, '0'), 'hex').reverse();
export const decoded = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
export const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
export const fromHex = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));

const { Point } = ed25519;
export type EdPoint = InstanceType<typeof Point>;

/** A point of order 8, as libsodium's list of refused keys gives it; its multiples are all points of small order. */
const orderEight = Point.fromHex('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05');

/** All eight points that vanish when they are added to themselves eight times; the first is the neutral one. */
export const smallPoints: readonly EdPoint[] = Array.from({ length: 8 }, (_, times) => orderEight.multiplyUnsafe(BigInt(times)));

const signBit = 2n ** 255n;
/** Ways to write points of small order that RFC 8032 does not know: y is not reduced, or there is a sign without an x. */
const otherWays: readonly (readonly [name: string, bytes: Uint8Array])[] = [
  ['1 with a sign', encoded(1n + signBit)],
  ['-1 with a sign', encoded(prime - 1n + signBit)],
  ['p, which is 0', encoded(prime)],
  ['p with a sign', encoded(prime + signBit)],
  ['p + 1, which is 1', encoded(prime + 1n)],
  ['p + 1 with a sign', encoded(prime + 1n + signBit)],
];

/** Every way to write a point of small order, by order or by what is wrong with it. */
export const smallEncodings: readonly (readonly [name: string, bytes: Uint8Array])[] = [
  ...smallPoints.map((point, times) => [`${times} times the point of order 8`, point.toBytes()] as const),
  ...otherWays,
];

/** Values of y that are p or more, with either sign: some are points if they are reduced, and none may be written so. */
export const unreduced: readonly (readonly [name: string, bytes: Uint8Array])[] = [0n, 1n, 3n, 4n, 5n, 9n, 10n, 18n].flatMap((above) => [
  [`y of p + ${above}`, encoded(prime + above)] as const,
  [`y of p + ${above} with a sign`, encoded(prime + above + signBit)] as const,
]);
