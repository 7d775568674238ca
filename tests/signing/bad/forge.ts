import { createHash, sign } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { ActName } from '../../../domain/acts.ts';
import type { RefusalCode } from '../../../domain/refusal.ts';
import type { Role } from '../../../domain/roles.ts';
import type { Claims, SignedActName } from '../../../domain/signing/claims.ts';
import type { Delegation } from '../../../domain/signing/delegation.ts';
import type { Envelope } from '../../../domain/signing/envelope.ts';
import type { KeyRole } from '../../../domain/signing/key-roles.ts';
import type { Member } from '../cast.ts';
import { evidenceOf, goodClaims, type Setting } from '../scene.ts';

/** Something that an order must not take, and the code by which it is refused. */
export interface BadEnvelope {
  readonly class: string;
  readonly name: string;
  /** The act as which it is sent. */
  readonly update: ActName;
  readonly envelope: unknown;
  readonly code: RefusalCode;
  /** Judged where it is made alone: no JSON carries it, or its refusal hangs on the millisecond. */
  readonly jsonOnly?: false;
}

export type Named = readonly [name: string, envelope: unknown];
type Options = Pick<BadEnvelope, 'jsonOnly'> & { readonly update?: ActName };

/** Bad envelopes of one class that are refused by one code. */
export const bad = (kind: string, code: RefusalCode, cases: Iterable<Named>, { update = 'recommend', ...rest }: Options = {}): BadEnvelope[] =>
  Array.from(cases, ([name, envelope]) => ({ class: kind, name, update, envelope, code, ...rest }));

export type Signature = Envelope['signatures'][number];
/** What is put under a signature: claims, a text in another form than theirs, or bytes that are no text. */
type Content = object | string | Uint8Array;

export const base64url = (content: string | Uint8Array): string => Buffer.from(content).toString('base64url');
export const bytesIn = (part: string): Buffer => Buffer.from(part, 'base64url');
export const textIn = (part: string): string => bytesIn(part).toString();
export const canonical = (value: unknown): string => canonicalize(value) ?? '';

/** The 64 bytes of a signature changed. */
export const resigned = ({ payload, signatures: [first, ...more] }: Envelope, change: (bytes: Buffer) => Uint8Array): Envelope => ({
  payload,
  signatures: [...(first ? [{ ...first, signature: base64url(change(bytesIn(first.signature))) }] : []), ...more],
});

/** Makes envelopes on a setting as whoever has all the keys can, good ones and bad ones. */
export class Forge {
  readonly setting: Setting;
  readonly now: number;
  #nonces = 0;

  constructor(setting: Setting) {
    this.setting = setting;
    this.now = setting.now;
  }

  who(holder: string, role?: KeyRole): Member {
    return this.setting.cast.member(holder, role);
  }

  /** Claims of an act by the role's own person as they should be but for the changes. */
  claims(act: SignedActName, role: Role, fields: Claims['fields'], changes: Partial<Claims> = {}): Claims {
    return { ...goodClaims(this.setting.bound.order, { act, role, fields, nonce: this.nonce() }, this.now), ...changes };
  }

  nonce(): string {
    return `forged-${(this.#nonces += 1)}`;
  }

  /** State denies: one signature, by `us-state`. */
  denial(changes: Partial<Claims> = {}): Claims {
    return this.claims('recommend', 'us.state', { position: 'deny', basis: 'withdrawn' }, changes);
  }

  /** The desk records what Defense said: two signatures, by `seller-desk` and somebody as `compliance.second`. */
  recorded(changes: Partial<Claims> = {}): Claims {
    return this.claims('recommend', 'us.defense', { position: 'no-objection' }, { signer: 'seller-desk', evidence: evidenceOf(this.now), ...changes });
  }

  /** Signed by these, each under the header that belongs there. */
  envelope(content: Content, ...signers: readonly Member[]): Envelope {
    const payload = this.payload(content);
    return { payload, signatures: signers.map((signer) => this.signature(payload, signer)) };
  }

  payload(content: Content): string {
    return base64url(typeof content === 'string' || content instanceof Uint8Array ? content : canonical(content));
  }

  /** By State's own person, or another. */
  stateSigned(content: Content = this.denial(), signer: Member = this.who('us-state')): Envelope {
    return this.envelope(content, signer);
  }

  recordedSigned(content: Content = this.recorded(), first: Member = this.who('seller-desk', 'seller.desk'), second?: Member): Envelope {
    return this.envelope(content, first, second ?? this.who('compliance-second', 'compliance.second'));
  }

  header({ keyId }: Pick<Member, 'keyId'>, typ = 'twokey-act'): string {
    return JSON.stringify({ alg: 'EdDSA', kid: keyId, typ });
  }

  /** A signature under any header. */
  signature(payload: string, { keyId, privateKey }: Member, header: string | Uint8Array = this.header({ keyId })): Signature {
    const head = base64url(header);
    return { protected: head, signature: base64url(sign(null, Buffer.from(`${head}.${payload}`), privateKey)) };
  }

  /** State's denial under another header, by State's own key. */
  headed(header: string | Uint8Array): Envelope {
    const payload = this.payload(this.denial());
    return { payload, signatures: [this.signature(payload, this.who('us-state'), header)] };
  }

  /** A compact JWS by which somebody lets another act in their place, for this order and a day around now. */
  delegation(changes: Partial<Delegation>, signer: Member, header = this.header(signer, 'twokey-delegation')): string {
    const { holder, entry } = signer;
    const good = { format: 'twokey-delegation/1', role: entry.role, from: holder, to: 'stand-in', orders: [this.setting.bound.order.terms.id] };
    return this.compact(
      canonical({ ...good, ...{ acts: ['recommend'], begins: this.now - 43_200_000, ends: this.now + 43_200_000 }, ...changes }),
      header,
      signer,
    );
  }

  compact(text: string | Uint8Array, header: string, { privateKey }: Member): string {
    const input = `${base64url(header)}.${base64url(text)}`;
    return `${input}.${base64url(sign(null, Buffer.from(input), privateKey))}`;
  }
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
/** The general form of a compact JWS. */
export function generalOf(jws: string): Envelope {
  const [head = '', payload = '', signature = ''] = jws.split('.');
  return { payload, signatures: [{ protected: head, signature }] };
}
