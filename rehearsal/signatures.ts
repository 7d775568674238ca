import type { Role } from '../domain/roles.ts';
import type { Claims, Evidence, SignedActName } from '../domain/signing/claims.ts';
import { confirmingRole } from '../domain/signing/standing.ts';
import type { Signatory, Signed } from '../domain/signing/signed.ts';
import type { StorySignature } from '../edge/scenario.ts';
import { nodePrimitives } from '../trust/primitives.ts';
import { demoPerson } from '../trust/throw-away.ts';

/** What the desk of a story holds in its hands; a story writes no documents, so its number stands for it. */
export const evidenceOf = ({ issuerNumber, decidedAt }: NonNullable<StorySignature['recordedOn']>): Evidence => ({
  document: nodePrimitives.digestOf(issuerNumber),
  issuerNumber,
  decidedAt,
});

/** Ids of acts are shorter in stories than a nonce may be. */
export const nonceOf = (id: string): string => id.padEnd(8, '-');

/** The key of nobody: on the pure core nothing is signed. */
const key = 'none';

/** Who stands behind an act of a story, as the engine would find it from the signatures. */
export function signedAs(act: SignedActName, role: Role, { signer, confirmedBy, recordedOn }: StorySignature): Signed {
  const first = recordedOn ? 'seller.desk' : role;
  const by: Signatory = { person: signer ?? demoPerson(first), role: first, key };
  const confirming = confirmingRole(act, recordedOn !== undefined);
  const second = confirming && { confirmedBy: { person: confirmedBy ?? otherThan(by.person, confirming), role: confirming, key } };
  return recordedOn ? { kind: 'recorded', by, ...second, evidence: evidenceOf(recordedOn) } : { kind: 'authenticated', by, ...second };
}

const otherThan = (person: string, role: Role): string => (demoPerson(role) === person ? demoPerson(role, true) : demoPerson(role));

export const submitter: Signed = signedAs('submit', 'seller.desk', {});

/** Fields of an act as claims hold them. */
export const signable = (fields: Readonly<Record<string, unknown>>): Claims['fields'] =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, Array.isArray(value) ? value.map(String) : String(value)]));
