import { openOrder } from '../domain/order.ts';
import type { Role } from '../domain/roles.ts';
import type { Claims, Evidence, SignedActName } from '../domain/signing/claims.ts';
import type { Envelope } from '../domain/signing/envelope.ts';
import type { OrderTrust } from '../domain/signing/order-trust.ts';
import { confirmingRole } from '../domain/signing/standing.ts';
import type { Order } from '../domain/state.ts';
import type { OrderTerms } from '../domain/terms.ts';
import type { Policy } from '../domain/policy.ts';
import { signAct } from './sign-act.ts';
import type { Signer } from './signer.ts';

/** An act that somebody of the company does. `at` is the order's own time, epoch milliseconds. */
export interface CompanyAct {
  readonly act: SignedActName;
  readonly role: Role;
  readonly fields: Claims['fields'];
  readonly nonce: string;
  readonly at: number;
  /** Of a hold or lift. */
  readonly epoch?: number;
  /** There where the desk records what an authority did. */
  readonly evidence?: Evidence;
  /** Who signs, and who confirms, where it is not whoever holds the role. */
  readonly signer?: string;
  readonly confirmedBy?: string;
}

/** A signature of a story is sent at once. */
const lifetimeMs = 3_600_000;

/** People who sign, and who vouches for them. */
export interface People {
  /** The root's public key, 32 bytes in base64url. */
  readonly root: string;
  readonly keyringJws: string;
  /** Whoever signs in a role, or this person; not the other one. Throws where there is nobody. */
  signer(role: Role, who: { readonly is?: string | undefined; readonly isNot?: string }): Promise<Signer>;
}

/** Everybody who takes part in a story, a test or a measurement: each role signs by its own person. */
export class Company {
  readonly #people: People;

  constructor(people: People) {
    this.#people = people;
  }

  /** Signs an act on an order as it is, by as many people as it takes. */
  async sign(order: Order, { role, act, signer, confirmedBy, ...said }: CompanyAct): Promise<Envelope> {
    const confirming = confirmingRole(act, said.evidence !== undefined);
    const first = await this.#people.signer(said.evidence ? 'seller.desk' : role, { is: signer });
    const second = confirming && (await this.#people.signer(confirming, confirmedBy === undefined ? { isNot: first.holder } : { is: confirmedBy }));
    return await signAct(order, { ...said, act, role, lifetimeMs }, second ? [first, second] : [first]);
  }

  /** What an order is given to begin with, submitted by the desk's person at a moment (epoch milliseconds). */
  async trustFor(terms: OrderTerms, policy: Policy, at: number): Promise<OrderTrust> {
    const submission = await this.sign(openOrder(terms, policy, {}), { act: 'submit', role: 'seller.desk', fields: {}, nonce: `submit-${terms.id}`, at });
    return { root: this.#people.root, keyring: this.#people.keyringJws, submission };
  }
}
