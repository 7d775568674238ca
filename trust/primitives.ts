import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Primitives } from '../domain/signing/primitives.ts';
import { isSignatureOf } from './public-key.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** `Primitives` outside of the workflow sandbox: Node's own. */
export const nodePrimitives: Primitives = {
  bytesOf(base64url) {
    const bytes = Buffer.from(base64url, 'base64url');
    // Node reads over padding, white space and spare bits.
    return bytes.toString('base64url') === base64url ? bytes : undefined;
  },
  textOf(bytes) {
    try {
      return utf8.decode(bytes);
    } catch {
      return undefined;
    }
  },
  canonicalText: (value) => canonicalize(value) ?? 'null',
  digestOf: (text) => createHash('sha256').update(text).digest('hex'),
  isSignatureOf: (publicKey, text, signature) => isSignatureOf(publicKey, Buffer.from(text), signature),
};
