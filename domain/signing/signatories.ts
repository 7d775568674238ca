import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import type { Role } from '../roles.ts';
import { type Claims, readClaims } from './claims.ts';
import { type Delegation, readDelegation } from './delegation.ts';
import { openEnvelope, type UnprovenSignature } from './envelope.ts';
import type { Grounds } from './grounds.ts';
import { keyAt } from './keyring.ts';
import type { Signatory, Signed } from './signed.ts';
import { confirmingRole, numberFault, signingRole } from './standing.ts';

/** What an envelope says, and who is behind it by a keyring. */
export interface Proven {
  readonly claims: Claims;
  readonly signed: Signed;
}

/** A signature is for a decision that is due, not for a drawer. */
export const longestLifetimeMs = 31 * 86_400_000;
/** By how much the clock of a signer may be ahead. */
const leewayMs = 60_000;

/**
 * What an envelope says and who stands behind it. It is not compared with any order here. Refuses with one of `signingRefusals`; signatures are
 * checked last, since they cost the most.
 */
export function proven(envelope: unknown, grounds: Grounds): Proven | Refusal {
  const opened = openEnvelope(envelope, grounds.primitives);
  if (isRefusal(opened)) return opened;
  const claims = readClaims(opened.text, grounds.primitives);
  if (isRefusal(claims)) return claims;
  const people = timeFault(claims, grounds.at) ?? evidenceFault(claims) ?? peopleBehind(claims, opened.signatures, grounds);
  if (isRefusal(people)) return people;
  return { claims, signed: claims.evidence ? { kind: 'recorded', ...people, evidence: claims.evidence } : { kind: 'authenticated', ...people } };
}

function peopleBehind(claims: Claims, [first, second]: readonly UnprovenSignature[], grounds: Grounds): Pick<Signed, 'by' | 'confirmedBy'> | Refusal {
  const isRecorded = claims.evidence !== undefined;
  const number = numberFault(claims.act, claims.role, isRecorded, second !== undefined);
  if (number) return number;
  if (!first) throw new Error('an opened envelope has at least one signature');
  const by = signatory(first, signingRole(claims.role, isRecorded), claims, grounds);
  if (isRefusal(by)) return by;
  if (by.person !== claims.signer)
    return refuse('signer-differs', `the first key is of ${by.person}, and ${claims.signer} is named`, 'the key of the person who is named');
  const confirming = confirmingRole(claims.act, isRecorded);
  if (!second || !confirming) return { by };
  const confirmedBy = signatory(second, confirming, claims, grounds);
  if (!isRefusal(confirmedBy)) return { by, confirmedBy };
  return confirmedBy.refused === 'role-differs' ? { ...confirmedBy, refused: 'second-refused' } : confirmedBy;
}

const told = (at: number): string => new Date(at).toISOString();

function timeFault({ issued, expires }: Claims, at: number): Refusal | undefined {
  if (issued > at + leewayMs) return refuse('not-yet-valid', `signed at ${told(issued)}, which is after ${told(at)}`, 'an act signed by now');
  if (expires - issued > longestLifetimeMs)
    return refuse('lifetime-too-long', `signed at ${told(issued)} to be good until ${told(expires)}`, 'a signature that is good for at most 31 days');
  if (at >= expires || issued >= expires)
    return refuse('expired', `signed at ${told(issued)} to be good until ${told(expires)}, and it is ${told(at)}`, 'the same act, signed anew');
  return undefined;
}

function evidenceFault({ evidence, issued }: Claims): Refusal | undefined {
  if (!evidence || evidence.decidedAt <= issued) return undefined;
  return refuse('evidence-refused', `decided at ${told(evidence.decidedAt)}, after it was signed at ${told(issued)}`, 'a decision of the past');
}

/** Who signed, if by a key that counts and in this role, their own or delegated. */
function signatory(signature: UnprovenSignature, role: Role, claims: Claims, grounds: Grounds): Signatory | Refusal {
  const key = keyAt(grounds.keyring, signature.keyId, grounds.at);
  if ('refused' in key) return refuse(key.refused, key.message, 'a signature by a key that counts');
  const delegation = key.role === role ? undefined : delegationTo(key.holder, role, claims, grounds);
  if (delegation && isRefusal(delegation)) return delegation;
  if (key.role !== role && !delegation)
    return refuse('role-differs', `key ${key.id} is of ${key.holder} as ${key.role}`, `a key for ${role}, or a delegation of it`);
  if (!grounds.primitives.isSignatureOf(key.publicKey, signature.signed, signature.bytes))
    return refuse('signature-invalid', `key ${key.id} of ${key.holder} did not sign this`, 'the envelope as it was signed');
  return { person: key.holder, role, key: key.id, ...(delegation && { inPlaceOf: delegation.from }) };
}

/** The delegation that lets a person act in a role; undefined where none names them, a refusal where the one that does is not good. */
function delegationTo(person: string, role: Role, claims: Claims, grounds: Grounds): Delegation | Refusal | undefined {
  let fault: Refusal | undefined;
  for (const jws of claims.delegations ?? []) {
    const delegation = readDelegation(jws, claims, grounds);
    if (isRefusal(delegation)) fault ??= delegation;
    else if (delegation.to === person && delegation.role === role) return delegation;
  }
  return fault;
}
