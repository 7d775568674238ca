import { type Act, type ActName, policyActs } from '../acts.ts';
import { faultsOf } from '../fields.ts';
import { isPolicyChange, type PolicyChange } from '../policy-change.ts';
import { readAct } from '../read-act.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import type { Order } from '../state.ts';
import type { Claims, SignedActName } from './claims.ts';
import type { Grounds } from './grounds.ts';
import type { Primitives } from './primitives.ts';
import { type Proven, proven } from './signatories.ts';
import { subjectOf } from './subjects.ts';

/** What an order is, for whoever signs something about it. */
export interface Bound {
  /** The order as it is once time has passed for it: `lapsed` in domain/order.ts. */
  readonly order: Order;
  /** What the order's record begins with: see `genesisOf`. */
  readonly genesis: string;
}

/** What an order's record begins with, and every signature about it names: its id, terms and policy, as an order or a record holds them. */
export function genesisOf({ terms, policy }: { readonly terms: { readonly id: string }; readonly policy: object }, primitives: Primitives): string {
  const digest = (value: unknown): string => primitives.digestOf(primitives.canonicalText(value));
  return digest({ format: 'twokey-record/1 genesis', order: terms.id, policy: digest(policy), terms: digest(terms) });
}

/** What an act of this name on this order is about, as a digest for its claims. */
export const subjectDigest = (order: Order, act: SignedActName, primitives: Primitives): string =>
  primitives.digestOf(primitives.canonicalText(subjectOf(order, act)));

/** An act from its envelope, if it is signed by who may and about the order as it is. Refuses with one of `signingRefusals`, or as `readAct` does. */
export function readSignedAct(name: ActName, envelope: unknown, bound: Bound, grounds: Grounds): Act | Refusal {
  const found = provenOf(name, envelope, bound, grounds);
  if (isRefusal(found)) return found;
  const { claims, signed } = found;
  if (claims.epoch !== bound.order.policyEpoch && !isTaken(bound.order, claims))
    return refuse('wrong-epoch', `signed under policy epoch ${claims.epoch}, and the order is under ${bound.order.policyEpoch}`, 'the act signed anew');
  const act = readAct(name, { ...claims.fields, by: claims.role, id: claims.nonce }, '');
  return isRefusal(act) ? act : { ...act, signed };
}

/** A hold or lift from its envelope, and who stands behind it. Refuses as `readSignedAct` does. */
export function readSignedChange(envelope: unknown, bound: Bound, grounds: Grounds): PolicyChange | Refusal {
  const found = provenOf(undefined, envelope, bound, grounds);
  if (isRefusal(found)) return found;
  const { act: effect, role, epoch, fields } = found.claims;
  const change: unknown = { id: fields['hold'], effect, epoch, reason: fields['reason'] };
  const isOfForm = (effect === 'hold' || effect === 'lift') && faultsOf(policyActs[effect].fields, fields).length === 0;
  if (role !== 'policy.admin' || !isOfForm || !isPolicyChange(change))
    return refuse('wrong-act', `${effect} by ${role} is no change of policy`, 'a hold or lift by policy.admin');
  return { ...change, signed: found.signed };
}

function provenOf(name: ActName | undefined, envelope: unknown, { order, genesis }: Bound, grounds: Grounds): Proven | Refusal {
  const found = proven(envelope, grounds);
  if (isRefusal(found)) return found;
  const { claims } = found;
  if (name !== undefined && claims.act !== name)
    return refuse('wrong-act', `${claims.act} was signed, and ${name} was sent`, `${claims.act} with this envelope`);
  return boundFault(claims, order, genesis, grounds.primitives) ?? found;
}

/** An act that was taken is told so by its nonce, whatever has become of the order since. */
const isTaken = ({ acts }: Order, { nonce }: Claims): boolean => Object.hasOwn(acts, nonce);

function boundFault(claims: Claims, order: Order, genesis: string, primitives: Primitives): Refusal | undefined {
  const { id } = order.terms;
  if (claims.order !== id) return refuse('wrong-order', `signed for order ${claims.order}, and this is ${id}`, 'an act signed for this order');
  if (claims.genesis !== genesis)
    return refuse('wrong-order', `signed for an order ${id} on other terms or another policy`, 'an act signed for this order on its terms');
  if (isTaken(order, claims)) return undefined;
  return claims.subject === subjectDigest(order, claims.act, primitives)
    ? undefined
    : refuse('wrong-subject', `what ${claims.act} decides upon has changed since it was signed, or was another`, 'the act signed anew, on what there is now');
}
