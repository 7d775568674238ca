import { z } from 'zod';
import { beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../record/json.ts';
import { faultByTwokey } from './both.ts';
import { bare, Forger, without } from './desk-forger.ts';
import type { Forgery } from './forgeries.ts';
import { makeSigners, type Signers } from './signed-story.ts';
import { inWaves, replaced, sentBack, withPapers } from './wave-stories.ts';

let signers: Signers;
let waves: Forger;
let whole: Forger;
let certified: Forger;
let failed: Forger;
beforeAll(async () => {
  signers = await makeSigners();
  waves = new Forger(await (await inWaves(signers)).record(), signers);
  whole = new Forger(await (await sentBack(signers)).record(), signers);
  failed = new Forger(await (await replaced(signers)).record(), signers);
  certified = new Forger(await (await withPapers(signers)).record(), signers);
});

type Unnamed = Pick<Forgery, 'code' | 'forge'>;

const detentionDropped = (upTo: string): Unnamed => ({
  code: 'wrong-subject',
  forge: ({ record: { entries } }) => ({
    index: entries.findIndex(({ event }) => event['type'] === upTo) - 1,
    entries: entries.filter(({ event }) => event['type'] !== 'customs-detained'),
  }),
});

const ofWaves: readonly Forgery[] = [
  { what: 'more units than China has approved', code: 'act-differs', forge: (by) => by.event('purchase-approved', (event) => ({ ...event, units: 4_000 })) },
  { what: 'a wave of more units than that', code: 'rules-differ', forge: (by) => by.event('wave-formed', (event) => ({ ...event, units: 4_000 })) },
  { what: 'the release of another wave', code: 'act-differs', forge: (by) => by.event('customs-released', (event) => ({ ...event, wave: 2 })) },
  { what: 'a delivery of no wave', code: 'act-differs', forge: (by) => by.event('delivery-confirmed', (event) => without(event, 'wave')) },
  { what: 'fewer units than had left', code: 'act-differs', forge: (by) => by.event('order-short-closed', (event) => ({ ...event, units: 2_000 })) },
  {
    what: 'an order that was closed short as delivered',
    code: 'rules-differ',
    forge: (by) => by.event('order-ended', (event) => ({ ...event, outcome: 'delivered', reason: 'all units delivered' })),
  },
  {
    what: 'its end under the name of who denied the rest',
    code: 'envelope-missing',
    forge(by) {
      const entry = by.entry('purchase-denied');
      const ended = { ...bare(entry), event: { ...entry.event, type: 'order-ended', outcome: 'denied-by-china' } };
      return { index: entry.sequence + 1, entries: by.record.entries.toSpliced(entry.sequence + 1, 0, ended) };
    },
  },
];

/** The second test fails two units that stock has no others for. */
const ofFailedUnits: readonly Forgery[] = [
  {
    what: 'fewer units as failed',
    code: 'act-differs',
    forge: (by) => by.event('inspection-failed', (event) => ({ ...event, failed: { lot: 'L1', units: 1 } })),
  },
  {
    what: 'units of another lot as failed',
    code: 'act-differs',
    forge: (by) => by.event('inspection-failed', (event) => ({ ...event, failed: { lot: 'L2', units: 3 } })),
  },
  { what: 'the whole wave as failed', code: 'act-differs', forge: (by) => by.event('inspection-failed', (event) => without(event, 'failed')) },
  {
    what: 'more units as replaced than had failed',
    code: 'rules-differ',
    forge: (by) => by.event('units-replaced', (event) => ({ ...event, missing: 0, lots: [{ lot: 'L2', units: 4 }] })),
  },
  {
    what: 'all of them as replaced, and the order shortened',
    code: 'rules-differ',
    forge: (by) => by.event('units-replaced', (event) => ({ ...event, missing: 0, lots: [{ lot: 'L2', units: 3 }] })),
  },
  { what: 'an order that is shortened by more', code: 'rules-differ', forge: (by) => by.event('order-shortened', (event) => ({ ...event, units: 2_000 })) },
];

describe('goods that leave in waves or come back, told otherwise by the desk, are found by twokey record verify', () => {
  const expectFound = async (by: Forger, { code, forge }: Unnamed): Promise<void> => {
    const forged = await forge(by);
    expect(await faultByTwokey(await by.sealed(forged), signers.rootId)).toMatchObject({ verdict: 'tampered', code, index: forged.index });
  };

  it.each(ofWaves)('$what', async (forgery) => {
    await expectFound(waves, forgery);
  });

  it.each(ofFailedUnits)('$what', async (forgery) => {
    await expectFound(failed, forgery);
  });

  const certificate = (change: (certificate: JsonObject) => JsonObject | undefined): Unnamed => ({
    code: 'rules-differ',
    forge: (by) =>
      by.event('goods-shipped', ({ certificate: was, ...event }) => {
        const now = change(z.record(z.string(), z.custom<JsonObject[string]>()).parse(was));
        return { ...event, ...(now && { certificate: now }) };
      }),
  });
  it.each<[string, Unnamed]>([
    ['no release certificate', certificate(() => undefined)],
    ['a release certificate on another list', certificate((was) => ({ ...was, listVersion: 'list-1' }))],
    ['a release certificate without its papers', certificate((was) => ({ ...was, papers: [] }))],
    ['a release certificate on another approval', certificate((was) => ({ ...was, approval: { number: 'CN-A-2', balance: { before: 6_000, after: 0 } } }))],
    ['a release certificate of another epoch', certificate((was) => ({ ...was, policyEpoch: 1 }))],
  ])('%s', async (_what, forgery) => {
    await expectFound(certified, forgery);
  });

  it('a detention dropped, of one of several waves and of goods that left together', async () => {
    await expectFound(waves, detentionDropped('customs-released'));
    await expectFound(whole, detentionDropped('entry-refused'));
  });
});
