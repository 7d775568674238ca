import type { Act, ActName } from '../domain/acts.ts';
import type { OrderEvent } from '../domain/events.ts';
import { type Command, lapsed } from '../domain/order.ts';
import type { PolicyChange } from '../domain/policy-change.ts';
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';
import type { Retold } from '../domain/retold.ts';
import { type Envelope, looksSigned, openEnvelope } from '../domain/signing/envelope.ts';
import type { Grounds } from '../domain/signing/grounds.ts';
import { importFault } from '../domain/signing/import-claims.ts';
import type { Keyring } from '../domain/signing/keyring.ts';
import type { Primitives } from '../domain/signing/primitives.ts';
import { openKeyring } from '../domain/signing/read-keyring.ts';
import { dutyFault } from '../domain/signing/duties.ts';
import { proven } from '../domain/signing/signatories.ts';
import { type Bound, genesisOf, readSignedAct, readSignedChange } from '../domain/signing/signed-act.ts';
import { type OrderTrust, turnsBack, turnsUsKey } from '../domain/signing/order-trust.ts';
import type { Signed } from '../domain/signing/signed.ts';
import type { Order } from '../domain/state.ts';
import type { Credentials } from './credentials.ts';
import { sandboxPrimitives } from './primitives.ts';

/** What a validator has found good is read again by its handler, and in every replay, without the arithmetic. */
const found: Primitives = { ...sandboxPrimitives, isSignatureOf: () => true };

/** An order of signed acts: by which keys they are judged, and the envelopes that turned the order's keys. */
export class SignedCredentials implements Credentials {
  #trust: OrderTrust;
  #keyring: Keyring | undefined;
  #isProven = false;
  #genesis: string | undefined;

  constructor(trust: OrderTrust) {
    this.#trust = trust;
  }

  get trust(): OrderTrust {
    return this.#trust;
  }

  /** The signature itself is checked by the first step, which can do it at less cost (workers/trusted-steps.ts). */
  submitter(at: number): Signed | Refusal {
    const submission = proven(this.#trust.submission, this.#grounds(at, found));
    return isRefusal(submission) ? submission : submission.signed;
  }

  importer(digest: string, at: number): Signed | Refusal {
    const submission = proven(this.#trust.submission, this.#grounds(at, found));
    return isRefusal(submission) ? submission : (importFault(submission.claims, digest) ?? submission.signed);
  }

  judge(name: ActName, message: unknown, _id: string, order: Order, at: number): Act | Refusal {
    return unsignedFault(name, message) ?? this.#keyringFault() ?? readSignedAct(name, message, this.#bound(order, at), this.#grounds(at, sandboxPrimitives));
  }

  read(name: ActName, message: unknown, _id: string, order: Order, at: number): Act | Refusal {
    return readSignedAct(name, message, this.#bound(order, at), this.#grounds(at, found));
  }

  judgeChange(message: unknown, order: Order, at: number): PolicyChange | Refusal {
    const change = this.#keyringFault() ?? readSignedChange(message, this.#bound(order, at), this.#grounds(at, sandboxPrimitives));
    if (isRefusal(change)) return change;
    // The order would drop it without a word: here it is known why.
    return (change.signed && dutyFault(order.actors ?? {}, change.signed)) ?? change;
  }

  judgeRetold(entry: Retold, order: Order): Command | Refusal {
    switch (entry.type) {
      case 'signed-act': {
        const act = this.judge(entry.name, entry.envelope, '', order, entry.at);
        return isRefusal(act) ? act : { type: 'act', act };
      }
      case 'signed-change': {
        const change = this.judgeChange(entry.envelope, order, entry.at);
        return isRefusal(change) ? change : { type: 'policy-changed', change };
      }
      // It makes the order ask the ledger, whose answer counts.
      case 'stock-freed':
        return entry;
      case 'act':
      case 'policy-changed':
        return unsigned(entry.type);
    }
  }

  /** Takes a newer keyring, of which the root key must be the signer. */
  adoptKeyring(message: unknown): Refusal | undefined {
    if (typeof message !== 'string') return refuse('keyring-refused', 'a keyring that is no text', 'a compact JWS');
    const keyring = openKeyring(message, this.#trust.root, sandboxPrimitives);
    if (isRefusal(keyring)) return keyring;
    const { sequence } = this.#known();
    if (keyring.sequence <= sequence) return refuse('keyring-refused', `keyring ${keyring.sequence} is not newer than number ${sequence}`, 'a newer keyring');
    this.#trust = { ...this.#trust, keyring: message };
    [this.#keyring, this.#isProven] = [keyring, true];
    return undefined;
  }

  /** The goods leave on the envelopes by which the two keys turned (workers/trusted-steps.ts). */
  keep(message: unknown, events: readonly OrderEvent[]): Envelope | undefined {
    if (!isEnvelope(message)) return undefined;
    const turned = { ...this.#trust.turned };
    // What turned before an import rests on the import, and the import on what is told of the past.
    const now = events.filter(({ imported }) => imported === undefined);
    if (now.some(turnsUsKey)) turned.us = message;
    if (now.some(({ type }) => type === 'purchase-approved')) turned.china = message;
    for (const key of now.flatMap(turnsBack)) delete turned[key];
    this.#trust = { ...this.#trust, turned };
    return message;
  }

  #known(): Keyring {
    if (this.#keyring) return this.#keyring;
    const keyring = openKeyring(this.#trust.keyring, this.#trust.root, found);
    this.#keyring = isRefusal(keyring) ? { version: 1, sequence: 0, issuedAt: 0, keys: [] } : keyring;
    return this.#keyring;
  }

  /** The keyring that the order began with is proven when it is first relied on, and no replay relies on it. */
  #keyringFault(): Refusal | undefined {
    if (this.#isProven) return undefined;
    const keyring = openKeyring(this.#trust.keyring, this.#trust.root, sandboxPrimitives);
    if (isRefusal(keyring)) return keyring;
    this.#isProven = true;
    return undefined;
  }

  #grounds = (at: number, primitives: Primitives): Grounds => ({ keyring: this.#known(), at, primitives });

  #bound(order: Order, at: number): Bound {
    this.#genesis ??= genesisOf(order, sandboxPrimitives);
    return { order: lapsed(order, at), genesis: this.#genesis };
  }
}

const unsigned = (what: string): Refusal =>
  refuse('signature-missing', `this order takes signed acts alone, and ${what} is not signed`, 'an envelope: twokey act signs it');
const unsignedFault = (name: ActName, message: unknown): Refusal | undefined => (looksSigned(message) ? undefined : unsigned(name));
const isEnvelope = (message: unknown): message is Envelope => !isRefusal(openEnvelope(message, found));
