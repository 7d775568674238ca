import type { ActName } from '../../domain/acts.ts';
import type { OrderEvent } from '../../domain/events.ts';
import { type Command, lapsed, openOrder } from '../../domain/order.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import type { Role } from '../../domain/roles.ts';
import type { Claims, Evidence } from '../../domain/signing/claims.ts';
import type { Envelope } from '../../domain/signing/envelope.ts';
import type { Keyring } from '../../domain/signing/keyring.ts';
import { type Bound, genesisOf, readSignedAct, readSignedChange } from '../../domain/signing/signed-act.ts';
import { proven } from '../../domain/signing/signatories.ts';
import type { Policy } from '../../domain/policy.ts';
import type { OrderTerms } from '../../domain/terms.ts';
import { chainOf } from '../../record/chain.ts';
import { exportRecord, type Vouching } from '../../record/export.ts';
import type { Chain, RecordFile } from '../../record/format.ts';
import { Company } from '../../trust/company.ts';
import { withKey } from '../../trust/keyring-changes.ts';
import { signKeyring } from '../../trust/keyring.ts';
import { nodePrimitives } from '../../trust/primitives.ts';
import { freshKey } from '../../trust/private-key.ts';
import { jwkOf } from '../../trust/public-key.ts';
import { signAct } from '../../trust/sign-act.ts';
import type { Signer } from '../../trust/signer.ts';
import { makeThrowAwayKeyring, peopleOf, signerWith } from '../../trust/throw-away.ts';
import { policy, Rehearsal, terms } from '../support/orders.ts';
import { longAgo } from './keys.ts';
import { exportedAt } from './records.ts';

/** Everybody who signs in these tests, and somebody who may do so for another. The desk's own key signs the heads of records. */
export interface Signers {
  readonly company: Company;
  readonly rootId: string;
  readonly keyring: Keyring;
  readonly vouching: Vouching;
  readonly deputy: Signer;
  signer(role: Role): Signer;
  /** The next keyring of the same root. */
  signed(keyring: Keyring): Promise<string>;
}

/** `roles` are those whose keys the keyring names; the fewer, the sooner it is read. */
export async function makeSigners(roles?: readonly Role[]): Promise<Signers> {
  const made = await makeThrowAwayKeyring({ from: longAgo });
  const key = await freshKey();
  const auditor = { role: 'auditor', holder: 'deputy', publicKey: key.publicKey, id: key.keyId, from: longAgo, until: null } as const;
  const keys = made.keyring.keys.filter(({ role }) => roles?.some((one) => one === role) ?? true);
  const keyring = withKey({ ...made.keyring, keys }, auditor, longAgo);
  const signer = (role: Role): Signer => {
    const person = made.people.find((one) => one.role === role);
    if (!person) throw new Error(`nobody signs as ${role}`);
    return signerWith(person);
  };
  const signed = (one: Keyring): Promise<string> => signKeyring(one, made.root.privateKey, made.root.keyId);
  return {
    ...{ company: new Company(peopleOf(made)), rootId: made.root.keyId, keyring, signer, signed },
    vouching: { signer: signer('seller.desk'), keyring: await signed(keyring), root: jwkOf(made.root.publicKey) },
    deputy: signerWith({ role: 'seller.desk', holder: 'deputy', key }),
  };
}

/** How an act is signed, where it is not by the role's own person alone. */
interface Signing {
  readonly evidence?: Evidence;
  /** Somebody signs in the place of another, by these delegations. */
  readonly deputy?: Signer;
  readonly delegations?: readonly string[];
}

/** On which terms an order is submitted, where they are not those of most tests, and how the world answers it from the beginning. */
interface Start {
  readonly terms?: Partial<OrderTerms>;
  readonly policy?: Policy;
  readonly world?: (story: Rehearsal) => void;
}

/** An order of signed acts on the pure core, with the envelopes behind its events. */
export class SignedStory {
  readonly story: Rehearsal;
  readonly envelopes = new Map<OrderEvent, Envelope>();
  readonly #signers: Signers;
  #acts = 0;

  private constructor(signers: Signers, { terms: changes = {}, policy: pinned = policy(), world }: Start) {
    this.#signers = signers;
    this.story = new Rehearsal(changes);
    this.story.order = openOrder(terms(changes), pinned, {});
    world?.(this.story);
  }

  static async submitted(signers: Signers, start: Start = {}): Promise<SignedStory> {
    const told = new SignedStory(signers, start);
    const act = { act: 'submit', role: 'seller.desk', fields: {}, nonce: `submit-${told.story.order.terms.id}`, at: told.story.now } as const;
    const envelope = await signers.company.sign(told.story.order, act);
    orThrow(told.#take({ type: 'submitted', signed: orThrow(proven(envelope, told.#grounds)).signed }, envelope) ?? {});
    return told;
  }

  /** Does an act that must be taken. */
  async acts(role: Role, act: ActName, fields: Claims['fields'] = {}, signing: Signing = {}): Promise<this> {
    orThrow((await this.tries(role, act, fields, signing)) ?? {});
    return this;
  }

  /** Tries an act, and answers why it was refused, or undefined where it was taken. */
  async tries(role: Role, act: ActName, fields: Claims['fields'] = {}, signing: Signing = {}): Promise<Refusal | undefined> {
    const envelope = await this.envelopeOf(role, act, fields, signing);
    const read = readSignedAct(act, envelope, this.#bound, this.#grounds);
    return isRefusal(read) ? read : this.#take({ type: 'act', act: read }, envelope);
  }

  /** The envelope of an act on the order as it is; nothing is done with it. */
  async envelopeOf(role: Role, act: ActName, fields: Claims['fields'], { deputy, ...signing }: Signing = {}): Promise<Envelope> {
    const said = { act, role, fields, nonce: `act-${this.story.order.terms.id}-${(this.#acts += 1)}`, at: this.story.now, ...signing };
    const { order } = this.#bound;
    return deputy ? await signAct(order, { ...said, lifetimeMs: 3_600_000 }, [deputy]) : await this.#signers.company.sign(order, said);
  }

  async changes(act: 'hold' | 'lift', epoch: number, hold = 'P-7'): Promise<this> {
    const said = { act, role: 'policy.admin', fields: { hold, reason: 'review' }, nonce: `${act}-${hold}`, at: this.story.now, epoch } as const;
    const envelope = await this.#signers.company.sign(this.#bound.order, said);
    orThrow(this.#take({ type: 'policy-changed', change: orThrow(readSignedChange(envelope, this.#bound, this.#grounds)) }, envelope) ?? {});
    return this;
  }

  /** Gives the order a command that a signature brought about. Answers the refusal, if it was one. */
  #take(command: Command, envelope: Envelope): Refusal | undefined {
    const before = this.story.events.length;
    const refusal = this.story.take(command);
    const first = this.story.events.slice(before).find(({ signed }) => signed);
    if (first) this.envelopes.set(first, envelope);
    return refusal;
  }

  get #bound(): Bound {
    const { order, now } = this.story;
    return { order: lapsed(order, now), genesis: genesisOf(order, nodePrimitives) };
  }

  get #grounds() {
    return { keyring: this.#signers.keyring, at: this.story.now, primitives: nodePrimitives };
  }

  get chain(): Chain {
    return chainOf(this.story.order, this.story.events, this.envelopes);
  }

  /** The record as the desk exports it. */
  record(): Promise<RecordFile> {
    return exportRecord(this.chain, { exportedAt, state: this.story.plan.closed ? 'closed' : 'open' }, this.#signers.vouching);
  }
}

function orThrow<T extends object>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Error(`${answer.refused}: ${answer.message}`);
  return answer;
}
