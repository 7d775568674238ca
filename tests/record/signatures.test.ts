import { createHmac, sign } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { inclusionOf, signCheckpoint, treeHead } from '../../record/checkpoint.ts';
import { exportRecord, recordText } from '../../record/export.ts';
import type { Inclusion, RecordFile } from '../../record/format.ts';
import { sealOf } from '../../record/leaf.ts';
import { verifyRecord } from '../../record/verify.ts';
import type { KeyringEntry } from '../../trust/keyring.ts';
import { faultByTwokey, faultOf } from './both.ts';
import { entryOf, longAgo, signerOf, type TestKey, type TestRoot, testDesk, testKey, testRoot } from './keys.ts';
import { deliveredChain, exportedAt } from './records.ts';

let root: TestRoot;
let key: TestKey;
let signed: RecordFile;
beforeAll(async () => {
  const desk = await testDesk();
  [root, key] = [desk.root, desk.key];
  signed = await exportRecord(deliveredChain(), { exportedAt, state: 'closed' }, desk.vouching);
});
const chain = deliveredChain();
const base64url = (text: string): string => Buffer.from(text).toString('base64url');
const parts = (): [string, string, string] => (signed.signature ?? '').split('.') as [string, string, string];
/** The record with its head signed under another header, by the desk's own key or otherwise. */
function headed(header: unknown, signature?: (input: string) => Uint8Array): string {
  const input = `${base64url(typeof header === 'string' ? header : JSON.stringify(header))}.${parts()[1]}`;
  const bytes = signature ? signature(input) : sign(null, Buffer.from(input), key.privateKey);
  return recordText({ ...signed, signature: `${input}.${Buffer.from(bytes).toString('base64url')}` });
}
/** The record as signed by a key of which the keyring says this. */
async function by(changes: Partial<KeyringEntry>): Promise<string> {
  return recordText({ ...signed, keyring: await root.keyring(entryOf(key, changes)) });
}

describe('a signature is refused', () => {
  const typ = 'twokey-record-head';
  it.each([
    ['of no algorithm', () => headed({ alg: 'none', kid: key.id, typ }, () => new Uint8Array(64)), 'algorithm-refused'],
    [
      'by a secret that is the public key',
      () =>
        headed({ alg: 'HS256', kid: key.id, typ }, (input) => Buffer.concat([createHmac('sha256', key.publicKey).update(input).digest(), new Uint8Array(32)])),
      'algorithm-refused',
    ],
    ['of an algorithm in other letters', () => headed({ alg: 'eddsa', kid: key.id, typ }), 'algorithm-refused'],
    ['of an algorithm that is a list', () => headed({ alg: ['EdDSA'], kid: key.id, typ }), 'algorithm-refused'],
    ['for something else', () => headed({ alg: 'EdDSA', kid: key.id, typ: 'twokey-checkpoint' }), 'signature-malformed'],
    [
      'with a key in its header',
      () => headed({ alg: 'EdDSA', kid: key.id, typ, jwk: { kty: 'OKP', crv: 'Ed25519', x: key.publicKey } }),
      'signature-malformed',
    ],
    ['with a field doubled', () => headed(`{"alg":"none","alg":"EdDSA","kid":"${key.id}","typ":"${typ}"}`), 'signature-malformed'],
    ['with a header that is no object', () => headed([]), 'signature-malformed'],
    ['with a header that is no JSON', () => headed('{'), 'signature-malformed'],
    ['without a key id', () => headed({ alg: 'EdDSA', typ }), 'signature-malformed'],
    ['by a key that the keyring does not know', () => headed({ alg: 'EdDSA', kid: 'A'.repeat(43), typ }), 'key-unknown'],
    ['of other bytes', () => headed({ alg: 'EdDSA', kid: key.id, typ }, () => new Uint8Array(64).fill(7)), 'signature-invalid'],
    ['of 63 bytes', () => headed({ alg: 'EdDSA', kid: key.id, typ }, () => new Uint8Array(63)), 'signature-malformed'],
    ['in two parts', () => recordText({ ...signed, signature: parts().slice(0, 2).join('.') }), 'signature-malformed'],
    ['in four parts', () => recordText({ ...signed, signature: [...parts(), 'AA'].join('.') }), 'signature-malformed'],
    ['with padding', () => recordText({ ...signed, signature: `${signed.signature}==` }), 'signature-malformed'],
    [
      'with spare bits',
      () => recordText({ ...signed, signature: `${(signed.signature ?? '').slice(0, -1)}${'BRhx'.includes((signed.signature ?? '').slice(-1)) ? 'C' : 'B'}` }),
      'signature-malformed',
    ],
  ])('%s', async (_what, make, code) => {
    expect(await faultOf(make(), root.id)).toMatchObject({ verdict: 'tampered', code, index: null });
  });

  it.each([
    ['before its key counts', { from: exportedAt + 1 }, 'key-not-yet'],
    ['after its key has ended', { until: exportedAt }, 'key-expired'],
    ['after its key was revoked', { revoked: { at: exportedAt, reason: 'stolen' } }, 'key-revoked'],
    ['by a key of another role', { role: 'us.commerce' }, 'key-not-entitled'],
  ] as const)('%s', async (_what, changes, code) => {
    expect(await faultOf(await by(changes), root.id)).toMatchObject({ verdict: 'tampered', code, index: null });
  });

  it('of a key of the policy desk, and taken of one of the auditor', async () => {
    expect(await faultOf(await by({ role: 'policy.admin' }), root.id)).toMatchObject({ code: 'key-not-entitled' });
    expect(await verifyRecord(await by({ role: 'auditor', holder: 'p.auditor' }), { root: root.id })).toMatchObject({
      verdict: 'proven',
      voucher: { role: 'auditor' },
    });
  });

  it('at the last moment before its key ends it still counts', async () => {
    for (const changes of [{ from: exportedAt }, { until: exportedAt + 1 }, { revoked: { at: exportedAt + 1, reason: 'lost' } }])
      expect(await verifyRecord(await by(changes), { root: root.id })).toMatchObject({ verdict: 'proven' });
  });

  it('under a keyring of another root, or under another root than the one asked for', async () => {
    const other = await testRoot();
    const theirs = { ...signed, keyring: await other.keyring(entryOf(key)) };
    expect(await faultOf(recordText(theirs), root.id)).toMatchObject({ code: 'keyring-invalid' });
    const whole = recordText({ ...theirs, root: { crv: 'Ed25519', kty: 'OKP', x: other.publicKey } });
    expect(await faultOf(whole, root.id)).toMatchObject({ code: 'root-differs', expected: root.id, found: other.id });
    expect(await verifyRecord(whole)).toMatchObject({ verdict: 'proven', voucher: { root: other.id, isRootNamed: false } });
  });

  it('that was taken away, where a root is asked for', async () => {
    const stripped = recordText({ ...signed, signature: null, keyring: null, root: null });
    expect(await faultOf(stripped, root.id)).toMatchObject({ code: 'unsigned' });
    expect(await verifyRecord(stripped)).toMatchObject({ verdict: 'unsigned' });
  });
});

