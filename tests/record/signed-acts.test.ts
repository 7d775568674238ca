import { beforeAll, describe, expect, it } from 'vitest';
import { withRevocation } from '../../trust/keyring-changes.ts';
import { recordText } from '../../record/export.ts';
import { type Verdict, verifyRecord } from '../../record/verify.ts';
import { verifyRecord as verifyAlone } from '../../verifier/verify-record.mjs';
import { faultByTwokey, faultOf } from './both.ts';
import { Forger } from './desk-forger.ts';
import { dropped, exchanged, type Forgery, fromElsewhere } from './forgeries.ts';
import { added, atAnotherTime, madeUp } from './made-up-acts.ts';
import { deliveredStory, deniedStory, shortStory } from './signed-records.ts';
import { makeSigners, type Signers, SignedStory } from './signed-story.ts';
import { unlawful } from './unlawful-records.ts';

let signers: Signers;
let forger: Forger;
let text: string;
beforeAll(async () => {
  signers = await makeSigners();
  const record = await (await deliveredStory(signers)).record();
  text = recordText(record);
  forger = new Forger(record, signers);
});

const decisionsOf = (verdict: Verdict) => ('acts' in verdict && verdict.acts.kind === 'signed' ? verdict.acts.decisions : []);

describe('the record of an order of signed acts', () => {
  it('is proven act by act, and tells who signed what and what was recorded on evidence', async () => {
    const verdict = await verifyRecord(text, { root: signers.rootId });
    expect(verdict).toMatchObject({ verdict: 'proven' });
    expect(
      decisionsOf(verdict).map(({ act, role, signed }) => [act, role, signed.kind, signed.by.person, signed.by.inPlaceOf ?? signed.confirmedBy?.person]),
    ).toEqual([
      ['submit', 'seller.desk', 'authenticated', 'demo.seller-desk', undefined],
      ['register', 'us.commerce', 'recorded', 'demo.seller-desk', 'demo.compliance-second'],
      ['refer', 'us.commerce', 'authenticated', 'deputy', 'demo.us-commerce'],
      ['recommend', 'us.state', 'authenticated', 'demo.us-state', undefined],
      ['hold', 'policy.admin', 'authenticated', 'demo.policy-admin', 'demo.policy-admin-2'],
      ['lift', 'policy.admin', 'authenticated', 'demo.policy-admin', 'demo.policy-admin-2'],
      ['recommend', 'us.defense', 'authenticated', 'demo.us-defense', undefined],
      ['issue-license', 'us.commerce', 'authenticated', 'demo.us-commerce', undefined],
      ['apply-purchase', 'buyer', 'authenticated', 'demo.buyer', undefined],
      ['approve-purchase', 'cn.mofcom', 'authenticated', 'demo.cn-mofcom', undefined],
      ['pass-inspection', 'test.lab', 'authenticated', 'demo.test-lab', undefined],
      ['release', 'cn.gacc', 'authenticated', 'demo.cn-gacc', undefined],
      ['confirm-delivery', 'carrier', 'authenticated', 'demo.carrier', undefined],
    ]);
  });

  it('is told alike by the stand-alone verifier', async () => {
    const [verdict, alone] = [await verifyRecord(text, { root: signers.rootId }), verifyAlone(text, signers.rootId)];
    expect(alone).toMatchObject({ verdict: 'proven', order: 'A-1' });
    const told = decisionsOf(verdict).map(({ index, at, act, role, fields, signed }) => ({ index, at, act, role, fields, signed, doubts: [] }));
    expect(alone.acts?.map(({ nonce: _nonce, ...act }) => act)).toEqual(told);
  });

  it('holds where an act is told by more than one event', async () => {
    for (const story of [deniedStory, shortStory]) {
      const denied = recordText(await (await story(signers)).record());
      expect(await verifyRecord(denied, { root: signers.rootId })).toMatchObject({ verdict: 'proven' });
      expect(verifyAlone(denied, signers.rootId)).toMatchObject({ verdict: 'proven' });
    }
  });

  it('is not judged where the file names no keys, and says so', async () => {
    const unsigned = recordText({ ...forger.record, signature: null, keyring: null, root: null });
    expect(await verifyRecord(unsigned)).toMatchObject({ verdict: 'unsigned', acts: { kind: 'not-judged' } });
    expect(verifyAlone(unsigned)).toMatchObject({ verdict: 'unsigned', acts: null });
  });

  it('of whose acts nobody signed any, is told so, also where that is what the desk made of it', async () => {
    const entries = forger.record.entries.map(({ envelope: _envelope, event: { signed: _signed, ...event }, ...entry }) => ({ ...entry, event }));
    const stripped = await forger.sealed({ entries });
    expect(await verifyRecord(stripped, { root: signers.rootId })).toMatchObject({ verdict: 'proven', acts: { kind: 'unsigned' } });
    expect(verifyAlone(stripped, signers.rootId)).toMatchObject({ verdict: 'proven', acts: null });
  });
});

