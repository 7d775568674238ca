import { lastLicenseDay } from '../domain/rules/authority-day.ts';
import type { LicenseDraw, LicenseToRecord } from '../domain/license.ts';
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';
import type { Keyring } from '../domain/signing/keyring.ts';
import type { Proof } from '../domain/signing/order-trust.ts';
import { genesisOf } from '../domain/signing/signed-act.ts';
import type { OrderTerms } from '../domain/terms.ts';
import { ownLicense, provenWhenSigned, type SignedLicense } from './footing.ts';
import { nodePrimitives } from './primitives.ts';

/** What a license covers, by the terms of the order that it was issued to. */
const covered = ['customer', 'product', 'endUse', 'currency'] as const;

const licensedUnits = ({ fields }: SignedLicense, terms: OrderTerms): number => (fields['units'] === undefined ? terms.units : Number(fields['units']));

/** Whether the order's own license, by the envelope that issued it, is the one of this number. */
export const isOwnLicense = (proof: Proof, number: string): boolean => ownLicense(proof)?.fields['licenseNumber'] === number;

/** Why a license is not as it was signed on this order, and so is not recorded; undefined where it is. Signatures are proven before. */
export function recordFault(request: { licenseNumber: string; conditions: readonly string[]; record: LicenseToRecord }, proof: Proof): Refusal | undefined {
  const { licenseNumber, conditions, record } = request;
  const signed = ownLicense(proof);
  if (!signed) return refuse('wrong-act', `nobody has signed issue-license for license ${licenseNumber}`, 'a signed issue-license');
  const { terms } = proof;
  const isSame =
    signed.fields['licenseNumber'] === licenseNumber &&
    JSON.stringify(conditions) === JSON.stringify(signed.fields['conditions'] ?? []) &&
    covered.every((field) => record[field] === terms[field]) &&
    record.units + (record.usedBefore?.units ?? 0) <= licensedUnits(signed, terms) &&
    record.valueMinor === record.units * terms.unitPriceMinor &&
    record.issuedAt >= signed.from &&
    record.issuedAt <= signed.until &&
    record.expires === lastDay(signed, proof, record.issuedAt);
  return isSame ? undefined : refuse('wrong-order', `license ${licenseNumber} is to be recorded otherwise than it was signed`, 'the license as it was signed');
}

function lastDay({ fields }: SignedLicense, { policy }: Proof, issuedAt: number): unknown {
  if (fields['expires'] !== undefined) return fields['expires'];
  return lastLicenseDay(policy, issuedAt);
}

/** Why a shipment may not be taken off this license as it is asked for; undefined where it may. `kept` is what the ledger keeps of a license of another order. */
export function drawFault({ number, units, valueMinor }: LicenseDraw, proof: Proof, kept: unknown, keyring: Keyring): Refusal | undefined {
  const { terms } = proof;
  const own = isOwnLicense(proof, number) ? ownLicense(proof) : undefined;
  if (units > (own ? licensedUnits(own, terms) : terms.units) || valueMinor !== units * terms.unitPriceMinor)
    return refuse('wrong-order', `${units} units for ${valueMinor} are to leave under license ${number}`, 'what was ordered and licensed');
  return own ? undefined : coverFault(number, kept, terms, keyring);
}

/** Why a license that was issued on another order does not cover one on these terms. Nothing of what the ledger keeps is believed: the signature is. */
function coverFault(number: string, kept: unknown, terms: OrderTerms, keyring: Keyring): Refusal | undefined {
  const proof = readProof(kept);
  const accepted = 'a license that Commerce has issued by signature on an order of the same customer, product and end use';
  if (!proof) return refuse('signature-missing', `nobody has signed license ${number}`, accepted);
  const found = provenWhenSigned(proof.envelope, keyring);
  if (isRefusal(found)) return found;
  const { act, role, order, genesis, fields } = found.claims;
  const names = act === 'issue-license' ? fields['licenseNumber'] : act === 'import' ? fields['license'] : undefined;
  if (names !== number) return refuse('wrong-act', `${act} was signed, and not the issue of license ${number}`, accepted);
  const issuer = act === 'import' ? 'seller.desk' : 'us.commerce';
  if (role !== issuer) return refuse('not-entitled', `${role} may not ${act}`, `${act} by ${issuer}`);
  if (order !== proof.terms.id || genesis !== genesisOf(proof, nodePrimitives))
    return refuse('wrong-order', `license ${number} was issued on another order than the ledger says`, accepted);
  const differs = covered.filter((field) => proof.terms[field] !== terms[field]);
  return differs.length === 0 ? undefined : refuse('wrong-order', `license ${number} is for another ${differs.join(', ')}`, accepted);
}

type Kept = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Kept => typeof value === 'object' && value !== null;

/** What the ledger keeps is somebody's word, until the signature says the same. */
function readProof(kept: unknown): { readonly terms: Kept & { readonly id: string }; readonly policy: object; readonly envelope: unknown } | undefined {
  if (!isObject(kept) || !isObject(kept['terms']) || !isObject(kept['policy'])) return undefined;
  const { terms, policy, envelope } = kept;
  return isObject(terms) && isObject(policy) && typeof terms['id'] === 'string' ? { terms: { ...terms, id: terms['id'] }, policy, envelope } : undefined;
}
