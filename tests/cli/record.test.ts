import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { writeRun } from '../../engine/home.ts';
import { openDatabase, query } from '../../ledger/database.ts';
import { lastCheckpoint, sealedRecord, sealRecord, unsealedOf } from '../../ledger/sealed-records.ts';
import { createKey } from '../../trust/key-keeper.ts';
import { readKeyStore } from '../../trust/key-store.ts';
import { orderWorkflowId } from '../../workflows/messages.ts';
import { Cli, closedPort, expectFailure, expectSentence, expectUntouched, onlyDocumentOf } from '../support/cli.ts';
import { Desk } from '../support/desk.ts';
import { startWorkerProcess, type WorkerProcess } from '../support/worker-process.ts';
import { startTestLedger } from '../support/test-ledger.ts';

const verifier = fileURLToPath(new URL('../../verifier/verify-record.mjs', import.meta.url));
const passphrase = 'correct horse battery staple';

let desk: Desk;
let worker: WorkerProcess;
let unsigned: Cli;
let signing: Cli;
let root: string;
let open: string;
let closed: string;

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end; await wait(100)) if (await isSo()) return;
  throw new Error(`never: ${what}`);
}

/** The command line with a key of the desk. The engine is not there where `address` says so. */
async function withKey(address: string, environment: NodeJS.ProcessEnv = {}): Promise<Cli> {
  const cli: Cli = new Cli({ ...environment, TWOKEY_PASSPHRASE_FILE: join(inject('folder'), 'passphrase-of-records') });
  writeFileSync(join(inject('folder'), 'passphrase-of-records'), `${passphrase}\n`, { mode: 0o600 });
  writeRun(cli.home, { pid: process.pid, taskQueue: desk.engine.taskQueue, address, namespace: 'default', ui: inject('ui'), database: inject('databaseUrl') });
  copyFileSync(inject('bundlePath'), join(cli.home, basename(inject('bundlePath'))));
  await createKey(cli.home, { role: 'seller.desk', holder: 'p.desk' }, { root: passphrase, key: passphrase });
  return cli;
}

const historyLength = async (order: string): Promise<number> => (await desk.client.workflow.getHandle(orderWorkflowId(order)).describe()).historyLength;

beforeAll(async () => {
  desk = await Desk.open({ worker: false });
  const where = { address: inject('address'), databaseUrl: inject('databaseUrl'), taskQueue: desk.engine.taskQueue, folder: inject('folder') };
  worker = await startWorkerProcess({ ...where, repairEveryMs: 500 });
  unsigned = Cli.beside(desk.engine.taskQueue);
  signing = await withKey(`127.0.0.1:${await closedPort()}`);
  ({ rootId: root } = await readKeyStore(signing.home));
  open = await desk.referred();
  closed = await desk.referred();
  await desk.act(closed, 'seller.desk', 'cancel', { reason: 'the customer withdrew' });
  await desk.quiet(closed);
});
afterAll(async () => {
  await worker.kill();
  await desk.close();
});

describe('the record of an order that has closed', () => {
  it('is sealed in the ledger unasked, and its history does not grow by it', async () => {
    const before = await historyLength(closed);
    await until('the record is sealed', async () => (await sealedRecord(desk.database, closed)) !== undefined);
    expect(await historyLength(closed)).toBe(before);
    expect(await unsealedOf(desk.database, [open, closed])).toEqual([open]);
  });

  it('is sealed once, however many workers look for it', async () => {
    const again = await startWorkerProcess({
      address: inject('address'),
      databaseUrl: inject('databaseUrl'),
      taskQueue: desk.engine.taskQueue,
      folder: inject('folder'),
      repairEveryMs: 500,
    });
    const before = await sealedRecord(desk.database, closed);
    await wait(3_000);
    expect(await sealedRecord(desk.database, closed)).toBe(before);
    await again.kill();
  });

  it('is exported signed with no engine there, proven, and covered by a checkpoint that continues the last one', async () => {
    const first = (await signing.json('record', 'checkpoint')) as { number: number; size: number };
    const second = await signing.json('record', 'checkpoint');
    expect(second).toMatchObject({ number: first.number + 1, size: first.size, previous: { number: first.number, size: first.size } });
    expect(await signing.json('record', 'export', closed, '--out', 'closed.json')).toMatchObject({ order: closed, state: 'closed', inclusion: true });
    const told = await signing.text('record', 'verify', 'closed.json', '--root', root);
    expect(told).toContain(`PROVEN: its end is signed by p.desk as seller.desk`);
    expect(told).toContain('NO ACT IN IT IS SIGNED');
    expect(told).toContain(`root key ${root}`);
    expect(told).toMatch(/Sealed as record \d+ of \d+ by the checkpoint/);
    expect(told).toMatch(/application-registered {2}applicationNumber Z100001 +us\.commerce, not signed by anybody/);
    expect(await signing.json('record', 'verify', 'closed.json', '--root', root)).toMatchObject({
      verdict: 'proven',
      order: closed,
      head: { state: 'closed' },
    });
    const alone = execFileSync('node', [verifier, join(signing.home, 'closed.json'), '--root', root], { encoding: 'utf8' });
    expect(JSON.parse(alone)).toMatchObject({ verdict: 'proven', order: closed });
  });

  it('is told with the index where it was changed, with exit code 1', async () => {
    const text = readFileSync(join(signing.home, 'closed.json'), 'utf8');
    const file = signing.write(text.replace('Z100001', 'Z100002'), 'changed.json');
    const index = (JSON.parse(text) as { entries: { event: { type: string } }[] }).entries.findIndex(({ event }) => event.type === 'application-registered');
    const ran = await signing.run('record', 'verify', file);
    expect(ran.exitCode).toBe(1);
    expectSentence(ran.stderr);
    expect(ran.stdout).toContain(`at entry ${index}`);
    const json = await signing.run('record', 'verify', file, '--json');
    expect(json.exitCode).toBe(1);
    expect(onlyDocumentOf(json)).toMatchObject({ verdict: 'tampered', error: { code: 'hash-differs', index, expected: expect.any(String) as string } });
    expect(await signing.run('record', 'verify', 'closed.json', '--root', 'A'.repeat(43))).toMatchObject({ exitCode: 1 });
  });
});

