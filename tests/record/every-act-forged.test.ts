import { beforeAll, describe, expect, it } from 'vitest';
import type { Entry, RecordFile } from '../../record/format.ts';
import { canonicalText, toJsonObject } from '../../record/json.ts';
import { verifyRecord } from '../../record/verify.ts';
import { voiceOf } from '../../record/voice.ts';
import { verifyRecord as verifyAlone } from '../../verifier/verify-record.mjs';
import { faultByTwokey, faultOf } from './both.ts';
import { bare, claimsIn, Forger, typeIn, without } from './desk-forger.ts';
import { recordsOf } from './review-stories.ts';
import { makeSigners, type Signers } from './signed-story.ts';
import { tellingsOnPage } from './tellings.ts';

let signers: Signers;
let records: ReadonlyMap<string, RecordFile>;
beforeAll(async () => {
  signers = await makeSigners();
  records = await recordsOf(signers);
});
function forgerOf(what: string): Forger {
  const record = records.get(what);
  if (!record) throw new Error(`no story of an order that ${what}`);
  return new Forger(record, signers);
}

/** The first entry of each kind in all records, with who forges its record; an entry of no kind counts for nothing. */
function firstOfEach(kindOf: (entry: Entry, record: RecordFile) => string | undefined): ReadonlyMap<string, { readonly entry: Entry; readonly by: Forger }> {
  const found = new Map<string, { readonly entry: Entry; readonly by: Forger }>();
  for (const record of records.values()) {
    const by = new Forger(record, signers);
    for (const entry of record.entries) {
      const kind = kindOf(entry, record);
      if (kind !== undefined && !found.has(kind)) found.set(kind, { entry, by });
    }
  }
  return found;
}
const actOf = (entry: Entry): string | undefined => (entry.envelope === undefined || entry.sequence === 0 ? undefined : claimsIn(entry).act);
const ruleOf = (entry: Entry, record: RecordFile): string | undefined => (voiceOf(record, entry.sequence) === 'rules' ? typeIn(entry) : undefined);

/** An entry in the place of another, and what the desk seals then. */
const inPlaceOf = (by: Forger, { sequence }: Entry, ...entries: readonly Entry[]): Promise<string> =>
  by.sealed({ entries: by.record.entries.toSpliced(sequence, 1, ...entries) });

describe('of every act, what the desk makes of its own record, chained anew and signed with its key, is found by both verifiers', () => {
  it.each<{ what: string; code: string; change: (entry: Entry) => Entry }>([
    {
      what: 'who did it and signed it dropped',
      code: 'signature-missing',
      change: (entry) => ({ ...bare(entry), event: without(entry.event, 'signed', 'act', 'by') }),
    },
    {
      what: 'told as another act',
      code: 'act-differs',
      change: (entry) => ({ ...entry, event: { ...entry.event, type: actOf(entry) === 'deny' ? 'license-issued' : 'license-denied' } }),
    },
  ])('$what', async ({ code, change }) => {
    const acts = firstOfEach(actOf);
    expect(acts.size).toBeGreaterThan(50);
    for (const [act, { entry, by }] of acts)
      expect(await faultOf(await inPlaceOf(by, entry, change(entry)), signers.rootId), act).toMatchObject({ code, index: entry.sequence });
  });

  it('something more told under the name of its author, where something may be', async () => {
    const goesOn = new Set(tellingsOnPage().flatMap(({ act, follows }) => (follows.length > 0 ? [act] : [])));
    expect(goesOn.size).toBeGreaterThan(5);
    for (const [act, { entry, by }] of [...firstOfEach(actOf)].filter(([one]) => goesOn.has(one))) {
      const more = { ...bare(entry), event: { ...entry.event, type: 'president-decided', consensus: 'president-denied' } };
      const sealed = await inPlaceOf(by, entry, entry, more);
      const index = entry.sequence + 1;
      expect(await faultByTwokey(sealed, signers.rootId), act).toMatchObject({ verdict: 'tampered', index });
      expect(verifyAlone(sealed, signers.rootId), act).toMatchObject({ code: 'envelope-missing', index });
    }
  });
});

describe('an act that is left out with all that tells of it', () => {
  it('is found by twokey record verify, but for those that nothing in the record stands on', async () => {
    const unfound: string[] = [];
    for (const [act, { entry, by }] of firstOfEach(actOf)) {
      const { act: told = null } = entry.event;
      const isOfIt = (one: Entry): boolean => one === entry || (told !== null && canonicalText(one.event['act'] ?? null) === canonicalText(told));
      const verdict = await verifyRecord(await by.sealed({ entries: by.record.entries.filter((one) => !isOfIt(one)) }), { root: signers.rootId });
      if (verdict.verdict !== 'tampered') unfound.push(act);
    }
    // A lift is told also of a hold that the order has not heard of.
    expect(unfound).toEqual(['resume-review', 'withdraw-request', 'hold']);
  });
});

describe('what nobody says and the rules bring about, made up by the desk, is found by twokey record verify', () => {
  const clocks = ['opinions-due', 'limit-reached', 'agency-deemed', 'decision-overdue', 'appeal-period-ended', 'response-period-ended', 'license-denied'];

  it('dropped', async () => {
    const rules = firstOfEach(ruleOf);
    expect([...rules.keys()]).toEqual(expect.arrayContaining([...clocks, 'review-closed', 'application-submitted', 'license-not-required', 'order-ended']));
    for (const [type, { entry, by }] of rules) expect((await faultByTwokey(await inPlaceOf(by, entry), signers.rootId)).verdict, type).toBe('tampered');
  });

  it('told before its time', async () => {
    const rules = firstOfEach(ruleOf);
    for (const type of clocks) {
      const { entry, by } = rules.get(type) ?? {};
      if (!entry || !by) throw new Error(`no record tells ${type}`);
      const early = await inPlaceOf(by, entry, { ...entry, event: { ...entry.event, at: entry.at - 1 } });
      expect(await faultByTwokey(early, signers.rootId), type).toMatchObject({ code: 'rules-differ', index: entry.sequence });
    }
  });

  it('the end of the order of a declined customer left out, or told of an approved one', async () => {
    const declined = forgerOf('is declined with its customer');
    const end = declined.entry('order-ended');
    expect(await faultByTwokey(await inPlaceOf(declined, end), signers.rootId)).toMatchObject({ code: 'rules-differ', index: end.sequence });
    const approved = forgerOf('is vetted, ruled upon, certified, rejected, withdrawn, returned, parked and cancelled');
    const recorded = approved.entry('customer-recorded');
    const ended = { ...end, event: toJsonObject({ ...end.event, at: recorded.at }) };
    const told = await inPlaceOf(approved, recorded, recorded, ended);
    expect(await faultByTwokey(told, signers.rootId)).toMatchObject({ code: 'signature-missing', index: recorded.sequence + 1 });
  });

  it('a denial by time after the intent was given up', async () => {
    const by = forgerOf('is denied by time, after a notice that was given up once, and appealed');
    const [rescinded, denial] = [by.entry('denial-rescinded'), by.entry('license-denied')];
    const sealed = await inPlaceOf(by, rescinded, rescinded, { ...denial, event: { ...denial.event, at: rescinded.at } });
    expect(await faultOf(sealed, signers.rootId)).toMatchObject({ code: 'signature-missing', index: rescinded.sequence + 1 });
  });
});