describe('a proof that the record is sealed', () => {
  const seals = ['A-0', 'A-1', 'A-2', 'A-3', 'A-4'].map((order) => sealOf(deliveredChain(order)));
  const head = treeHead(seals, exportedAt - 1_000);
  const proof = async (changes: Partial<Inclusion> = {}, at = head.at): Promise<string> => {
    const inclusion = inclusionOf('A-1', seals, head, await signCheckpoint({ ...head, at }, signerOf(key)));
    if (!inclusion) throw new Error('A-1 is sealed');
    const vouching = { signer: signerOf(key), keyring: signed.keyring ?? '', root: root.jwk };
    return recordText(await exportRecord(chain, { exportedAt, state: 'closed' }, vouching, { ...inclusion, ...changes }));
  };

  it('leads to the checkpoint', async () => {
    expect(await verifyRecord(await proof(), { root: root.id })).toMatchObject({
      verdict: 'proven',
      inclusion: { position: 1, size: 5, at: head.at },
    });
  });

  it('is refused at another place, with another path, or from before its key counted', async () => {
    expect(await faultByTwokey(await proof({ position: 2 }), root.id)).toMatchObject({ code: 'inclusion-invalid' });
    expect(await faultByTwokey(await proof({ position: 99 }), root.id)).toMatchObject({ code: 'inclusion-invalid' });
    expect(await faultByTwokey(await proof({ path: [] }), root.id)).toMatchObject({ code: 'inclusion-invalid' });
    expect(await faultByTwokey(await proof({ path: ['0'.repeat(64), '1'.repeat(64), '2'.repeat(64)] }), root.id)).toMatchObject({ code: 'inclusion-invalid' });
    expect(await faultByTwokey(await proof({ checkpoint: signed.signature ?? '' }), root.id)).toMatchObject({ code: 'signature-malformed' });
    expect(await faultByTwokey(await proof({}, longAgo - 1), root.id)).toMatchObject({ code: 'key-not-yet' });
  });

  it('by a key that is not in the keyring counts for nothing', async () => {
    const stranger = signerOf(await testKey());
    expect(await faultByTwokey(await proof({ checkpoint: await signCheckpoint(head, stranger) }), root.id)).toMatchObject({ code: 'key-unknown' });
  });
});