describe('a checkpoint', () => {
  it('is refused, and not kept, where the ledger was changed by hand since the last one', async () => {
    const ledger = await startTestLedger(join(inject('folder'), 'ledger-of-checkpoints.log'));
    const database = openDatabase(ledger.url);
    const cli = await withKey(`127.0.0.1:${await closedPort()}`, { DATABASE_URL: ledger.url });
    expect(await expectFailure(cli, 3, 'nothing-sealed', 'record', 'checkpoint')).toContain('no record is sealed yet');
    for (const order of ['C-1', 'C-2', 'C-3']) await sealRecord(database, { order, count: 1, hash: '1'.repeat(64), record: '{}' }, Date.now());
    expect(await cli.json('record', 'checkpoint')).toMatchObject({ number: 0, size: 3, previous: null, consistency: [] });
    await sealRecord(database, { order: 'C-4', count: 1, hash: '4'.repeat(64), record: '{}' }, Date.now());
    expect(await cli.json('record', 'checkpoint')).toMatchObject({
      number: 1,
      size: 4,
      consistency: [expect.any(String), expect.any(String), expect.any(String)],
    });
    await query(database, 'alter table sealed_records disable trigger all');
    await query(database, `update sealed_records set hash = repeat('2', 64) where order_id = 'C-2'`);
    expect(await expectFailure(cli, 3, 'not-consistent', 'record', 'checkpoint')).toContain('some were changed or moved');
    await query(database, `delete from sealed_records where order_id = 'C-2'`);
    expect(await expectFailure(cli, 3, 'not-consistent', 'record', 'checkpoint')).toContain('some are gone');
    expect(await expectFailure(cli, 1, 'seal-broken', 'record', 'export', 'C-1', '--unsigned')).toContain('the form of a record');
    expect(await lastCheckpoint(database)).toMatchObject({ number: 1, size: 4 });
    await database.end();
    await ledger.stop();
  });
});

describe('the record of an order that is open', () => {
  it('is exported as of now, unsigned where nobody has a key, and says so', async () => {
    await expectUntouched(desk.client, open, async () => {
      const text = await unsigned.text('record', 'export', open, '--unsigned');
      const told = await unsigned.text('record', 'verify', unsigned.write(text, 'open.json'));
      expect(told).toContain('UNSIGNED');
      expect(told).toContain(`${open}, open, `);
      const one = await unsigned.run('record', 'export', open, '--unsigned', '--json');
      expect(onlyDocumentOf(one)).toMatchObject({ order: open, head: { state: 'open' }, signature: null, inclusion: null });
      expect(await unsigned.json('record', 'verify', 'open.json')).toMatchObject({ verdict: 'unsigned', vouchedBy: null, acts: 'unsigned', decisions: null });
    });
  });

  it('is refused by those who ask for a root', async () => {
    expect(await unsigned.run('record', 'verify', 'open.json', '--root', root)).toMatchObject({ exitCode: 1 });
  });
});

describe('what cannot be done is told in a sentence', () => {
  it.each([
    ['a key that there is none of', 3, 'keyring-missing', ['export', 'X-1']],
    ['a checkpoint without a key', 3, 'keyring-missing', ['checkpoint']],
    ['an order that there is none of', 3, 'order-unknown', ['export', 'never', '--unsigned']],
    ['a file that is not there', 2, 'file-unreadable', ['verify', 'nowhere.json']],
    ['a folder', 2, 'file-unreadable', ['verify', '.']],
    ['a root that is no fingerprint', 2, 'root-invalid', ['verify', 'open.json', '--root', 'sha256:abc']],
    ['a keyring that is not there', 2, 'file-unreadable', ['verify', 'open.json', '--keyring', 'nowhere.jws']],
    ['a checkpoint that is not there', 2, 'file-unreadable', ['verify', 'open.json', '--checkpoint', 'nowhere.jws']],
    ['a proof that nobody vouches for', 2, 'usage', ['export', 'OPEN', '--unsigned', '--checkpoint', 'open.json']],
    ['a place that cannot be written', 2, 'file-unwritable', ['export', 'OPEN', '--unsigned', '--out', 'no/such/folder.json']],
  ])('%s', async (_what, exitCode, code, args) => {
    await expectFailure(unsigned, exitCode, code, 'record', ...args.map((arg) => (arg === 'OPEN' ? open : arg)));
  });

  it.each([
    ['an empty file', '', 'empty'],
    ['bytes that are no text', Uint8Array.of(255, 254), 'not-utf8'],
    ['a story', 'once upon a time', 'not-json'],
    ['a file of 140 MB', new Uint8Array(140_000_000), 'too-large'],
  ])('%s is no record, with exit code 2', async (_what, content, code) => {
    const ran = await unsigned.run('record', 'verify', unsigned.write(content, 'odd.json'), '--json');
    expect(ran.exitCode).toBe(2);
    expectSentence(ran.stderr);
    expect(onlyDocumentOf(ran)).toMatchObject({ verdict: 'not-a-record', error: { code } });
  });
});
