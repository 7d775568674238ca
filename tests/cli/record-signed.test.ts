import { readFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { writeRun } from '../../engine/home.ts';
import { type Database, openDatabase } from '../../ledger/database.ts';
import { withRevocation } from '../../trust/keyring-changes.ts';
import { signKeyring } from '../../trust/keyring.ts';
import { sealingOf } from '../../workers/sealing.ts';
import type { Cli } from '../support/cli.ts';
import { expectFailure, expectSentence, onlyDocumentOf } from '../support/cli.ts';
import { Desk } from '../support/desk.ts';
import { SignedCompany } from '../support/signed-company.ts';
import { startTestLedger } from '../support/test-ledger.ts';
import { homeOf } from './homes.ts';

const verifier = fileURLToPath(new URL('../../verifier/verify-record.mjs', import.meta.url));
const evidence = { document: 'ab'.repeat(32), issuerNumber: 'BIS-17', decidedAt: Date.parse('2026-01-20T00:00:00Z') };

let company: SignedCompany;
let desk: Desk;
let ledger: Awaited<ReturnType<typeof startTestLedger>>;
let database: Database;
let cli: Cli;
let order: string;
let kept: string;

/** An order whose registration the desk recorded, and that ended; its record is sealed in a ledger of its own. */
async function endedOrder(): Promise<string> {
  const id = await desk.submit();
  const registration = { act: 'register', role: 'us.commerce', fields: { applicationNumber: 'Z100001' }, nonce: `registration-${id}`, evidence } as const;
  await desk.send(id, { name: 'register', id: registration.nonce, message: await desk.sign(id, registration) });
  await desk.act(id, 'us.commerce', 'refer');
  await desk.act(id, 'us.state', 'recommend', { position: 'no-objection' });
  await desk.act(id, 'seller.desk', 'cancel', { reason: 'the customer withdrew' });
  await desk.quiet(id);
  const { client, engine } = desk;
  await sealingOf({ client, bundlePath: inject('bundlePath'), taskQueue: engine.taskQueue, database, logger: pino({ level: 'silent' }) })(
    new AbortController().signal,
  );
  return id;
}

async function checkpoint(name: string): Promise<string> {
  const { statement } = (await cli.json('record', 'checkpoint')) as { statement: string };
  return cli.write(`${statement}\n`, name);
}

beforeAll(async () => {
  company = await SignedCompany.found();
  desk = await Desk.open({ worker: true, company });
  ledger = await startTestLedger(join(inject('folder'), 'ledger-of-signed-records.log'));
  database = openDatabase(ledger.url);
  cli = await homeOf(company, desk.engine.taskQueue, ['demo.seller-desk']);
  const where = { address: inject('address'), namespace: 'default', ui: inject('ui'), database: ledger.url };
  writeRun(cli.home, { pid: process.pid, taskQueue: desk.engine.taskQueue, ...where });
  order = await endedOrder();
  kept = await checkpoint('kept.jws');
  await cli.json('record', 'export', order, '--out', 'record.json');
});
afterAll(async () => {
  await database.end();
  await ledger.stop();
  await desk.close();
  company.close();
});

const root = (): string => company.keyring.root.keyId;

describe('the record of an order of signed acts', () => {
  it('tells who decided what and when, and never one kind as the other', async () => {
    const told = await cli.text('record', 'verify', 'record.json', '--root', root());
    expect(told).toMatch(/^ {2}\d{4}-\d\d-\d\d \d\d:\d\d {2}refer +us\.commerce, authenticated by demo\.us-commerce$/m);
    const recorded = `recorded by desk demo.seller-desk for us.commerce on BIS-17 decided 2026-01-20 (sha256 ${evidence.document}), confirmed by demo.compliance-second`;
    expect(told).toMatch(/^ {2}\S+ \S+ {2}register {2}applicationNumber Z100001 +recorded by desk/m);
    expect(told).toContain(recorded);
    expect(told).toMatch(/^ +\d+ .* us\.commerce \(recorded by the desk\) +application-registered/m);
    expect(told).toMatch(/^ +\d+ .* us\.commerce \(authenticated\) +application-referred$/m);
    expect(told).toContain('Its 5 acts are signed: 4 authenticated by who did them, 1 recorded by the desk on evidence.');
    expect(told).not.toContain('not signed');
  });

  it('is the same to a script, and to the stand-alone verifier', async () => {
    const document = (await cli.json('record', 'verify', 'record.json', '--root', root())) as { entries: { kind: string | null }[] };
    expect(document).toMatchObject({ verdict: 'proven', acts: 'signed', vouchedBy: { keyring: { isGiven: false } } });
    expect(document).toHaveProperty(
      'decisions',
      expect.arrayContaining([
        expect.objectContaining({ act: 'register', role: 'us.commerce', kind: 'recorded', evidence: { ...evidence, decidedAt: '2026-01-20T00:00:00.000Z' } }),
        expect.objectContaining({ act: 'recommend', role: 'us.state', kind: 'authenticated', evidence: null, revokedSince: null }),
      ]),
    );
    expect(document.entries.filter(({ kind }) => kind !== null).map(({ kind }) => kind)).toEqual([
      ...['authenticated', 'recorded', 'authenticated', 'authenticated', 'authenticated'],
    ]);
    const alone = execFileSync('node', [verifier, join(cli.home, 'record.json'), '--root', root()], { encoding: 'utf8' });
    expect(JSON.parse(alone)).toMatchObject({ verdict: 'proven', order, acts: { length: 5 } });
  });

  it('is exported while the order is open, and says that its acts are not judged where nobody vouches for it', async () => {
    const open = await desk.submit();
    await cli.json('record', 'export', open, '--unsigned', '--out', 'open.json');
    expect(await cli.text('record', 'verify', 'open.json')).toContain('ITS ACTS ARE SIGNED, WHICH IS NOT JUDGED');
    expect(await cli.json('record', 'verify', 'open.json')).toMatchObject({ verdict: 'unsigned', acts: 'not-judged', decisions: null });
  });
});

describe('a newer keyring', () => {
  const revoked = async (at: number): Promise<string> => {
    const { keyring, root: key, people } = company.keyring;
    const person = people.find(({ holder }) => holder === 'demo.us-state');
    const newer = withRevocation(keyring, person?.key.keyId ?? '', { at, reason: 'laptop lost' }, Date.now());
    return cli.write(`${await signKeyring(newer, key.privateKey, key.keyId)}\n`, `keyring-${at}.jws`);
  };

  it('tells which acts were signed by a key that was revoked since as of before them, with exit code 1', async () => {
    const ran = await cli.run('record', 'verify', 'record.json', '--root', root(), '--keyring', await revoked(Date.parse('2025-06-01')));
    expect(ran).toMatchObject({ exitCode: 1, stderr: '' });
    expect(ran.stdout).toContain('PROVEN, BUT NOT ALL KEYS COUNT ANY MORE');
    expect(ran.stdout).toContain('us.state, authenticated by demo.us-state, BY A KEY THAT WAS REVOKED SINCE');
    expect(ran.stdout).toMatch(/^ {2}entry \d+, recommend by us\.state: .*laptop lost$/m);
    const json = await cli.run('record', 'verify', 'record.json', '--keyring', await revoked(Date.parse('2025-06-01')), '--json');
    expect(onlyDocumentOf(json)).toMatchObject({ verdict: 'revoked-since', vouchedBy: { keyring: { sequence: 2, isGiven: true } } });
  });

  it('changes nothing where the key was revoked as of after its acts', async () => {
    expect(await cli.json('record', 'verify', 'record.json', '--keyring', await revoked(Date.now()))).toMatchObject({ verdict: 'proven' });
  });

  it('of another root finds the record to be another one, and what is no keyring is told', async () => {
    const stranger = await SignedCompany.found();
    const other = cli.write(`${stranger.keyring.jws}\n`, 'other.jws');
    stranger.close();
    const ran = await cli.run('record', 'verify', 'record.json', '--keyring', other, '--json');
    expect(ran.exitCode).toBe(1);
    expectSentence(ran.stderr);
    expect(onlyDocumentOf(ran)).toMatchObject({ verdict: 'tampered', error: { code: 'root-differs' } });
    expect(await expectFailure(cli, 2, 'keyring-malformed', 'record', 'verify', 'record.json', '--keyring', cli.write('a keyring', 'odd.jws'))).toContain(
      '--keyring',
    );
  });
});

describe('a checkpoint that somebody kept', () => {
  it('shows that the record stood under it', async () => {
    expect(await cli.json('record', 'verify', 'record.json', '--checkpoint', kept)).toMatchObject({ verdict: 'proven', kept: { size: 1, isCovered: true } });
    expect(await cli.text('record', 'verify', 'record.json', '--checkpoint', kept)).toContain('It stood among the 1 records of the checkpoint');
  });

  it('is reached by a proof from a later one, and shows that its records are still there', async () => {
    const later = await endedOrder();
    await checkpoint('later.jws');
    for (const [id, isCovered] of [
      [order, true],
      [later, false],
    ] as const) {
      await cli.json('record', 'export', id, '--out', 'without.json');
      expect(await expectFailure(cli, 3, 'proof-missing', 'record', 'verify', 'without.json', '--checkpoint', kept)).toContain('--checkpoint FILE');
      await cli.json('record', 'export', id, '--checkpoint', kept, '--out', 'with.json');
      expect(await cli.json('record', 'verify', 'with.json', '--checkpoint', kept)).toMatchObject({ verdict: 'proven', kept: { size: 1, isCovered } });
    }
    expect(await cli.text('record', 'verify', 'with.json', '--checkpoint', kept)).toContain('It was sealed after the checkpoint');
  });

  it('is no checkpoint where it is something else, and there is no proof for an order that is open', async () => {
    const { signature } = JSON.parse(readFileSync(join(cli.home, 'record.json'), 'utf8')) as { signature: string };
    const head = cli.write(signature, 'head.jws');
    await expectFailure(cli, 2, 'checkpoint-invalid', 'record', 'verify', 'record.json', '--checkpoint', head);
    await expectFailure(cli, 2, 'checkpoint-invalid', 'record', 'export', order, '--checkpoint', head);
    await expectFailure(cli, 3, 'proof-missing', 'record', 'export', await desk.submit(), '--checkpoint', kept);
  });
});
