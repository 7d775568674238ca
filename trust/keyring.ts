import type { KeyObject } from 'node:crypto';
import { CompactSign, compactVerify, importJWK, type JWK } from 'jose';
import { z } from 'zod';
import type { Keyring } from '../domain/signing/keyring.ts';
import { parseKeyring, writeKeyring } from './keyring-schema.ts';
import { jwkOf, keyIdOf, publicKeyOfJwk } from './public-key.ts';
import { TrustError } from './trust-error.ts';

export { keyAt, type Keyring, type KeyringEntry, type KeyRefusal } from '../domain/signing/keyring.ts';

/** About 2,000 keys. */
const largest = 1_000_000;
const type = 'twokey-keyring';
const header = z.strictObject({ alg: z.literal('EdDSA'), kid: z.string(), typ: z.literal(type) });

/** Signs a keyring by the root key: a compact JWS (RFC 7515) over canonical JSON. `rootId` is the thumbprint of the root key. */
export async function signKeyring(keyring: Keyring, root: KeyObject, rootId: string): Promise<string> {
  const payload = new TextEncoder().encode(writeKeyring(keyring));
  return await new CompactSign(payload).setProtectedHeader({ alg: 'EdDSA', kid: rootId, typ: type }).sign(root);
}

/**
 * The keyring in a compact JWS, if this root key signed it and it says nothing that no keyring can say. `atLeast` is the sequence of the newest
 * keyring that the caller has seen. Throws `TrustError` with a stable code for every fault, and nothing of the text is believed before.
 */
export async function readKeyring(jws: string, root: JWK, atLeast = 1): Promise<Keyring> {
  const publicKey = publicKeyOfJwk(root, 'the root key', 'root-invalid');
  const [head, payload, signature] = partsOf(jws);
  const rootId = await keyIdOf(publicKey);
  refuseHeader(head, rootId);
  if (signature.length !== 86) throw malformed(`has a signature of ${signature.length} characters, expected 86`);
  try {
    await compactVerify(jws, await importJWK(jwkOf(publicKey), 'EdDSA'), { algorithms: ['EdDSA'] });
  } catch (error) {
    throw new TrustError('keyring-signature', `the root key ${rootId} did not sign this keyring`, { cause: error });
  }
  const keyring = await parseKeyring(textOf(payload));
  if (keyring.sequence < atLeast)
    throw new TrustError('keyring-rolled-back', `the keyring is number ${keyring.sequence}, older than number ${atLeast}, which was seen before`);
  return keyring;
}

const malformed = (message: string): TrustError => new TrustError('keyring-malformed', `the keyring ${message}; expected a compact JWS`);

/** Header, payload and signature; libraries forgive padding, white space and spare bits in base64url, this does not. */
function partsOf(jws: unknown): [string, string, string] {
  if (typeof jws !== 'string') throw malformed('is no text');
  if (jws.length > largest) throw malformed(`has ${jws.length} characters, more than ${largest}`);
  const [head = '', payload = '', signature = '', ...more] = jws.split('.');
  if (!head || !payload || !signature || more.length > 0) throw malformed(`has ${jws.split('.').length} parts or an empty one, expected 3`);
  for (const part of [head, payload, signature])
    if (Buffer.from(part, 'base64url').toString('base64url') !== part) throw malformed('is not in base64url without padding');
  return [head, payload, signature];
}

function textOf(part: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(part, 'base64url'));
  } catch (error) {
    throw new TrustError('keyring-malformed', 'the keyring is not UTF-8 text', { cause: error });
  }
}

function refuseHeader(part: string, rootId: string): void {
  const text = textOf(part);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new TrustError('keyring-header', 'the header of the keyring is no JSON');
  }
  if (!z.looseObject({ alg: z.literal('EdDSA') }).safeParse(value).success)
    throw new TrustError('keyring-algorithm', 'the keyring is signed by another algorithm, or none; expected "alg":"EdDSA"');
  const read = header.safeParse(value);
  // Also refuses a field given twice.
  if (!read.success || JSON.stringify(read.data) !== text)
    throw new TrustError('keyring-header', `the header of the keyring must say "alg", "kid" and "typ":"${type}", in this order, and nothing else`);
  if (read.data.kid !== rootId) throw new TrustError('keyring-signature', `the keyring names another root key than ${rootId}`);
}
