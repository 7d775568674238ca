import { openOrder } from '../../domain/order.ts';
import type { Role } from '../../domain/roles.ts';
import type { Claims, SignedActName } from '../../domain/signing/claims.ts';
import type { Envelope } from '../../domain/signing/envelope.ts';
import { type Bound, genesisOf, subjectDigest } from '../../domain/signing/signed-act.ts';
import { nodePrimitives } from '../../trust/primitives.ts';
import { confirmEnvelope, signClaims } from '../../trust/sign-act.ts';
import type { Signer } from '../../trust/signer.ts';
import { makeThrowAwayKeyring, signerWith } from '../../trust/throw-away.ts';
import { policy, terms } from '../support/orders.ts';

/** The moment of these samples, and a keyring of one person a role that counts by then. */
export const now = Date.parse('2026-01-21T15:00:00Z');
export const trusted = await makeThrowAwayKeyring({ from: Date.parse('2025-01-01T00:00:00Z') });
export const signerOf = (holder: string): Signer => {
  const person = trusted.people.find((one) => one.holder === `demo.${holder}`);
  if (!person) throw new Error(`nobody is called ${holder}`);
  return signerWith(person);
};
const holderOf = (role: Role): string => `demo.${role.replaceAll('.', '-')}`;

/** An order of signed acts at its very beginning. */
export function bound(): Bound {
  const order = openOrder(terms(), policy(), {});
  return { order, genesis: genesisOf(order, nodePrimitives) };
}

/** Claims of an act on that order as they should be. */
export function claimsOf(act: SignedActName, role: Role, fields: Claims['fields'] = {}, changes: Partial<Claims> = {}): Claims {
  const { order, genesis } = bound();
  return {
    ...{ format: 'twokey-act/1', act, order: order.terms.id, genesis, subject: subjectDigest(order, act, nodePrimitives) },
    ...{ role, signer: holderOf(role), epoch: 0, nonce: `nonce-of-${act}`, issued: now - 1_000, expires: now + 3_600_000, fields },
    ...changes,
  };
}

/** Claims signed by the people with these codes, the second confirming. */
export async function signedBy(claims: Claims, first: string, second?: string): Promise<Envelope> {
  const envelope = await signClaims(claims, signerOf(first));
  return second === undefined ? envelope : await confirmEnvelope(envelope, signerOf(second));
}
