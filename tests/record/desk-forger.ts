import { genesisOf } from '../../record/chain.ts';
import { exportRecord, recordText } from '../../record/export.ts';
import type { Entry, RecordFile } from '../../record/format.ts';
import { canonicalText, isObject, type JsonObject, toJson, toJsonObject } from '../../record/json.ts';
import { confirmEnvelope, signClaims } from '../../trust/sign-act.ts';
import type { Signer } from '../../trust/signer.ts';
import { exportedAt } from './records.ts';
import type { Signers } from './signed-story.ts';
import { rechained } from './tampering.ts';
import type { Claims } from '../../domain/signing/claims.ts';
import { type Envelope, isRecordOf } from '../../domain/signing/envelope.ts';

/** Entries that the desk made up, and the first that must be found. */
export interface Forged {
  readonly entries: readonly Entry[];
  readonly index: number;
}

/** The desk itself: it has the key that signs heads, its own key for acts, and every envelope that it ever saw; and nobody else's key. */
export class Forger {
  readonly record: RecordFile;
  readonly desk: Signer;
  readonly #signers: Signers;

  constructor(record: RecordFile, signers: Signers) {
    this.record = record;
    this.#signers = signers;
    this.desk = signers.signer('seller.desk');
  }

  /** The entry that tells an event of this type, the last of them where there are several. */
  entry(type: string): Entry {
    const found = this.record.entries.findLast(({ event }) => event['type'] === type);
    if (!found) throw new Error(`the record tells no ${type}`);
    return found;
  }

  /** The record with one entry told otherwise. */
  told(type: string, change: (entry: Entry) => Entry): Forged {
    const { sequence: index } = this.entry(type);
    return { index, entries: this.record.entries.map((entry, at) => (at === index ? change(entry) : entry)) };
  }

  /** The same, of its event alone. */
  event(type: string, change: (event: JsonObject) => JsonObject): Forged {
    return this.told(type, (entry) => ({ ...entry, event: change(entry.event) }));
  }

  /** The same, of its envelope alone. */
  async envelope(type: string, change: (envelope: Envelope, claims: Claims) => Promise<Envelope> | Envelope): Promise<Forged> {
    const entry = this.entry(type);
    const envelope = canonicalText(toJson(await change(envelopeIn(entry), claimsIn(entry))));
    return this.told(type, () => ({ ...entry, envelope }));
  }

  /** Chains what was made up, and signs its end: all that a record needs but for the signatures of others. */
  async sealed({ entries }: Pick<Forged, 'entries'>, keyring = this.#signers.vouching.keyring): Promise<string> {
    const [first, ...others] = entries;
    const { order, terms, policy, format, head } = this.record;
    const start = first ? [{ ...first, previous: genesisOf(this.record) }, ...others] : [];
    const dated = start.map((entry) => ({ ...entry, at: Number(entry.event['at']) }));
    const chain = { format, order, terms, policy, entries: rechained(order, dated, 0) };
    return recordText(await exportRecord(chain, { exportedAt, state: head.state }, { ...this.#signers.vouching, keyring }));
  }
}

function envelopeIn({ envelope }: Entry): Envelope {
  const value: unknown = JSON.parse(envelope ?? 'null');
  if (isEnvelope(value)) return value;
  throw new Error('the entry holds no envelope');
}
const isEnvelope = (value: unknown): value is Envelope => isRecordOf(value, ['payload', 'signatures']);

export function claimsIn(entry: Entry): Claims {
  const value: unknown = JSON.parse(Buffer.from(envelopeIn(entry).payload, 'base64url').toString());
  if (isClaims(value)) return value;
  throw new Error('the envelope holds no claims');
}
const isClaims = (value: unknown): value is Claims => isObject(value) && value['format'] === 'twokey-act/1';

/** Claims under signatures of these people. */
export async function signedBy(claims: Claims, first: Signer, second?: Signer): Promise<Envelope> {
  const envelope = await signClaims(claims, first);
  return second ? await confirmEnvelope(envelope, second) : envelope;
}

/** Other claims under the signatures as they were. */
export const rewritten = (envelope: Envelope, claims: Claims): Envelope => ({
  ...envelope,
  payload: Buffer.from(canonicalText(toJson(claims))).toString('base64url'),
});

export const without = (object: JsonObject, ...names: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
/** The type of the event in an entry. */
export function typeIn({ sequence, event: { type } }: Entry): string {
  if (typeof type === 'string') return type;
  throw new Error(`entry ${sequence} tells an event of no type`);
}
export const bare = ({ envelope: _envelope, ...entry }: Entry): Entry => entry;
export const signedIn = (event: JsonObject): JsonObject => toJsonObject(event['signed']);
