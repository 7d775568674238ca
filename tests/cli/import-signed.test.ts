import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Database, openDatabase } from '../../ledger/database.ts';
import { licenseProof } from '../../ledger/licenses-papers.ts';
import { licenseStanding } from '../../ledger/licenses.ts';
import { receiveLot } from '../../ledger/stock-receipt.ts';
import { entryHash } from '../../record/chain.ts';
import { canonicalText, toJson } from '../../record/json.ts';
import type { RecordFile } from '../../record/format.ts';
import { keyStoreReader } from '../../trust/key-store.ts';
import { type TrustedBy, withTrustedSteps } from '../../workers/trusted-steps.ts';
import { verifyRecord } from '../../verifier/verify-record.mjs';
import type { Cli } from '../support/cli.ts';
import { expectFailure, orderYaml } from '../support/cli.ts';
import { Desk } from '../support/desk.ts';
import { SignedCompany } from '../support/signed-company.ts';
import { answered, done, homeOf } from './homes.ts';
import { delivered, type InFlight, inFlight, readyFor } from './in-flight.ts';

let company: SignedCompany;
let desk: Desk;
let database: Database;
let cli: Cli;
let file: InFlight;
let order: string;

beforeAll(async () => {
  company = await SignedCompany.found();
  database = openDatabase(inject('databaseUrl'));
  // Also the licenses that others draw on are to be signed.
  const trustedBy: TrustedBy = { store: keyStoreReader(company.home), unsigned: 'refused', licenseProof: (number) => licenseProof(database, number) };
  desk = await Desk.open({ worker: true, company, trusted: (activities) => withTrustedSteps(activities, trustedBy) });
  cli = await homeOf(company, desk.engine.taskQueue, ['demo.seller-desk', 'demo.compliance-second']);
  file = inFlight();
  order = file.partShipped;
  await readyFor(desk.database, file);
  await done(cli, 'import', cli.write(file.text));
  await desk.quiet(file.reviewed);
  await desk.quiet(order);
});

afterAll(async () => {
  await desk.close();
  await database.end();
  company.close();
});

describe('an import at a desk that signs', () => {
  it('is signed by somebody of the desk and confirmed by a second person, and told so', async () => {
    const { events } = await desk.record(order);
    expect(events[0]).toMatchObject({
      type: 'order-imported',
      signed: { kind: 'authenticated', by: { person: 'demo.seller-desk' }, confirmedBy: { person: 'demo.compliance-second', role: 'compliance.second' } },
    });
    expect((await done(cli, 'status', order)).stdout).toContain('[seller.desk, signed by demo.seller-desk, confirmed by demo.compliance-second]');
  });

  it('is refused where the second person has no key here', async () => {
    const alone = await homeOf(company, desk.engine.taskQueue, ['demo.seller-desk']);
    await expectFailure(alone, 3, 'key-missing', 'import', alone.write(inFlight().text));
  });

  it('lets the rest of the order leave, on the keys that had turned before', async () => {
    await desk.act(order, 'buyer', 'apply-purchase', { applicationNumber: 'CN-2026-032' });
    await desk.act(order, 'cn.mofcom', 'approve-purchase', { approvalNumber: 'CN-A-032' });
    await desk.quiet(order);
    await delivered(desk, order);
    expect((await desk.record(order)).order).toMatchObject({ outcome: 'delivered' });
    expect(await desk.shippedFor(order)).toBe(200);
  });

  it('lets other orders of the customer leave under a license that was imported with its use', async () => {
    const later = `${order}-later`;
    await receiveLot(desk.database, { id: `lot-${later}`, product: 'H200', units: 300 }, Date.now());
    await done(cli, 'submit', cli.write(orderYaml(later, { customer: file.customer, endUse: 'model-training', units: '300' })));
    expect(await desk.quiet(later)).toMatchObject({ stage: 'china-review' });
    await desk.act(later, 'buyer', 'apply-purchase', { applicationNumber: 'CN-2026-033' });
    await desk.act(later, 'cn.mofcom', 'approve-purchase', { approvalNumber: 'CN-A-033' });
    await desk.quiet(later);
    await delivered(desk, later);
    expect(await licenseStanding(desk.database, file.partUsed, '2026-06-01')).toMatchObject({ used: { units: 1500 }, free: { units: 500 } });
  });

  it('is proven by both verifiers, with whose word each entry is', async () => {
    await answered(cli, 'record', 'export', order, '--out', 'imported.json');
    expect(await answered(cli, 'record', 'verify', 'imported.json')).toMatchObject({ verdict: 'proven', acts: 'signed' });
    expect(verifyRecord(() => readFileSync(join(cli.home, 'imported.json')))).toMatchObject({ verdict: 'proven', order });
    const { stdout } = await done(cli, 'record', 'verify', 'imported.json');
    expect(stdout).toContain('us.commerce (imported)');
    expect(stdout).toContain('as whoever imported the order recorded on');
  });

  it('is found out where its past was written anew, also where the chain was, too', async () => {
    const file = JSON.parse(readFileSync(join(cli.home, 'imported.json'), 'utf8')) as RecordFile;
    const changed = JSON.parse(JSON.stringify(file).replaceAll('"units":100', '"units":99')) as RecordFile;
    let previous = changed.entries[0]?.previous ?? '';
    const entries = changed.entries.map((entry) => {
      const { hash: _hash, ...bare } = { ...entry, previous };
      previous = entryHash(order, bare);
      return { ...bare, hash: previous };
    });
    const forged = canonicalText(toJson({ ...changed, entries, head: { ...changed.head, hash: previous } }));
    expect(await cli.run('record', 'verify', cli.write(forged))).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('tampered') });
  });
});
