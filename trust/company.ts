import { openOrder } from '../domain/order.ts';
import type { Role } from '../domain/roles.ts';
import type { Claims, Evidence, SignedActName } from '../domain/signing/claims.ts';
import type { Envelope } from '../domain/signing/envelope.ts';
import type { OrderTrust } from '../domain/signing/order-trust.ts';
import { confirmingRole } from '../domain/signing/signatories.ts';
import type { Order } from '../domain/state.ts';
import type { OrderTerms, Policy } from '../domain/terms.ts';
import { signAct } from './sign-act.ts';
import type { Signer } from './signer.ts';
import { signerWith, type ThrowAwayKeyring } from './throw-away.ts';

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
}

/** A signature of a story is sent at once. */
const lifetimeMs = 3_600_000;

/** Everybody of a throw-away keyring, for stories, tests and measurements: each role signs by its own person. */
export class Company {
  readonly #keyring: ThrowAwayKeyring;

  constructor(keyring: ThrowAwayKeyring) {
    this.#keyring = keyring;
  }

  /** Signs an act on an order as it is, by as many people as it takes. */
  async sign(order: Order, { role, act, ...said }: CompanyAct): Promise<Envelope> {
    const confirming = confirmingRole(act, said.evidence !== undefined);
    const first = this.#signer(said.evidence ? 'seller.desk' : role);
    return await signAct(order, { ...said, act, role, lifetimeMs }, confirming ? [first, this.#signer(confirming, first.holder)] : [first]);
  }

  /** What an order is given to begin with, submitted by the desk's person at a moment (epoch milliseconds). */
  async trustFor(terms: OrderTerms, policy: Policy, at: number): Promise<OrderTrust> {
    const submission = await this.sign(openOrder(terms, policy, {}), { act: 'submit', role: 'seller.desk', fields: {}, nonce: `submit-${terms.id}`, at });
    return { root: this.#keyring.root.publicKey, keyring: this.#keyring.jws, submission };
  }

  #signer(role: Role, otherThan?: string): Signer {
    const person = this.#keyring.people.find((one) => one.role === role && one.holder !== otherThan);
    if (!person) throw new Error(`nobody signs as ${role}${otherThan === undefined ? '' : ` beside ${otherThan}`}`);
    return signerWith(person);
  }
}
