import { type ActName, actSpec } from '../../domain/acts.ts';
import type { Role } from '../../domain/roles.ts';
import type { Claims, SignedActName } from '../../domain/signing/claims.ts';
import type { Envelope } from '../../domain/signing/envelope.ts';
import { type Bound, genesisOf, subjectDigest } from '../../domain/signing/signed-act.ts';
import type { Order } from '../../domain/state.ts';
import type { OrderTerms } from '../../domain/terms.ts';
import { signable } from '../../rehearsal/signatures.ts';
import { nodePrimitives } from '../../trust/primitives.ts';
import { confirmEnvelope, signClaims } from '../../trust/sign-act.ts';
import { terms } from '../support/orders.ts';
import { type Cast, holderOf, type Member } from './cast.ts';

/**
 * An order to which bad envelopes are sent, and what they are made from. The order has come as far as `scene` tells, on these keys; whoever sets
 * it up, on the pure core or on an engine, plays that.
 */
export interface Setting {
  readonly bound: Bound;
  readonly cast: Cast;
  /** The order's own time, epoch milliseconds. */
  readonly now: number;
  /** What the order has taken, as it was sent. */
  readonly taken: readonly TakenAct[];
}

export interface TakenAct {
  readonly name: ActName;
  readonly envelope: Envelope;
}

interface SceneAct {
  readonly act: SignedActName;
  readonly role: Role;
  readonly fields: Claims['fields'];
  readonly changes?: (at: number) => Partial<Claims>;
  readonly signers: readonly (readonly [holder: string, role: Role])[];
}

const single = (act: ActName, role: Role, fields: Claims['fields'] = {}): SceneAct => ({ act, role, fields, signers: [[holderOf(role), role]] });
const policyAct = (act: 'hold' | 'lift', epoch: number): SceneAct => ({
  ...{ act, role: 'policy.admin', fields: { hold: 'P-7', reason: 'review' }, changes: () => ({ epoch }) },
  signers: [
    ['policy-admin', 'policy.admin'],
    ['policy-admin-2', 'policy.admin'],
  ],
});
export const evidenceOf = (at: number) => ({ document: 'ab'.repeat(32), issuerNumber: 'DOE-2026-17', decidedAt: at - 3_600_000 });

/** What happens before: submitted, registered, held and let go on, referred, and what Energy said has been recorded. */
export const scene: readonly SceneAct[] = [
  { act: 'submit', role: 'seller.desk', fields: {}, signers: [['seller-desk', 'seller.desk']] },
  single('register', 'us.commerce', { applicationNumber: 'Z100001' }),
  policyAct('hold', 1),
  policyAct('lift', 2),
  single('refer', 'us.commerce'),
  {
    ...{ act: 'recommend', role: 'us.energy', fields: { position: 'no-objection' } },
    changes: (at) => ({ signer: 'seller-desk', nonce: 'scene-recorded', evidence: evidenceOf(at) }),
    signers: [
      ['seller-desk', 'seller.desk'],
      ['compliance-second', 'compliance.second'],
    ],
  },
];

/** Terms of an order that the scene can be played on. */
export const sceneTerms = (changes: Partial<OrderTerms> = {}): OrderTerms => terms({ reviews: 'side-by-side', ...changes });

/** An envelope of the scene, for an order as it is by then. */
export async function sceneEnvelope(
  order: Order,
  { act, role, fields, changes, signers: [first, second] }: SceneAct,
  cast: Cast,
  at: number,
): Promise<Envelope> {
  const claims = goodClaims(order, { act, role, fields, nonce: `scene-${act}` }, at);
  const envelope = await signClaims({ ...claims, ...changes?.(at) }, signerOf(cast, first));
  return second ? await confirmEnvelope(envelope, signerOf(cast, second)) : envelope;
}

function signerOf(cast: Cast, place: SceneAct['signers'][number] | undefined): Member {
  if (!place) throw new Error('an act of the scene that nobody signs');
  return cast.member(...place);
}

/** Claims about an order as they should be, by the role's own person. */
export function goodClaims(order: Order, { act, role, fields, nonce }: Pick<Claims, 'act' | 'role' | 'fields' | 'nonce'>, at: number): Claims {
  return {
    ...{ format: 'twokey-act/1', act, order: order.terms.id, genesis: genesisOf(order, nodePrimitives), subject: subjectDigest(order, act, nodePrimitives) },
    ...{ role, signer: holderOf(role), epoch: order.policyEpoch, nonce, issued: at - 1_000, expires: at + 86_400_000, fields },
  };
}

/** Fields of an act as its example has them. */
export const exampleFields = (act: ActName): Claims['fields'] => signable(actSpec(act).example);
