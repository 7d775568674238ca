import canonicalize from 'canonicalize';
import type { Claims } from '../domain/signing/claims.ts';
import { claimsFor, type Intended } from '../domain/signing/claims-for.ts';
import { type Delegation, delegationType } from '../domain/signing/delegation.ts';
import { type Envelope, envelopeType } from '../domain/signing/envelope.ts';
import type { Order } from '../domain/state.ts';
import { nodePrimitives } from './primitives.ts';
import type { Signer } from './signer.ts';

const encode = (text: string): string => Buffer.from(text).toString('base64url');

async function signatureOf(payload: string, typ: string, signer: Signer): Promise<Envelope['signatures'][number]> {
  const header = encode(JSON.stringify({ alg: 'EdDSA', kid: signer.keyId, typ }));
  const signature = await signer.sign(Buffer.from(`${header}.${payload}`));
  return { protected: header, signature: Buffer.from(signature).toString('base64url') };
}

/** Signs claims; where the act takes two people, the second signs by `confirmEnvelope`. Whether the order will take them is not judged here. */
export async function signClaims(claims: Claims, signer: Signer): Promise<Envelope> {
  const payload = encode(canonicalize(claims) ?? '');
  return { payload, signatures: [await signatureOf(payload, envelopeType, signer)] };
}

/** The same envelope with the signature of a second person after the first. */
export async function confirmEnvelope({ payload, signatures }: Envelope, signer: Signer): Promise<Envelope> {
  return { payload, signatures: [...signatures, await signatureOf(payload, envelopeType, signer)] };
}

/** An act on an order as it is, signed by one person, and by a second where the act takes two. `order` is as time has left it. */
export async function signAct(order: Order, intended: Omit<Intended, 'signer'>, [first, second]: readonly [Signer, Signer?]): Promise<Envelope> {
  const envelope = await signClaims(claimsFor(order, { ...intended, signer: first.holder }, nodePrimitives), first);
  return second ? await confirmEnvelope(envelope, second) : envelope;
}

/** A delegation as a compact JWS, signed by who gives it. */
export async function signDelegation(delegation: Delegation, signer: Signer): Promise<string> {
  const payload = encode(canonicalize(delegation) ?? '');
  const { protected: header, signature } = await signatureOf(payload, delegationType, signer);
  return `${header}.${payload}.${signature}`;
}
