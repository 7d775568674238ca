import { ApplicationFailure } from '@temporalio/activity';
import type { StepActivities, StepRequest } from '../activities/ports.ts';
import type { LicenseDraw, LicenseNeed, LicenseToRecord } from '../domain/license.ts';
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';
import { footingsOf, type Proof, type StepTrust } from '../domain/signing/order-trust.ts';
import { type StepName, stepNames, type StepResults } from '../domain/steps.ts';
import type { KeyStore } from '../trust/key-store.ts';
import { footingFault, ownLicense } from '../trust/footing.ts';
import { drawFault, isOwnLicense, recordFault } from '../trust/license-footing.ts';
import { TrustError } from '../trust/trust-error.ts';

/** Which orders a worker works for. */
export interface TrustedBy {
  /** The root key and the newest keyring of its home. */
  readonly store: () => Promise<KeyStore>;
  /** Whether orders without signatures are worked for, as well. */
  readonly unsigned: 'taken' | 'refused';
  /** What the ledger keeps of a license that proves it; nothing of it is believed before its signature is checked. */
  readonly licenseProof?: (number: string) => Promise<unknown>;
}

/**
 * The same activities, each of which first sees for itself whether the order rests on signatures of people whom this worker's root key
 * vouches for: its submission, and for the goods to leave, both keys. So no history, no reset and no forged workflow ships anything. A
 * step without such a footing fails for good, and its order waits on the desk.
 */
export function withTrustedSteps(activities: StepActivities, trusted: TrustedBy): StepActivities {
  const guarded = Object.fromEntries(stepNames.map((step) => [step, guardedActivity(step, activities, trusted)]));
  return { ...activities, ...guarded };
}

const guardedActivity =
  <S extends StepName>(step: S, activities: StepActivities, trusted: TrustedBy) =>
  async (request: StepRequest<S>): Promise<StepResults[S]> => {
    const fault = request.trust ? await faultOf(step, request, request.trust, trusted) : unsignedFault(trusted);
    if (fault) throw ApplicationFailure.nonRetryable(`${step} of order ${request.orderId}: ${fault.message}. Accepted: ${fault.accepted}`, fault.refused);
    return await activities[step](request);
  };

/** What of a request a signature can be held against. */
interface Asked {
  readonly orderId: string;
  readonly units?: number;
  readonly product?: string;
  /** What a live license must cover, or what a shipment draws on one. */
  readonly license?: LicenseNeed | LicenseDraw;
  readonly licenseNumber?: string;
  readonly conditions?: readonly string[];
  readonly record?: LicenseToRecord;
}

const unsignedFault = ({ unsigned }: TrustedBy): Refusal | undefined =>
  unsigned === 'taken'
    ? undefined
    : refuse('signature-missing', 'this worker works for orders of signed acts alone', 'an order that was submitted with a keyring');

async function faultOf(step: StepName, request: Asked, trust: StepTrust, { store: read, licenseProof }: TrustedBy): Promise<Refusal | undefined> {
  const store = await orRefusal(read);
  if (isRefusal(store)) return store;
  if (store.root.x !== trust.root)
    return refuse('keyring-refused', 'the order has another root key than this worker', 'an order under the root key of this worker');
  if (footingsOf(step, request).length === 0) return undefined;
  const { proof } = trust;
  if (!proof) return refuse('signature-missing', `${step} came without a signature that it rests on`, 'the submission, signed');
  const { terms } = proof;
  const { units = terms.units, product = terms.product } = request;
  // An order may become smaller, never larger.
  if (units > terms.units || product !== terms.product)
    return refuse('wrong-order', `${units} x ${product} are asked for, and ${terms.units} x ${terms.product} were submitted`, 'what was submitted');
  return await groundsFault(step, request, proof, store.keyring, licenseProof);
}

/** The US key of an order that a license of another covers was turned there: its signature is with the license, in the ledger. */
async function groundsFault(
  step: StepName,
  request: Asked,
  proof: Proof,
  keyring: KeyStore['keyring'],
  licenseProof: TrustedBy['licenseProof'],
): Promise<Refusal | undefined> {
  const footings = footingsOf(step, request);
  const draw = request.license && 'number' in request.license ? request.license : undefined;
  const isCovered = draw !== undefined && !isOwnLicense(proof, draw.number);
  const fault = footingFault(isCovered ? footings.filter((one) => one !== 'us') : footings, request.orderId, proof, keyring);
  if (fault) return fault;
  if (draw) return drawFault(draw, proof, isCovered ? await licenseProof?.(draw.number) : undefined, keyring);
  if (request.record) return recordFault({ licenseNumber: '', conditions: [], ...request, record: request.record }, proof);
  return step === 'ship' && proof.policy.edition !== 1 && ownLicense(proof)
    ? refuse('wrong-order', 'the goods are to leave without being taken off the license that was signed', 'a shipment under that license')
    : undefined;
}

async function orRefusal(read: () => Promise<KeyStore>): Promise<KeyStore | Refusal> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof TrustError) return refuse('keyring-refused', error.message, 'a worker whose home has a keyring');
    throw error;
  }
}
