import type { Claims } from '../../domain/signing/claims.ts';
import { nodePrimitives } from '../../trust/primitives.ts';
import { type JsonObject, toJsonObject } from '../../record/json.ts';
import { bare, claimsIn, type Forged, type Forger, signedBy } from './desk-forger.ts';
import type { Forgery } from './forgeries.ts';
import { day } from '../support/orders.ts';

/** What every signature in it bears out, and no order came to by its rules; the stand-alone verifier leaves these to `twokey record verify`. */
export const unlawful: readonly Forgery[] = [
  {
    what: 'a position, dropped and told as silence before the license that was signed upon it',
    code: 'wrong-subject',
    forge(by) {
      const [position, silence] = [by.entry('position-given'), by.entry('agency-deemed')];
      const another = { ...silence, event: { ...silence.event, agency: 'us.defense' } };
      const entries = by.record.entries.flatMap((entry) => (entry === position ? [] : entry === silence ? [entry, another] : [entry]));
      return { index: by.entry('license-issued').sequence, entries };
    },
  },
  {
    what: 'a position, dropped',
    code: 'rules-differ',
    forge: (by) => without(by, 'position-given', by.entry('agency-deemed').sequence),
  },
  {
    what: 'a hold and its lift, dropped before what was signed under their epoch',
    code: 'wrong-epoch',
    forge(by) {
      const gone = new Set<unknown>(['policy-held', 'policy-lifted']);
      const entries = by.record.entries.filter(({ event }) => !gone.has(event['type']));
      return { index: by.entry('position-given').sequence - 2, entries };
    },
  },
  {
    what: 'another number in a license than the one that was signed',
    code: 'act-differs',
    forge: (by) => by.event('license-issued', (event) => ({ ...event, license: { ...toJsonObject(event['license']), number: 'D2' } })),
  },
  {
    what: 'a license without its conditions',
    code: 'act-differs',
    forge: (by) => by.event('license-issued', (event) => ({ ...event, license: { ...toJsonObject(event['license']), conditions: [] } })),
  },
  {
    what: 'the silence of an agency that had time left',
    code: 'rules-differ',
    forge: (by) => by.event('agency-deemed', (event) => ({ ...event, at: Number(event['at']) - day })),
  },
  {
    what: 'a review that closed without its finding',
    code: 'rules-differ',
    forge: (by) => without(by, 'review-closed', by.entry('license-issued').sequence - 1),
  },
  {
    what: 'goods that were tested before the Chinese key had turned',
    code: 'rules-differ',
    forge: (by) => without(by, 'purchase-approved', by.entry('purchase-approved').sequence),
  },
  {
    what: 'goods that were booked before they had been tested',
    code: 'rules-differ',
    forge: (by) => without(by, 'inspection-passed', by.entry('inspection-passed').sequence),
  },
  {
    what: 'goods that left without a step that handed them over',
    code: 'rules-differ',
    forge: (by) => madeUp(by, { type: 'goods-shipped', waybill: 'WAYBILL-0', units: 6_000 }),
  },
  { what: 'an answer of a step that nobody had started', code: 'rules-differ', forge: (by) => madeUp(by, { type: 'step-done', step: 'ship' }) },
  { what: 'a step under another wish than the order has', code: 'rules-differ', forge: (by) => by.event('step-started', (event) => ({ ...event, wish: 1 })) },
  {
    what: 'a fact of another form',
    code: 'entry-malformed',
    forge: (by) => by.event('goods-shipped', (event) => ({ ...event, units: 'all' })),
  },
  {
    what: 'goods that were released before they were declared',
    code: 'rules-refuse',
    forge: (by) => without(by, 'customs-declared', by.entry('customs-released').sequence - 1),
  },
  {
    what: 'the end of an order that is told as closed',
    code: 'rules-differ',
    forge: (by) => ({ index: by.entry('customs-released').sequence, entries: by.record.entries.slice(0, by.entry('customs-released').sequence) }),
  },
  { what: 'a cancellation by the desk of an order that has ended', code: 'rules-refuse', forge: (by) => cancelled(by, { reason: 'none' }) },
  { what: 'an act with a field that there is none of', code: 'rules-refuse', forge: (by) => cancelled(by, { reason: 'none', 'more-or-less': 'x' }) },
];

/** A fact that the desk makes up, right after the submission. */
function madeUp({ record: { entries } }: Forger, fact: JsonObject): Forged {
  const [first, ...others] = entries;
  if (!first) throw new Error('the record is empty');
  return { index: 1, entries: [first, { ...bare(first), event: { ...fact, at: first.at } }, ...others] };
}

/** All entries but that of one fact; `index` is where it is found out. */
function without(by: Forger, fact: string, index: number): Forged {
  const gone = by.entry(fact);
  return { index, entries: by.record.entries.filter((entry) => entry !== gone) };
}

/** The desk cancels the order after its end, with everything signed as it should be. */
async function cancelled(by: Forger, fields: Claims['fields']): Promise<Forged> {
  const last = by.entry('order-ended');
  const claims = { ...claimsIn(by.entry('order-submitted')), act: 'cancel', fields, nonce: 'cancel-it', epoch: 2 } as const;
  const envelope = await signedBy({ ...claims, issued: last.at, expires: last.at + day }, by.desk);
  const act = { id: claims.nonce, content: nodePrimitives.canonicalText({ ...fields, by: 'seller.desk', name: 'cancel' }) };
  const signed = { kind: 'authenticated', by: { person: by.desk.holder, role: 'seller.desk', key: by.desk.keyId } };
  const event = toJsonObject({ type: 'order-ended', outcome: 'cancelled', reason: 'none', by: 'seller.desk', act, signed, at: last.at });
  return { index: by.record.entries.length, entries: [...by.record.entries, { ...bare(last), event, envelope: JSON.stringify(envelope) }] };
}
