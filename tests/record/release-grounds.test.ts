import { beforeAll, describe, expect, it } from 'vitest';
import type { RecordFile } from '../../record/format.ts';
import { releasesIn } from '../../record/release-grounds.ts';
import { SignedStory, makeSigners, type Signers } from './signed-story.ts';
import { sentBack, withPapers } from './wave-stories.ts';
import { licensed } from './story-parts.ts';

let signers: Signers;
let record: RecordFile;
beforeAll(async () => {
  signers = await makeSigners();
  record = await (await withPapers(signers)).record();
});

describe('what a wave left on', () => {
  it('is named with who brought it about, and by which entry of the record', () => {
    const [release] = releasesIn(record.entries);
    expect(release?.grounds.map(({ what, number, by, signedBy }) => [what, number, by, signedBy])).toEqual([
      ['license', 'D1', 'us.commerce', ['demo.us-commerce']],
      ['purchase approval', 'CN-A-1', 'cn.mofcom', ['demo.cn-mofcom']],
      ['screening', 'list-2', null, []],
      ['entry', '231-1', 'us.cbp', ['demo.us-cbp']],
      ['test', 'LAB-1', 'test.lab', ['demo.test-lab']],
      ['destination-control-statement', 'INV-1', 'seller.desk', ['demo.seller-desk']],
      ['export filing', 'X20251222123456', 'carrier', ['demo.carrier']],
    ]);
    for (const { entry, number } of release?.grounds ?? []) expect(JSON.stringify(record.entries[entry]?.event)).toContain(`"${number}"`);
  });

  it('is the paper that was good then, not the one that had expired', () => {
    const [release] = releasesIn(record.entries);
    const paper = release?.grounds.find(({ what }) => what === 'destination-control-statement');
    const entered = record.entries.filter(({ event }) => event['type'] === 'paper-registered').map(({ sequence }) => sequence);
    expect(entered).toHaveLength(2);
    expect(paper?.entry).toBe(entered[1]);
  });

  it('is not told of goods whose policy asks for no certificate', async () => {
    const { entries } = await (await sentBack(signers)).record();
    expect(releasesIn(entries)).toMatchObject([{ wave: 1, units: 6_000, certificate: null, grounds: [] }]);
  });

  it('is nothing where nothing has left', async () => {
    const { entries } = await (await licensed(await SignedStory.submitted(signers))).record();
    expect(releasesIn(entries)).toEqual([]);
  });
});
