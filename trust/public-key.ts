import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { calculateJwkThumbprint, type JWK } from 'jose';
import { faultOfPoint } from './curve.ts';
import { TrustError } from './trust-error.ts';

/** The form of 32 bytes in base64url, and so of public keys and of key ids. */
export const base64urlOf32 = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/;

/** What is wrong with a public key (32 bytes in base64url, RFC 8032); undefined where nothing is. */
export function faultOfPublicKey(publicKey: unknown): string | undefined {
  if (typeof publicKey !== 'string' || !base64urlOf32.test(publicKey)) return 'expected 32 bytes in base64url, without padding';
  return faultOfPoint(Buffer.from(publicKey, 'base64url'));
}

/** A public key as a JWK (RFC 8037); it has not been looked at. */
export const jwkOf = (publicKey: string): JWK => ({ kty: 'OKP', crv: 'Ed25519', x: publicKey });

/** The id of a public key: its JWK thumbprint (RFC 7638, SHA-256, base64url). */
export const keyIdOf = (publicKey: string): Promise<string> => calculateJwkThumbprint(jwkOf(publicKey), 'sha256');

/** The public half of a key, as 32 bytes in base64url. */
export const publicKeyOf = (key: KeyObject): string => createPublicKey(key).export({ format: 'jwk' }).x ?? '';

/**
 * The public key in a JWK: 32 bytes in base64url. `what` names the key in errors. Throws `TrustError` with `code` where the JWK is for another
 * algorithm, holds a private key, or is no sound point.
 */
export function publicKeyOfJwk(jwk: unknown, what: string, code: 'root-invalid' | 'public-key-invalid'): string {
  if (typeof jwk !== 'object' || jwk === null || Array.isArray(jwk)) throw new TrustError(code, `${what}: expected a JWK, an object`);
  const { kty, crv, x, d, alg } = jwk as JWK;
  if (d !== undefined) throw new TrustError(code, `${what}: holds a private key; expected its public half alone`);
  const isEd25519 = kty === 'OKP' && crv === 'Ed25519' && (alg === undefined || alg === 'EdDSA' || alg === 'Ed25519');
  if (!isEd25519) throw new TrustError(code, `${what}: expected an Ed25519 key, "kty":"OKP" with "crv":"Ed25519"`);
  const fault = faultOfPublicKey(x);
  if (x === undefined || fault !== undefined) throw new TrustError(code, `${what}: ${fault ?? 'no public key'}`);
  return x;
}

/**
 * The public key that a text holds, a JWK or PEM (`BEGIN PUBLIC KEY`), as 32 bytes in base64url. Throws `TrustError`, `public-key-invalid`;
 * what the text says is never repeated, since it may be the wrong half of the key.
 */
export function readPublicKey(text: string, file: string): string {
  const fault = (message: string, cause?: unknown): TrustError => new TrustError('public-key-invalid', `${file}: ${message}`, { cause });
  if (text.includes('PRIVATE KEY')) throw fault('holds a private key; expected its public half alone');
  if (!text.includes('-----BEGIN')) return publicKeyOfJwk(parsed(text, fault), file, 'public-key-invalid');
  let key: KeyObject;
  try {
    key = createPublicKey(text);
  } catch (error) {
    throw fault('no public key in PEM', error);
  }
  if (key.asymmetricKeyType !== 'ed25519') throw fault(`a key of type ${key.asymmetricKeyType}, expected ed25519`);
  return publicKeyOfJwk(key.export({ format: 'jwk' }), file, 'public-key-invalid');
}

function parsed(text: string, fault: (message: string) => TrustError): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes what it read.
    throw fault('neither a JWK in JSON nor a public key in PEM');
  }
}

/** Whether this is the Ed25519 signature (64 bytes) of these bytes by this public key (32 bytes in base64url); false for an unsound key. */
export function isSignatureOf(publicKey: string, bytes: Uint8Array, signature: Uint8Array): boolean {
  const key = soundKey(publicKey);
  return key !== undefined && signature.length === 64 && verify(null, bytes, key, signature);
}

/** Keys that were found sound: to look at a point costs more than to check a signature by it. */
const sound = new Map<string, KeyObject>();
const mostKept = 1_000;

function soundKey(publicKey: string): KeyObject | undefined {
  const known = sound.get(publicKey);
  if (known) return known;
  if (faultOfPublicKey(publicKey) !== undefined) return undefined;
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });
  if (sound.size >= mostKept) sound.clear();
  sound.set(publicKey, key);
  return key;
}
