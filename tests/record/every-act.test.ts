import { beforeAll, describe, expect, it } from 'vitest';
import { actNames, policyActs } from '../../domain/acts.ts';
import { eventTypes } from '../../domain/order.ts';
import { recordText } from '../../record/export.ts';
import type { RecordFile } from '../../record/format.ts';
import { verifyRecord } from '../../record/verify.ts';
import { verifyRecord as verifyAlone } from '../../verifier/verify-record.mjs';
import { claimsIn, typeIn } from './desk-forger.ts';
import { recordsOf, reviewStories } from './review-stories.ts';
import { makeSigners, type Signers } from './signed-story.ts';
import { tellingsOnPage } from './tellings.ts';

let signers: Signers;
let records: ReadonlyMap<string, RecordFile>;
beforeAll(async () => {
  signers = await makeSigners();
  records = await recordsOf(signers);
});

describe('the record of a signed order under a policy of today that', () => {
  it.each(reviewStories)('$what is proven by both verifiers, act by act', async ({ what }) => {
    const record = records.get(what);
    if (!record) throw new Error(`no story of an order that ${what}`);
    const text = recordText(record);
    const verdict = await verifyRecord(text, { root: signers.rootId });
    expect(verdict).toMatchObject({ verdict: 'proven' });
    const alone = verifyAlone(text, signers.rootId);
    expect(alone).toMatchObject({ verdict: 'proven' });
    expect(alone.acts?.map(({ index }) => index)).toEqual(record.entries.flatMap(({ envelope, sequence }) => (envelope === undefined ? [] : [sequence])));
  });
});

/** The act that an entry tells of, with those that its envelope stands for. */
const toldTogether = ({ entries }: RecordFile): { readonly act: string; readonly types: readonly string[] }[] =>
  entries.flatMap((entry) => {
    if (entry.envelope === undefined) return [];
    const more = entries.slice(entry.sequence + 1);
    const end = more.findIndex(({ event, envelope }) => envelope !== undefined || event['signed'] === undefined);
    const told = [entry, ...more.slice(0, end === -1 ? more.length : end)];
    return [{ act: claimsIn(entry).act, types: told.map(typeIn) }];
  });

describe('every act', () => {
  it('is done in one of these records, and told by the events that docs/record-format.md names', () => {
    const told = [...records.values()].flatMap(toldTogether);
    expect([...new Set(told.map(({ act }) => act))].toSorted()).toEqual(['submit', ...actNames, ...Object.keys(policyActs)].toSorted());
    const tellings = tellingsOnPage();
    const others = told.filter(({ act, types: [first = '', ...more] }) => {
      const telling = tellings.find((one) => one.act === act);
      return !telling?.events.includes(first) || more.length > 1 || !more.every((type) => telling.follows.includes(type));
    });
    expect(others).toEqual([]);
  });

  it('is told by each of those events in one of these records, but for steps that are settled the same way', () => {
    const told = new Set([...records.values()].flatMap(toldTogether).flatMap(({ act, types }) => types.map((type) => `${act}: ${type}`)));
    const named = tellingsOnPage().flatMap(({ act, events, follows }) => [...events, ...follows].map((type) => `${act}: ${type}`));
    const settled = ['inspection-requested', 'shipment-booked', 'customs-declared', 'application-withdrawn'].map((type) => `settle-step: ${type}`);
    // Records of imports have tests of their own.
    expect(named.filter((one) => !told.has(one))).toEqual(['import: order-imported', ...settled]);
  });
});

describe('every fact', () => {
  it('stands in one of these records, but for those that are told after a reset, a refused shipment or an import', () => {
    const told = new Set([...records.values()].flatMap(({ entries }) => entries.map(({ event }) => event['type'])));
    expect(eventTypes.filter((type) => !told.has(type))).toEqual(['not-retold', 'shipment-refused', 'order-imported', 'import-completed']);
  });
});
