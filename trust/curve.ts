/** The field and curve of Ed25519 (RFC 8032, section 5.1), as far as it takes to judge a public key. */
const prime = 2n ** 255n - 19n;

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base % prime;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % prime;
    square = (square * square) % prime;
  }
  return result;
}
const d = ((prime - 121665n) * power(121666n, prime - 2n)) % prime;

/** The y coordinate of the points of order 8, as libsodium's list of refused keys gives it; the other two have its negative. */
const orderEight = 0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n;
const smallOrder: ReadonlySet<bigint> = new Set([0n, 1n, prime - 1n, orderEight, prime - orderEight]);

/**
 * What is wrong with the 32 bytes of an Ed25519 public key; undefined where nothing is. OpenSSL looks at a key only when it verifies, and then
 * takes points of small order, under which one signature fits many messages.
 */
export function faultOfPoint(bytes: Uint8Array): string | undefined {
  if (bytes.length !== 32) return `${bytes.length} bytes, expected 32`;
  const encoded = BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
  const y = encoded & (2n ** 255n - 1n);
  if (y >= prime) return 'a point that is not written in its canonical form';
  if (smallOrder.has(y)) return 'a point of small order, which anybody can sign for';
  const numerator = (y * y + prime - 1n) % prime;
  const denominator = (((d * y) % prime) * y + 1n) % prime;
  const isOnCurve = power((numerator * denominator) % prime, (prime - 1n) / 2n) === 1n;
  return isOnCurve ? undefined : 'no point of the curve';
}
