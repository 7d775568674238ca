import { actSpec } from '../domain/acts.ts';
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';
import type { Role } from '../domain/roles.ts';
import { tableRoute } from '../domain/rules/filing.ts';
import { type Claims, readClaims, type SignedActName } from '../domain/signing/claims.ts';
import { type Envelope, openEnvelope } from '../domain/signing/envelope.ts';
import type { Keyring } from '../domain/signing/keyring.ts';
import type { Footing, Proof } from '../domain/signing/order-trust.ts';
import { proven } from '../domain/signing/signatories.ts';
import { genesisOf } from '../domain/signing/signed-act.ts';
import { importFault } from '../domain/signing/import-claims.ts';
import { importDigest, type Past } from '../domain/past.ts';
import { nodePrimitives } from './primitives.ts';

const acts = {
  submission: { act: 'submit', entitled: ['seller.desk'] },
  us: { act: 'issue-license', entitled: actSpec('issue-license').by },
  china: { act: 'approve-purchase', entitled: actSpec('approve-purchase').by },
} as const satisfies { readonly [F in Footing]: { readonly act: SignedActName; readonly entitled: readonly Role[] } };

/**
 * Why an order does not rest on one of these footings, by this keyring; undefined where it does. The signature must have counted when it was
 * made: a key that was revoked as of an earlier moment brings down what was decided with it.
 */
export function footingFault(footings: readonly Footing[], orderId: string, proof: Proof, keyring: Keyring): Refusal | undefined {
  const genesis = genesisOf(proof, nodePrimitives);
  for (const footing of footings) {
    const fault = faultOf(footing, orderId, genesis, proof, keyring);
    if (fault) return fault;
  }
  return undefined;
}

/** Without a license goods leave where the policy that was signed with the order asks for none, or where Commerce has ruled so on a product that it leaves open. */
const isRuling = (act: string, route: unknown, proof: Proof): boolean =>
  act === 'rule-on-classification' && route === 'no-license-required' && tableRoute(proof) === 'needs-ruling';

function faultOf(footing: Footing, orderId: string, genesis: string, proof: Proof, keyring: Keyring): Refusal | undefined {
  if (footing === 'us' && tableRoute(proof) === 'no-license-required') return undefined;
  const envelope = footing === 'submission' ? proof.submission : proof.turned?.[footing];
  if (restsOnImport(footing, proof)) return importedFault(orderId, genesis, proof, keyring);
  const { act, entitled }: { act: SignedActName; entitled: readonly Role[] } = acts[footing];
  if (!envelope) return refuse('signature-missing', `nobody has signed ${act}`, `a signed ${act}`);
  const found = provenWhenSigned(envelope, keyring);
  if (isRefusal(found)) return found;
  const { claims } = found;
  if (claims.act !== act && !(footing === 'us' && isRuling(claims.act, claims.fields['route'], proof)))
    return refuse('wrong-act', `${claims.act} was signed, and not ${act}`, `a signed ${act}`);
  if (!entitled.includes(claims.role)) return refuse('not-entitled', `${claims.role} may not ${act}`, `${act} by ${entitled.join(' or ')}`);
  return orderFault(act, claims, orderId, genesis);
}

const orderFault = (act: SignedActName, claims: Claims, orderId: string, genesis: string): Refusal | undefined =>
  claims.order === orderId && claims.genesis === genesis
    ? undefined
    : refuse('wrong-order', `${act} was signed for another order, or on other terms`, `${act} of this order on its terms`);

type PastAct = Extract<Past, { readonly type: 'act' }>;
const pastActs = ({ imported }: Proof): PastAct[] => (imported?.past ?? []).flatMap((entry) => (entry.type === 'act' ? [entry] : []));

/** Whether two people who imported the order stand behind this: its beginning, and a key that had turned by then and has not been turned since. */
function restsOnImport(footing: Footing, proof: Proof): boolean {
  if (!proof.imported || footing === 'submission') return proof.imported !== undefined;
  return (
    !proof.turned?.[footing] &&
    pastActs(proof).some(({ act }) => act.name === acts[footing].act || (footing === 'us' && 'route' in act && isRuling(act.name, act.route, proof)))
  );
}

/** Two people stand behind all that is told of the past of an order, or nothing of it counts. */
function importedFault(orderId: string, genesis: string, { submission, imported }: Proof, keyring: Keyring): Refusal | undefined {
  const found = provenWhenSigned(submission, keyring);
  if (isRefusal(found)) return found;
  const { claims } = found;
  const fault = imported && importFault(claims, importDigest(imported, nodePrimitives));
  if (fault) return fault;
  if (claims.role !== 'seller.desk') return refuse('not-entitled', `${claims.role} may not import`, 'import by seller.desk');
  return orderFault('import', claims, orderId, genesis);
}

/** A license by what was signed of it: its fields, and when it may have been issued (epoch milliseconds). */
export interface SignedLicense {
  readonly fields: Claims['fields'];
  readonly from: number;
  readonly until: number;
}

/** By how much the order's time may be behind that of who signed. */
const leewayMs = 60_000;

/** The order's own license as it was signed, by Commerce or by who imported the order with it; undefined where it has none. */
export function ownLicense(proof: Proof): SignedLicense | undefined {
  const claims = licenseSignedIn(proof.turned?.us);
  if (claims) return { fields: claims.fields, from: claims.issued - leewayMs, until: claims.expires };
  if (proof.turned?.us) return undefined;
  const issued = pastActs(proof).findLast(({ act }) => act.name === 'issue-license');
  if (!issued) return undefined;
  const { name: _name, id: _id, by: _by, signed: _signed, ...fields } = issued.act;
  return { fields: { ...fields }, from: issued.at, until: issued.at };
}

/** What an envelope says that issues a license; undefined where it does something else. Its signatures are not looked at here. */
function licenseSignedIn(envelope: Envelope | undefined): Claims | undefined {
  const opened = envelope && openEnvelope(envelope, nodePrimitives);
  const claims = !opened || isRefusal(opened) ? undefined : readClaims(opened.text, nodePrimitives);
  return !claims || isRefusal(claims) || claims.act !== 'issue-license' ? undefined : claims;
}

/** What an envelope proves by the keys that counted when it was signed. */
export function provenWhenSigned(envelope: unknown, keyring: Keyring) {
  const opened = openEnvelope(envelope, nodePrimitives);
  const claims = isRefusal(opened) ? opened : readClaims(opened.text, nodePrimitives);
  return isRefusal(claims) ? claims : proven(envelope, { keyring, at: claims.issued, primitives: nodePrimitives });
}
