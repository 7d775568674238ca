import { type KeyringEntry, type KeyRefusal, type Keyring, keyAt } from '../trust/keyring.ts';
import type { KeyRole } from '../domain/signing/key-roles.ts';
import { isSignatureOf } from '../trust/public-key.ts';
import type { Signer } from '../trust/signer.ts';
import { tampered } from './fault.ts';
import { canonicalText, isJsonObject, isObject, type Json, type JsonObject } from './json.ts';

/** What a desk signs about its records. */
export type StatementType = 'twokey-record-head' | 'twokey-checkpoint';
/** Whose word on a record counts. */
export const vouchingRoles = ['seller.desk', 'auditor'] as const satisfies readonly KeyRole[];
export type VouchingRole = (typeof vouchingRoles)[number];
const mayVouch = (role: KeyRole): boolean => vouchingRoles.some((one) => one === role);

/** A statement as its signer made it. */
export interface SignedStatement {
  readonly key: KeyringEntry;
  readonly text: string;
  readonly content: JsonObject;
}

const encode = (text: string): string => Buffer.from(text).toString('base64url');

/** Signs a statement: a compact JWS (RFC 7515) by Ed25519 (RFC 8037) over its canonical text. */
export async function signStatement(typ: StatementType, content: Json, signer: Signer): Promise<string> {
  const signed = `${encode(JSON.stringify({ alg: 'EdDSA', kid: signer.keyId, typ }))}.${encode(canonicalText(content))}`;
  const signature = await signer.sign(Buffer.from(signed));
  return `${signed}.${Buffer.from(signature).toString('base64url')}`;
}

/**
 * The statement in a compact JWS, if a key of the keyring signed it whose role may. Whether that key counted at the moment
 * of the statement is for `requireValid`. Throws `RecordFault`.
 */
export function readStatement(jws: string, typ: StatementType, keyring: Keyring): SignedStatement {
  const [head, payload, signature] = partsOf(jws, typ);
  const [headerText, text] = [decode(head, typ), decode(payload, typ)];
  const [header, content] = [parse(headerText, typ), parse(text, typ)];
  if (header['alg'] !== 'EdDSA')
    throw tampered('algorithm-refused', `the signature of ${told[typ]} is not by EdDSA`, { expected: 'EdDSA', found: JSON.stringify(header['alg'] ?? null) });
  const keyId = header['kid'];
  const expected = JSON.stringify({ alg: 'EdDSA', kid: keyId, typ });
  if (typeof keyId !== 'string' || headerText !== expected) throw malformed(typ, `has another header than alg, kid and typ, which must be "${typ}"`);
  const key = keyring.keys.find(({ id }) => id === keyId);
  if (!key) throw tampered('key-unknown', `the key that signed ${told[typ]} is not in keyring ${keyring.sequence}`, { found: keyId.slice(0, 64) });
  if (!isSignatureOf(key.publicKey, Buffer.from(`${head}.${payload}`), Buffer.from(signature, 'base64url')))
    throw tampered('signature-invalid', `key ${key.id} of ${key.holder} did not sign ${told[typ]} as it stands here`);
  if (!mayVouch(key.role))
    throw tampered('key-not-entitled', `${key.role} may not sign ${told[typ]}`, { expected: vouchingRoles.join(' or '), found: key.role });
  if (!isJsonObject(content)) throw malformed(typ, 'is over something that no record can hold');
  return { key, text, content };
}

/** Refuses a key that did not count at `at` (epoch milliseconds). Throws `RecordFault`. */
export function requireValid(keyring: Keyring, key: KeyringEntry, at: number): void {
  const found: KeyringEntry | KeyRefusal = keyAt(keyring, key.id, at);
  if ('refused' in found) throw tampered(found.refused, found.message, { found: new Date(at).toISOString() });
}

const told: { readonly [T in StatementType]: string } = { 'twokey-record-head': 'the head', 'twokey-checkpoint': 'the checkpoint' };
const malformed = (typ: StatementType, what: string) => tampered('signature-malformed', `the signature of ${told[typ]} ${what}`);

/** Three parts of base64url, each written in the one way there is: no padding, no spare bits. */
function partsOf(jws: string, typ: StatementType): [string, string, string] {
  const [head, payload, signature, ...more] = jws.split('.');
  if (!head || !payload || !signature || more.length > 0) throw malformed(typ, 'is no compact JWS of three parts');
  for (const part of [head, payload, signature])
    if (Buffer.from(part, 'base64url').toString('base64url') !== part) throw malformed(typ, 'is not in base64url without padding');
  if (signature.length !== 86) throw malformed(typ, 'is not of 64 bytes');
  return [head, payload, signature];
}

function decode(part: string, typ: StatementType): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(part, 'base64url'));
  } catch {
    throw malformed(typ, 'is not of UTF-8 text');
  }
}

function parse(text: string, typ: StatementType): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw malformed(typ, 'is not of JSON');
  }
  if (isObject(value)) return value;
  throw malformed(typ, 'is not of JSON objects');
}