describe('what the desk makes up, chained anew and signed with its own key, is found by both verifiers at its entry', () => {
  const expectFound = async ({ code, alone = code, forge }: Forgery): Promise<void> => {
    const forged = await forge(forger);
    const sealed = await forger.sealed(forged);
    expect(await faultByTwokey(sealed, signers.rootId)).toMatchObject({ verdict: 'tampered', code, index: forged.index });
    expect(verifyAlone(sealed, signers.rootId)).toMatchObject({ verdict: 'tampered', code: alone, index: forged.index });
  };
  const all = Object.entries({ dropped, exchanged, 'made up': madeUp, 'at another time': atAnotherTime, added });

  it.each(all.flatMap(([kind, forgeries]) => forgeries.map((one) => ({ kind, ...one }))))('$kind: $what', async (forgery) => {
    await expectFound(forgery);
  });

  it('from another order, and from the same order on other terms', async () => {
    const [other, terms] = [await deliveredStory(signers, 'A-2'), await SignedStory.submitted(signers, { terms: { units: 5 } })];
    for (const [type, { chain }] of [
      ['purchase-approved', other],
      ['order-submitted', terms],
    ] as const) {
      const entry = chain.entries.find(({ event }) => event['type'] === type);
      expect(entry?.envelope).toBeDefined();
      if (entry) await expectFound(fromElsewhere(type, entry));
    }
  });

  it('nothing changed: the forger seals an honest record as it was', async () => {
    expect(await verifyRecord(await forger.sealed(forger.record), { root: signers.rootId })).toMatchObject({ verdict: 'proven' });
  });
});

describe('what no order comes to by its rules, under good signatures, is found by twokey record verify', () => {
  it.each(unlawful)('$what', async ({ code, forge }) => {
    const forged = await forge(forger);
    expect(await faultByTwokey(await forger.sealed(forged), signers.rootId)).toMatchObject({ verdict: 'tampered', code, index: forged.index });
  });
});

describe('a key that was revoked later', () => {
  const revokedAs = async (person: string, at: number): Promise<string> => {
    const key = signers.keyring.keys.find(({ holder }) => holder === person);
    return await signers.signed(withRevocation(signers.keyring, key?.id ?? '', { at, reason: 'stolen' }, Date.UTC(2030, 0, 1)));
  };
  const licensed = (): number => forger.entry('license-issued').at;

  it('as of a moment after its acts leaves them proven', async () => {
    const keyring = await revokedAs('demo.us-commerce', licensed() + 1);
    expect(await verifyRecord(text, { root: signers.rootId, keyring })).toMatchObject({
      verdict: 'proven',
      voucher: { keyring: { sequence: 3, isGiven: true } },
    });
  });

  it('as of a moment before an act is told with the act, and the record is not called proven', async () => {
    const keyring = await revokedAs('demo.us-commerce', licensed());
    const verdict = await verifyRecord(text, { root: signers.rootId, keyring });
    expect(verdict).toMatchObject({ verdict: 'revoked-since' });
    const doubted = decisionsOf(verdict).filter(({ revokedSince }) => revokedSince !== null);
    expect(doubted).toEqual([expect.objectContaining({ act: 'issue-license', index: forger.entry('license-issued').sequence })]);
    expect(doubted[0]?.revokedSince).toMatch(/of demo\.us-commerce as us\.commerce was revoked as of .* stolen/);
  });

  it('is told by the stand-alone verifier of the keyring in the file, a deputy by the key of who sent them', async () => {
    for (const [person, type] of [
      ['demo.us-commerce', 'application-referred'],
      ['deputy', 'application-referred'],
      ['demo.compliance-second', 'application-registered'],
    ] as const) {
      const entry = forger.entry(type);
      const own = recordText({ ...forger.record, keyring: await revokedAs(person, entry.at) });
      const [verdict, alone] = [await verifyRecord(own, { root: signers.rootId }), verifyAlone(own, signers.rootId)];
      const indexes = decisionsOf(verdict).flatMap(({ index, revokedSince }) => (revokedSince === null ? [] : [index]));
      expect(verdict).toMatchObject({ verdict: 'revoked-since' });
      expect(indexes).toContain(entry.sequence);
      expect(alone).toMatchObject({ verdict: 'revoked-since' });
      expect(alone.acts?.flatMap(({ index, doubts }) => (doubts.length > 0 ? [index] : []))).toEqual(indexes);
    }
  });

  it('does not make good what was not signed', async () => {
    const keyring = await revokedAs('demo.us-commerce', licensed());
    const sealed = await forger.sealed(
      forger.event('license-issued', (event) => ({ ...event, by: 'us.state' })),
      keyring,
    );
    expect(await faultOf(sealed, signers.rootId)).toMatchObject({ code: 'act-differs' });
  });
});
