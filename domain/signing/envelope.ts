import { type Refusal, refuse } from '../refusal.ts';
import type { Primitives } from './primitives.ts';

/** A signed act as it travels: a JWS in the general JSON form (RFC 7515, section 7.2.1), the same content under one signature or two. */
export interface Envelope {
  /** Canonical JSON in base64url: `domain/signing/claims.ts`. */
  readonly payload: string;
  readonly signatures: readonly { readonly protected: string; readonly signature: string }[];
}

/** A signature whose form is right; whether it is one is not known yet. */
export interface UnprovenSignature {
  readonly keyId: string;
  /** What the key must have signed. */
  readonly signed: string;
  readonly bytes: Uint8Array;
}

/** An envelope that can be read. */
export interface OpenedEnvelope {
  readonly text: string;
  readonly signatures: readonly UnprovenSignature[];
}

export const envelopeType = 'twokey-act';
const limits = { payload: 40_000, header: 400, signatures: 2 } as const;

const malformed = (what: string): Refusal =>
  refuse('envelope-malformed', `the envelope ${what}`, 'a JWS in general JSON form: {"payload":…,"signatures":[{"protected":…,"signature":…}]}');

/** Whether a payload is meant as an envelope; a plain act has `by`. */
export const looksSigned = (payload: unknown): boolean =>
  typeof payload === 'object' && payload !== null && ('payload' in payload || 'signatures' in payload || 'signature' in payload);

/** Reads an envelope's parts; nothing it says is believed by that. Refuses as `envelope-malformed` or `algorithm-refused`. */
export function openEnvelope(value: unknown, primitives: Primitives): OpenedEnvelope | Refusal {
  if (!isRecordOf(value, ['payload', 'signatures'])) return malformed('has other fields than payload and signatures');
  const { payload, signatures } = value;
  if (typeof payload !== 'string' || payload.length > limits.payload) return malformed(`has no payload of at most ${limits.payload} characters`);
  if (!Array.isArray(signatures) || signatures.length === 0 || signatures.length > limits.signatures)
    return malformed(`has no list of 1 to ${limits.signatures} signatures`);
  const text = textIn(payload, primitives);
  if (text === undefined) return malformed('has a payload that is not UTF-8 text in base64url');
  const opened: UnprovenSignature[] = [];
  for (const one of signatures as readonly unknown[]) {
    if (!isRecordOf(one, ['protected', 'signature']) || typeof one['protected'] !== 'string' || typeof one['signature'] !== 'string')
      return malformed('has a signature with other fields than protected and signature');
    const signature = openSignature(one['protected'], payload, one['signature'], envelopeType, primitives);
    if ('refused' in signature) return signature;
    opened.push(signature);
  }
  return { text, signatures: opened };
}

/** Reads a compact JWS of the given `typ` and length in characters. Refuses as `openEnvelope` does. */
export function openCompact(
  jws: string,
  { typ, longest }: { readonly typ: string; readonly longest: number },
  primitives: Primitives,
): { readonly text: string; readonly signature: UnprovenSignature } | Refusal {
  const [header = '', payload = '', signature = '', ...more] = jws.split('.');
  if (more.length > 0 || jws.length > longest) return malformed('holds something that is no compact JWS');
  const opened = openSignature(header, payload, signature, typ, primitives);
  if ('refused' in opened) return opened;
  const text = textIn(payload, primitives);
  return text === undefined ? malformed('holds a payload that is not UTF-8 text in base64url') : { text, signature: opened };
}

function openSignature(header: string, payload: string, signature: string, typ: string, primitives: Primitives): UnprovenSignature | Refusal {
  const told = header.length > limits.header ? undefined : parsed(textIn(header, primitives));
  if (typeof told !== 'object' || told === null) return malformed('has a signature whose header is no JSON object');
  const { alg, kid } = told as { readonly alg?: unknown; readonly kid?: unknown };
  if (alg !== 'EdDSA') return refuse('algorithm-refused', `the envelope is signed by ${JSON.stringify(alg)?.slice(0, 40) ?? 'nothing'}`, '"alg":"EdDSA"');
  // One way to write it: no field more, none twice, no other order.
  if (typeof kid !== 'string' || textIn(header, primitives) !== JSON.stringify({ alg, kid, typ }))
    return malformed(`has a header that says something else than "alg", "kid" and "typ":"${typ}", in this order`);
  const bytes = primitives.bytesOf(signature);
  if (bytes?.length !== 64) return malformed('has a signature that is not 64 bytes in base64url');
  return { keyId: kid, signed: `${header}.${payload}`, bytes };
}

function textIn(part: string, primitives: Primitives): string | undefined {
  const bytes = primitives.bytesOf(part);
  return bytes && primitives.textOf(bytes);
}

function parsed(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether a value is an object with exactly these fields of its own. */
export function isRecordOf(value: unknown, names: readonly string[], optional: readonly string[] = []): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return names.every((name) => Object.hasOwn(value, name)) && Object.keys(value).every((name) => names.includes(name) || optional.includes(name));
}
