import { beforeAll, describe, expect, it } from 'vitest';
import { inclusionOf, inclusionSince, signCheckpoint, treeHead } from '../../record/checkpoint.ts';
import { exportRecord, recordText } from '../../record/export.ts';
import type { Inclusion } from '../../record/format.ts';
import { CheckpointInvalid, ProofMissing } from '../../record/kept-checkpoint.ts';
import { sealOf } from '../../record/leaf.ts';
import { verifyRecord } from '../../record/verify.ts';
import { signKeyring } from '../../trust/keyring.ts';
import type { Signer } from '../../trust/signer.ts';
import { entryOf, signerOf, type TestKey, type TestRoot, testDesk, testKey, testRoot } from './keys.ts';
import { deliveredChain, exportedAt } from './records.ts';

const seals = ['A-0', 'A-1', 'A-2', 'A-3', 'A-4'].map((order) => sealOf(deliveredChain(order)));
const others = seals.with(0, { order: 'X-0', count: 1, hash: '0'.repeat(64) });
let root: TestRoot;
let key: TestKey;
let desk: Signer;
let keyring: string;
beforeAll(async () => {
  ({
    root,
    key,
    vouching: { signer: desk, keyring },
  } = await testDesk());
});

const statementOver = (size: number, records = seals, signer = desk): Promise<string> => signCheckpoint(treeHead(records.slice(0, size), exportedAt), signer);

/** The record of A-3 under a checkpoint over all five, with the proof from one over `kept` where that is given. */
async function exported(kept?: number, changes: Partial<Inclusion> = {}): Promise<string> {
  const newest = treeHead(seals, exportedAt);
  const inclusion = inclusionOf('A-3', seals, newest, await statementOver(5));
  if (!inclusion) throw new Error('A-3 is sealed');
  const since = kept === undefined ? inclusion : inclusionSince(treeHead(seals.slice(0, kept), exportedAt), inclusion, newest, seals);
  return recordText(
    await exportRecord(deliveredChain('A-3'), { exportedAt, state: 'closed' }, { signer: desk, keyring, root: root.jwk }, { ...since, ...changes }),
  );
}

describe('a checkpoint that was kept', () => {
  it.each([
    [5, true],
    [4, true],
    [3, false],
    [1, false],
    [0, false],
  ])('over %i records: the record stood under it: %s', async (size, isCovered) => {
    const verdict = await verifyRecord(await exported(size), { checkpoint: await statementOver(size) });
    expect(verdict).toMatchObject({ verdict: 'proven', kept: { size, isCovered, at: exportedAt } });
  });

  it('is contradicted by a ledger whose records of then are others', async () => {
    for (const size of [5, 3]) {
      const verdict = await verifyRecord(await exported(size), { checkpoint: await statementOver(size, others) });
      expect(verdict).toMatchObject({ verdict: 'tampered', fault: { code: 'checkpoint-differs', index: null } });
    }
    const broken = await verifyRecord(await exported(3, { consistency: [] }), { checkpoint: await statementOver(3) });
    expect(broken).toMatchObject({ verdict: 'tampered', fault: { code: 'checkpoint-differs' } });
  });

  it('is contradicted by a record whose keys did not sign it', async () => {
    const stranger = signerOf(await testKey());
    const verdict = await verifyRecord(await exported(3), { checkpoint: await statementOver(3, seals, stranger) });
    expect(verdict).toMatchObject({ verdict: 'tampered', fault: { code: 'checkpoint-differs', found: 'key-unknown' } });
  });

  it('cannot be held against a record without a proof that reaches it', async () => {
    await expect(verifyRecord(await exported(), { checkpoint: await statementOver(3) })).rejects.toThrow(ProofMissing);
    const more = [...seals, { order: 'A-5', count: 1, hash: '5'.repeat(64) }];
    await expect(verifyRecord(await exported(5), { checkpoint: await statementOver(6, more) })).rejects.toThrow(ProofMissing);
    const unproven = recordText(await exportRecord(deliveredChain('A-3'), { exportedAt, state: 'open' }, { signer: desk, keyring, root: root.jwk }));
    await expect(verifyRecord(unproven, { checkpoint: await statementOver(3) })).rejects.toThrow('no proof that it is sealed');
  });

  it('is none where it is something else', async () => {
    for (const checkpoint of ['', 'a checkpoint', keyring]) await expect(verifyRecord(await exported(3), { checkpoint })).rejects.toThrow(CheckpointInvalid);
  });
});

describe('a proof of inclusion', () => {
  it.each([
    ['without a path', { path: undefined }],
    ['with hashes that are none', { path: ['0'] }],
    ['with a field that there is none of', { note: 'x' }],
  ])('%s is none, although the desk signed it', async (_what, changes) => {
    const verdict = await verifyRecord(await exported(undefined, changes as Partial<Inclusion>));
    expect(verdict).toMatchObject({ verdict: 'tampered', fault: { code: 'inclusion-invalid' } });
  });
});

describe('a keyring that is given', () => {
  const next = (sequence: number, signer: TestRoot = root): Promise<string> =>
    signKeyring({ version: 1, sequence, issuedAt: Date.UTC(2031, 0, 1), keys: [entryOf(key)] }, signer.privateKey, signer.id);

  it('is used where it is as new as that of the file, or newer', async () => {
    expect(await verifyRecord(await exported(), { keyring: await next(9) })).toMatchObject({
      verdict: 'proven',
      voucher: { keyring: { sequence: 9, isGiven: true } },
    });
    expect(await verifyRecord(await exported(), { keyring })).toMatchObject({ verdict: 'proven', voucher: { keyring: { sequence: 1, isGiven: true } } });
    expect(await verifyRecord(await exported())).toMatchObject({ voucher: { keyring: { sequence: 1, isGiven: false } } });
  });

  it('knows of the key that signed the head what the file does not', async () => {
    const keys = [entryOf(key, { revoked: { at: exportedAt, reason: 'stolen' } })];
    const revoked = await signKeyring({ version: 1, sequence: 2, issuedAt: Date.UTC(2031, 0, 1), keys }, root.privateKey, root.id);
    expect(await verifyRecord(await exported(), { keyring: revoked })).toMatchObject({ verdict: 'tampered', fault: { code: 'key-revoked' } });
  });

  it('is refused where it is older than that of the file, or none', async () => {
    const newer = await exportRecord(deliveredChain('A-3'), { exportedAt, state: 'open' }, { signer: desk, keyring: await next(3), root: root.jwk });
    await expect(verifyRecord(recordText(newer), { keyring: await next(2) })).rejects.toMatchObject({ code: 'keyring-rolled-back' });
    await expect(verifyRecord(recordText(newer), { keyring: 'none' })).rejects.toMatchObject({ code: 'keyring-malformed' });
  });

  it('of another root finds that another one vouches for the record', async () => {
    expect(await verifyRecord(await exported(), { keyring: await next(2, await testRoot()) })).toMatchObject({ fault: { code: 'root-differs' } });
  });

  it('is not what vouches for a record that nobody signed', async () => {
    const unsigned = recordText(await exportRecord(deliveredChain('A-3'), { exportedAt, state: 'open' }, null));
    expect(await verifyRecord(unsigned, { keyring })).toMatchObject({ verdict: 'tampered', fault: { code: 'unsigned' } });
  });
});
