import type { Role } from '../roles.ts';
import type { Order } from '../state.ts';
import type { Claims, Evidence, SignedActName } from './claims.ts';
import type { Primitives } from './primitives.ts';
import { genesisOf, subjectDigest } from './signed-act.ts';

/** What somebody is about to sign. Times in epoch milliseconds, of the order's own time. */
export interface Intended {
  readonly act: SignedActName;
  readonly role: Role;
  readonly signer: string;
  readonly nonce: string;
  readonly fields: Claims['fields'];
  readonly at: number;
  /** How long the signature is good for. */
  readonly lifetimeMs: number;
  /** The epoch of a hold or lift; of other acts it is what the order has heard of. */
  readonly epoch?: number;
  readonly evidence?: Evidence;
  readonly delegations?: readonly string[];
}

/** The claims of an act on an order as it is; `order` is as time has left it (`lapsed` in domain/order.ts). */
export function claimsFor(order: Order, intended: Intended, primitives: Primitives): Claims {
  const { act, role, signer, nonce, fields, at, lifetimeMs, epoch = order.policyEpoch, evidence, delegations = [] } = intended;
  return {
    format: 'twokey-act/1',
    order: order.terms.id,
    genesis: genesisOf(order, primitives),
    subject: subjectDigest(order, act, primitives),
    ...{ act, role, signer, epoch, nonce, fields, issued: at, expires: at + lifetimeMs },
    ...(evidence && { evidence }),
    ...(delegations.length > 0 && { delegations }),
  };
}
