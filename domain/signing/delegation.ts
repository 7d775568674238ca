import { faultOfText } from '../fields.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { isRole, type Role } from '../roles.ts';
import { type Claims, isMoment } from './claims.ts';
import { isRecordOf, openCompact } from './envelope.ts';
import { isHolder } from './key-roles.ts';
import type { Grounds } from './grounds.ts';
import { keyAt } from './keyring.ts';
import type { Primitives } from './primitives.ts';

/** That a person may act in the place of another, in one role, for a scope and up to a moment. Times in epoch milliseconds. */
export interface Delegation {
  readonly format: 'twokey-delegation/1';
  readonly role: Role;
  readonly from: string;
  readonly to: string;
  /** Ids of orders, or all. */
  readonly orders: 'all' | readonly string[];
  /** Names of acts, or all of the role. */
  readonly acts: 'all' | readonly string[];
  readonly begins: number;
  readonly ends: number;
}

/** A person who is away says for how long; longer needs a key of one's own. */
const longestDelegationMs = 366 * 86_400_000;
export const delegationType = 'twokey-delegation';
/** In characters, as a compact JWS. */
const longestDelegation = 8_000;
const fields = ['format', 'role', 'from', 'to', 'orders', 'acts', 'begins', 'ends'];
const mostNames = 100;

/**
 * A delegation that covers the claims at a moment, signed by who holds the role. Refuses as `delegation-invalid`, and as `openEnvelope` and
 * `keyAt` do.
 */
export function readDelegation(jws: string, claims: Claims, { keyring, at, primitives }: Grounds): Delegation | Refusal {
  const invalid = (what: string): Refusal =>
    refuse('delegation-invalid', `the delegation ${what}`, 'one that its giver signed for this role, act, order and time');
  const opened = openCompact(jws, { typ: delegationType, longest: longestDelegation }, primitives);
  if ('refused' in opened) return opened;
  const delegation = read(opened.text, primitives);
  if (!delegation) return invalid('is not of its form');
  const { role, from, to, orders, acts, begins, ends } = delegation;
  const key = keyAt(keyring, opened.signature.keyId, at);
  if ('refused' in key) return refuse(key.refused, `the delegation of ${from}: ${key.message}`, 'a delegation by a key that counts');
  if (key.holder !== from || key.role !== role) return invalid(`is by a key of ${key.holder} as ${key.role}, and says it is by ${from} as ${role}`);
  if (to === from) return invalid(`is from ${from} to the same person`);
  if (orders !== 'all' && !orders.includes(claims.order)) return invalid(`does not cover order ${claims.order}`);
  if (acts !== 'all' && !acts.includes(claims.act)) return invalid(`does not cover ${claims.act}`);
  if (at < begins) return invalid(`begins at ${new Date(begins).toISOString()}`);
  if (at >= ends) return invalid(`ended at ${new Date(ends).toISOString()}`);
  if (ends - begins > longestDelegationMs) return invalid('is for more than a year');
  if (!primitives.isSignatureOf(key.publicKey, opened.signature.signed, opened.signature.bytes))
    return refuse('signature-invalid', `key ${key.id} of ${from} did not sign the delegation`, 'a delegation as its giver signed it');
  return delegation;
}

function read(text: string, primitives: Primitives): Delegation | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isDelegation(value) && primitives.canonicalText(value) === text ? value : undefined;
}

function isDelegation(value: unknown): value is Delegation {
  if (!isRecordOf(value, fields)) return false;
  const { format, role, from, to, orders, acts, begins, ends } = value;
  const isCode = (one: unknown): boolean => typeof one === 'string' && isHolder(one);
  const isForm = format === 'twokey-delegation/1' && typeof role === 'string' && isRole(role) && isCode(from) && isCode(to);
  return isForm && areNames(orders) && areNames(acts) && isMoment(begins) && isMoment(ends);
}

const areNames = (value: unknown): boolean =>
  value === 'all' || (Array.isArray(value) && value.length > 0 && value.length <= mostNames && value.every((one) => faultOfText(one) === undefined));
