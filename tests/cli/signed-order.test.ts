import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { receiveLot } from '../../ledger/stock-receipt.ts';
import { type Cli, newId, orderYaml } from '../support/cli.ts';
import { Desk } from '../support/desk.ts';
import { SignedCompany } from '../support/signed-company.ts';
import { answered, done, homeOf, nextMonth, passphraseFile } from './homes.ts';

let company: SignedCompany;
let desk: Desk;
/** The home of the desk and of those who sign there, and that of the second person, who has no other key. */
let here: Cli;
let there: Cli;
beforeAll(async () => {
  company = await SignedCompany.found();
  desk = await Desk.open({ worker: true, company });
  const [all, second] = [company.keyring.people.map(({ holder }) => holder), 'demo.compliance-second'];
  here = await homeOf(
    company,
    desk.engine.taskQueue,
    all.filter((holder) => holder !== second),
  );
  there = await homeOf(company, desk.engine.taskQueue, [second]);
});
afterAll(async () => {
  await desk.close();
  company.close();
});

const letter = 'Letter of the Bureau, 20 January 2026: registered as Z100001.\n';
const digest = createHash('sha256').update(letter).digest('hex');

/** What `examples/sign-act.mjs` writes for somebody of the desk's home. */
async function signedByNodeAlone(status: string, holder: string, ...args: readonly string[]): Promise<string> {
  const { keyId } = company.keyring.people.find((one) => one.holder === holder)?.key ?? { keyId: '' };
  const example = fileURLToPath(new URL('../../examples/sign-act.mjs', import.meta.url));
  const key = join(here.home, 'keys', `${keyId}.pem`);
  const { stdout } = await promisify(execFile)(process.execPath, [example, status, key, passphraseFile(), holder, ...args]);
  return stdout;
}

describe('an order is signed from the command line, by people of two homes', () => {
  it('is submitted by the desk, recorded, delegated, confirmed and delivered, and tells each kind of signature apart', async () => {
    const order = newId('S');
    await receiveLot(desk.database, { id: `lot-${order}`, product: 'H200', units: 500 }, Date.now());
    const submitted = await done(here, 'submit', here.write(orderYaml(order, { fileApplication: 'when-allocated' })));
    expect(submitted.stdout).toMatch(new RegExp(`^${order} submitted, signed by demo\\.seller-desk {2}http`));
    await desk.quiet(order);

    // The desk records what Commerce decided elsewhere; somebody in another home confirms it.
    const kept = join(here.home, 'registration.json');
    const evidence = ['--evidence', here.write(letter, 'letter.txt'), '--issuer-number', 'BIS-17', '--decided-at', '2026-01-20'];
    const writing = await done(here, 'act', order, 'register', '--as', 'us.commerce', '--application-number', 'Z100001', ...evidence, '--write', kept);
    expect(writing.stdout).toContain(`somebody else signs as compliance.second by twokey confirm ${kept}`);
    expect(writing.stderr).toMatch(/^register as us\.commerce, recorded by seller\.desk\n {2}order +S-\w+, 500 x H200 for research-lab-1, USD 15,000,000\.00/);
    for (const shown of ['applicationNumber Z100001', 'filingReference ', `BIS-17, decided 2026-01-20 00:00 UTC, document sha256 ${digest}`])
      expect(writing.stderr).toContain(shown);
    const confirming = await done(there, 'confirm', kept);
    expect(confirming.stderr).toMatch(/signed by +demo\.seller-desk as seller\.desk, key [\w-]{43}\n/);
    expect(confirming.stderr).toContain(`document sha256 ${digest}`);
    const recorded = 'seller.desk demo.seller-desk for us.commerce on BIS-17 of 2026-01-20, confirmed by demo.compliance-second';
    expect(confirming.stdout).toBe(`application registered as Z100001  [${recorded}]\n${order} is in us-review, waiting on us.commerce\n`);

    expect((await done(here, 'act', order, 'refer', '--as', 'us.commerce')).stdout).toContain('[us.commerce, signed by demo.us-commerce]');
    const delegation = join(here.home, 'energy.jws');
    await done(here, 'delegate', 'us.energy', '--to', 'demo.cn-miit', '--until', nextMonth, '--order', order, '--out', delegation);
    const agrees = ['--position', 'no-objection'];
    await Promise.all([
      done(here, 'act', order, 'recommend', '--as', 'us.state', ...agrees),
      done(here, 'act', order, 'recommend', '--as', 'us.defense', ...agrees),
    ]);
    const deputy = await done(here, 'act', order, 'recommend', '--as', 'us.energy', ...agrees, '--delegation', delegation, '--holder', 'demo.cn-miit');
    expect(deputy.stdout).toContain('us.energy: no-objection  [us.energy, signed by demo.cn-miit in place of demo.us-energy]\n');

    await done(here, 'act', order, 'propose-conditions', '--as', 'us.commerce', '--conditions', 'no transfer');
    await done(here, 'act', order, 'accept-conditions', '--as', 'seller.desk');
    const granted = ['--license-number', `D-${order}`, '--conditions', 'no transfer'];
    const license = await answered(here, 'act', order, 'issue-license', '--as', 'us.commerce', ...granted);
    expect(license).toMatchObject({
      act: 'issue-license',
      events: [{ type: 'license-issued', by: 'us.commerce', signed: { kind: 'authenticated', by: { person: 'demo.us-commerce' } } }],
    });
    await desk.quiet(order);
    // The buyer signs by a program of its own.
    const status = here.write((await done(there, 'status', order, '--json')).stdout, 'status.json');
    const application = here.write(await signedByNodeAlone(status, 'demo.buyer', 'buyer', 'apply-purchase', 'applicationNumber=CN-1'), 'application.json');
    expect((await done(there, 'send', application)).stdout).toContain('buyer applied in China as CN-1  [buyer, signed by demo.buyer]');
    // Kept and sent later, which takes no key.
    const approval = join(here.home, 'approval.json');
    await done(here, 'act', order, 'approve-purchase', '--as', 'cn.mofcom', '--approval-number', 'CN-A-1', '--write', approval);
    expect((await done(there, 'send', approval)).stdout).toContain('[cn.mofcom, signed by demo.cn-mofcom]');
    expect((await done(there, 'send', approval)).stdout).toContain('approve-purchase had been taken before');
    await desk.delivered(order);

    const told = (await done(there, 'status', order)).stdout;
    expect(told).toContain('closed (delivered)');
    expect(told).toMatch(/^US key +licensed {2}\[us\.commerce, signed by demo\.us-commerce\]$/m);
    expect(told).toMatch(/order submitted {2}\[seller\.desk, signed by demo\.seller-desk\]$/m);
    expect(told).toContain(`application registered as Z100001  [${recorded}]`);
    expect(await answered(there, 'status', order)).toMatchObject({
      outcome: 'delivered',
      actors: expect.objectContaining({ 'demo.cn-miit': 'energy', 'demo.us-energy': 'energy', 'demo.compliance-second': 'second' }),
    });
  });
});
