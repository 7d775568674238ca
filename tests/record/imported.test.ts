import { beforeAll, describe, expect, it } from 'vitest';
import { importedOrder, isPastFault } from '../../domain/importing.ts';
import { openOrder } from '../../domain/order.ts';
import { type Import, importDigest, type Past } from '../../domain/past.ts';
import { importFields } from '../../domain/signing/import-claims.ts';
import { proven } from '../../domain/signing/signatories.ts';
import { isRefusal } from '../../domain/refusal.ts';
import type { OrderEvent } from '../../domain/events.ts';
import type { Envelope } from '../../domain/signing/envelope.ts';
import { chainOf } from '../../record/chain.ts';
import { exportRecord, recordText } from '../../record/export.ts';
import type { RecordFile } from '../../record/format.ts';
import type { JsonObject } from '../../record/json.ts';
import { verifyRecord } from '../../record/verify.ts';
import { nodePrimitives } from '../../trust/primitives.ts';
import { verifyRecord as verifyAlone } from '../../verifier/verify-record.mjs';
import { policy, terms } from '../support/orders.ts';
import { faultByTwokey, faultOf } from './both.ts';
import { Forger } from './desk-forger.ts';
import { exportedAt } from './records.ts';
import { makeSigners, type Signers } from './signed-story.ts';

const day = 86_400_000;
const recordedAt = exportedAt - day;
const submittedAt = recordedAt - 20 * day;
const evidence = { document: 'ab'.repeat(32), issuerNumber: 'BIS-1', decidedAt: submittedAt };
const at = (days: number): Pick<Past, 'at' | 'evidence'> => ({ at: submittedAt + days * day, evidence });
const told: Import = {
  submittedAt,
  recordedAt,
  notYet: [],
  past: [
    { ...at(1), type: 'step', step: 'file-application', answer: { filingReference: 'SNAPR-1' } },
    { ...at(2), type: 'act', act: { name: 'register', id: 'past-2', by: 'us.commerce', applicationNumber: 'Z1' } },
    { ...at(3), type: 'act', act: { name: 'refer', id: 'past-3', by: 'us.commerce' } },
    { ...at(9), type: 'act', act: { name: 'recommend', id: 'past-4', by: 'us.state', position: 'no-objection' } },
  ],
};
const opened = openOrder(terms({ fileApplication: 'when-allocated' }), policy(), {});

let signers: Signers;
let record: RecordFile;
beforeAll(async () => {
  signers = await makeSigners();
  const fields = importFields(importDigest(told, nodePrimitives));
  const envelope = await signers.company.sign(opened, { act: 'import', role: 'seller.desk', fields, nonce: 'import-of-this', at: recordedAt });
  const found = proven(envelope, { keyring: signers.keyring, at: recordedAt, primitives: nodePrimitives });
  if (isRefusal(found)) throw new Error(found.message);
  const lived = importedOrder(opened, told, nodePrimitives, found.signed);
  if (isPastFault(lived)) throw new Error(lived.refusal.message);
  const [first] = lived.events;
  if (!first) throw new Error('nothing is told');
  const chain = chainOf(opened, lived.events, new Map<OrderEvent, Envelope>([[first, envelope]]));
  record = await exportRecord(chain, { exportedAt, state: 'open' }, signers.vouching);
});

/** The record as the desk would have it, whose key signs its end: an entry told otherwise. */
const forged = (type: string, change: (event: JsonObject) => JsonObject): Promise<string> => {
  const forger = new Forger(record, signers);
  return forger.sealed(forger.event(type, change));
};

describe('the record of an order that was imported', () => {
  it('is proven by both verifiers, with the import as the one signed act in it', async () => {
    const verdict = await verifyRecord(recordText(record), { root: signers.rootId });
    expect(verdict).toMatchObject({ verdict: 'proven', acts: { kind: 'signed', decisions: [{ index: 0, act: 'import', signed: { confirmedBy: {} } }] } });
    expect(verifyAlone(recordText(record), signers.rootId)).toMatchObject({ verdict: 'proven', acts: [{ act: 'import' }] });
  });

  it('tells of each fact of the past both its times, and begins and ends the import', () => {
    expect(record.entries[0]?.event).toMatchObject({ type: 'order-imported', at: submittedAt, recordedAt, digest: importDigest(told, nodePrimitives) });
    const position = record.entries.find(({ event }) => event['type'] === 'position-given');
    expect(position?.event).toMatchObject({ at: submittedAt + 9 * day, imported: { recordedAt, evidence } });
    expect(record.entries.at(-1)?.event).toMatchObject({ type: 'import-completed', at: recordedAt });
  });

  it.each<[string, (event: JsonObject) => JsonObject]>([
    ['with another past than was signed', (event) => ({ ...event, past: [] })],
    ['with another beginning', (event) => ({ ...event, notYet: ['ship'] })],
  ])('is found out %s, by both', async (_what, change) => {
    expect(await faultOf(await forged('order-imported', change), signers.rootId)).toMatchObject({ code: 'act-differs', index: 0 });
  });

  it('is found out where what followed from the past was told otherwise', async () => {
    const text = await forged('position-given', (event) => ({ ...event, position: { state: 'given', position: 'deny', basis: 'x' } }));
    expect(await faultByTwokey(text, signers.rootId)).toMatchObject({ code: 'rules-differ', verdict: 'tampered' });
  });

  it('is found out where it says to have been imported after its signature was good', async () => {
    const text = await forged('order-imported', (event) => ({ ...event, recordedAt: recordedAt + 40 * day }));
    expect(await faultOf(text, signers.rootId)).toMatchObject({ code: 'expired', index: 0 });
  });
});
