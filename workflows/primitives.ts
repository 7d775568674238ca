import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
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
  // RFC 8032 and FIPS 186-5, not ZIP 215: one way to write a point, S below the order, no key of small order.
  return orUndefined(() => ed25519.verify(signature, bytes, key, { zip215: false })) ?? false;
}

/** These libraries throw where something cannot be read, which is an answer here. */
function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
