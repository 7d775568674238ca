import { ed25519 } from '@noble/curves/ed25519.js';
import { bytesToNumberLE, concatBytes, equalBytes } from '@noble/curves/utils.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { base64urlnopad, hex } from '@scure/base';
import canonicalize from 'canonicalize';
import type { Primitives } from '../domain/signing/primitives.ts';

/** The first check builds a table: of 8 bits it takes 20 ms and more, of 4 some 10 ms, and later checks are as fast (docs/decisions/0009). */
const windowBits = 4;
ed25519.Point.BASE.precompute(windowBits, true);

const ascii = new TextEncoder();
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** `Primitives` in the workflow sandbox, where there is no `node:crypto` and nothing may wait. */
export const sandboxPrimitives: Primitives = {
  bytesOf: (base64url) => orUndefined(() => base64urlnopad.decode(base64url)),
  textOf: (bytes) => orUndefined(() => utf8.decode(bytes)),
  canonicalText: (value) => canonicalize(value) ?? 'null',
  digestOf: (text) => hex.encode(sha256(ascii.encode(text))),
  isSignatureOf: (publicKey, text, signature) => isSignatureOfBytes(publicKey, ascii.encode(text), signature),
};

/** As `isSignatureOf`, of any bytes. */
export function isSignatureOfBytes(publicKey: string, bytes: Uint8Array, signature: Uint8Array): boolean {
  const key = sandboxPrimitives.bytesOf(publicKey);
  if (key?.length !== 32 || signature.length !== 64) return false;
  return orUndefined(() => satisfies(key, bytes, signature)) ?? false;
}

/**
 * Whether [S]B = R + [k]A (RFC 8032, section 5.1.7, step 3) to the letter, as OpenSSL asks. The library's own check multiplies both sides by the cofactor 8
 * and takes what an owner has given a part of small order, which every reader of the record would then refuse. Throws where bytes are no point.
 */
function satisfies(key: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean {
  const [r, s] = [signature.subarray(0, 32), bytesToNumberLE(signature.subarray(32))];
  const a = ed25519.Point.fromBytes(key);
  const { ORDER } = ed25519.Point.Fn;
  if (s >= ORDER || a.isSmallOrder()) return false;
  const k = bytesToNumberLE(sha512(concatBytes(r, key, bytes))) % ORDER;
  const found = ed25519.Point.BASE.multiplyUnsafe(s).subtract(a.multiplyUnsafe(k));
  return !found.isSmallOrder() && equalBytes(found.toBytes(), r);
}

/** These libraries throw where something cannot be read, which is an answer here. */
function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
