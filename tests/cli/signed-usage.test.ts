import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { addAct } from '../../cli/act.ts';
import { addConfirm } from '../../cli/confirm.ts';
import { addDelegate } from '../../cli/delegate.ts';
import { readEnvelope } from '../../cli/envelope-file.ts';
import { addSend } from '../../cli/send.ts';
import { openPerson, type Wanted } from '../../cli/signers.ts';
import { signingOf, type SigningOptions } from '../../cli/signing-options.ts';
import { addRecord } from '../../cli/record.ts';
import { addSubmit } from '../../cli/submit.ts';
import { readKeyStore } from '../../trust/key-store.ts';
import { Cli, expectFailure, expectUntouched } from '../support/cli.ts';
import { Desk } from '../support/desk.ts';
import { SignedCompany } from '../support/signed-company.ts';
import { homeOf, passphraseFile } from './homes.ts';

let company: SignedCompany;
let desk: Desk;
let cli: Cli;
let signed: string;
let letter: string;
beforeAll(async () => {
  company = await SignedCompany.found();
  desk = await Desk.open({ worker: true, company });
  cli = await homeOf(company, desk.engine.taskQueue, ['demo.us-commerce', 'demo.policy-admin', 'demo.policy-admin-2']);
  letter = cli.write('a letter\n', 'letter.txt');
  signed = await desk.submit();
});
afterAll(async () => {
  await desk.close();
  company.close();
});

const example = fileURLToPath(new URL('../../examples/order.yaml', import.meta.url));
const registering = ['register', '--as', 'us.commerce', '--application-number', 'Z1'] as const;
const forAYear = ['--from', '2027-01-01', '--until', '2027-12-31'] as const;
const planted = ['--passphrase=planted secret'] as const;
const recording = (): string[] => ['--evidence', letter, '--issuer-number', 'BIS-17', '--decided-at', '2026-01-20'];
const failure = (code: string, sentence: string) => expect.objectContaining({ name: 'CommandFailure', code, message: expect.stringContaining(sentence) });

/** Runs a command in this process, in a home without keys or engine; answers how it failed. */
async function failed(add: (program: Command) => void, ...args: readonly string[]): Promise<unknown> {
  vi.stubEnv('TWOKEY_HOME', new Cli().home);
  const program = new Command().exitOverride();
  add(program);
  try {
    await program.parseAsync(args, { from: 'user' });
    throw new Error(`${args.join(' ')} was taken`);
  } catch (error) {
    return error;
  } finally {
    vi.unstubAllEnvs();
  }
}

describe('before an engine is asked, it is told', () => {
  it.each([
    ['that a signature is good for 31 days at most', addAct, 'usage', ['act', 'A-1', ...registering, '--valid-for', '32d']],
    ['that a moment is none', addAct, 'moment-invalid', ['act', 'A-1', ...registering, '--decided-at', 'yesterday']],
    ['that nothing is delegated to no person', addDelegate, 'holder-invalid', ['delegate', 'us.state', '--to', 'Jane Doe', ...forAYear]],
    ['that nothing is delegated in no role', addDelegate, 'role-unknown', ['delegate', 'us.treasury', '--to', 'x', ...forAYear]],
    ['that nothing is delegated for no act', addDelegate, 'act-unknown', ['delegate', 'us.state', '--to', 'x', ...forAYear, '--act', 'approve']],
    ['that nothing is delegated for no order', addDelegate, 'order-id-invalid', ['delegate', 'us.state', '--to', 'x', ...forAYear, '--order', '../x']],
    ['that a delegation ends after it began', addDelegate, 'moment-invalid', ['delegate', 'us.state', '--to', 'x', '--until', '2020-01-01']],
    ['that a delegation ends within a year', addDelegate, 'moment-invalid', ['delegate', 'us.state', '--to', 'x', '--until', '2199-01-01']],
    ['that there are no keys to submit by', addSubmit, 'usage', ['submit', '--holder', 'x', example]],
    ['that nobody who is named signs nothing', addSubmit, 'usage', ['submit', '--holder', 'x', '--unsigned', example]],
    ['that a file is not there', addSend, 'file-unreadable', ['send', 'none.json']],
    ['that no argument is a passphrase of an act', addAct, 'secret-in-argument', ['act', 'A-1', ...registering, ...planted]],
    ['nor of a confirmation', addConfirm, 'secret-in-argument', ['confirm', 'none.json', ...planted]],
    ['nor of a delegation', addDelegate, 'secret-in-argument', ['delegate', 'us.state', '--to', 'x', ...planted, ...forAYear]],
    ['nor of a submission', addSubmit, 'secret-in-argument', ['submit', example, ...planted]],
    ['nor of a record', addRecord, 'secret-in-argument', ['record', 'export', 'A-1', ...planted]],
  ] as const)('%s', async (_what, add, code, args) => {
    expect(await failed(add, ...args)).toMatchObject({ name: 'CommandFailure', exitCode: 2, code, message: expect.not.stringContaining('planted') });
  });

  it('that there are no keys to delegate by or to announce', async () => {
    expect(await failed(addDelegate, 'delegate', 'us.state', '--to', 'x', ...forAYear)).toMatchObject({ name: 'TrustError', code: 'keyring-missing' });
    await expectFailure(new Cli(), 3, 'keyring-missing', 'keys', 'announce');
  });

  it('that a file holds no JSON, of which nothing is repeated', async () => {
    const told = await expectFailure(new Cli(), 2, 'envelope-malformed', 'confirm', cli.write('planted: no JSON'));
    expect(told).toContain('twokey act --write');
    expect(told).not.toContain('planted');
  });

  const header = Buffer.from(JSON.stringify({ alg: 'EdDSA', kid: 'x', typ: 'twokey-act' })).toString('base64url');
  const signature = Buffer.alloc(64).toString('base64url');
  it.each([
    ['no envelope', 'envelope-malformed', '{"payload":"e30"}'],
    ['an envelope that nobody signed', 'envelope-malformed', '{"payload":"e30","signatures":[]}'],
    ['one without an algorithm', 'algorithm-refused', '{"payload":"e30","signatures":[{"protected":"eyJhbGciOiJub25lIn0","signature":""}]}'],
    ['one that says nothing', 'claims-invalid', JSON.stringify({ payload: 'e30', signatures: [{ protected: header, signature }] })],
    ['one that is too large', 'file-unreadable', 'x'.repeat(200_001)],
  ])('that a file holds %s', (_what, code, text) => {
    const file = cli.write(text, 'envelope.json');
    expect(() => readEnvelope(file)).toThrow(failure(code, file));
  });

  it.each([
    ['that evidence takes three options', 'evidence-incomplete', { issuerNumber: 'BIS-17' }, '--decided-at'],
    ['that the document is not there', 'file-unreadable', { evidence: 'none.txt', issuerNumber: 'BIS-17', decidedAt: 1 }, 'none.txt'],
    ['that the document is a folder', 'file-unreadable', { evidence: '/', issuerNumber: 'BIS-17', decidedAt: 1 }, '/'],
    ['that a file holds no delegation', 'delegation-invalid', { delegation: [example] }, 'twokey delegate'],
  ] satisfies readonly (readonly [string, string, SigningOptions, string])[])('%s', async (_what, code, options, sentence) => {
    await expect(signingOf(options)).rejects.toThrow(failure(code, sentence));
  });

  it.each([
    ['that several could sign', 'holder-ambiguous', { role: 'policy.admin' }, 'demo.policy-admin and demo.policy-admin-2'],
    ['that two signatures are of two', 'same-person', { role: 'policy.admin', holder: 'demo.policy-admin', beside: 'demo.policy-admin' }, 'already'],
    ['that the key is elsewhere', 'key-missing', { role: 'us.state' }, 'held elsewhere'],
    ['that nobody else has one', 'key-missing', { role: 'us.commerce', beside: 'demo.us-commerce' }, 'nobody but demo.us-commerce'],
    ['that the person has none', 'key-missing', { role: 'us.commerce', holder: 'nobody' }, 'us.commerce of nobody'],
  ] satisfies readonly (readonly [string, string, Omit<Wanted, 'at'>, string])[])('%s', async (_what, code, wanted, sentence) => {
    const keys = { ...(await readKeyStore(cli.home)), home: cli.home };
    await expect(openPerson(keys, { ...wanted, at: Date.now() })).rejects.toMatchObject({ code, message: expect.stringContaining(sentence) });
  });
});

describe('of an order it is told, before anything is signed or sent', () => {
  it.each([
    ['how two people sign', 2, 'second-missing', ['hold', '--as', 'policy.admin', '--hold', 'P-1', '--reason', 'review'], '--confirm-by CODE'],
    ['that one person signs', 2, 'second-refused', [...registering, '--confirm-by', 'x'], 'leave out --confirm-by'],
    ['that a name is too short', 2, 'invalid-act', [...registering, '--id', 'mail-7'], '8 to 100'],
  ] as const)('%s', async (_what, exitCode, code, args, sentence) => {
    expect(await expectUntouched(desk.client, signed, () => expectFailure(cli, exitCode, code, 'act', signed, ...args))).toContain(sentence);
  });

  it('that the desk signs its own acts, and of a step that failed --evidence is no file', async () => {
    const canceling = ['cancel', '--as', 'seller.desk', '--reason', 'r', ...recording()];
    expect(await expectFailure(cli, 3, 'evidence-refused', 'act', signed, ...canceling)).toContain('seller.desk signs cancel itself');
    const settling = ['settle-step', '--as', 'seller.desk', '--step', 'ship', '--outcome', 'done', '--evidence', 'receipt 4711'];
    expect(await expectFailure(cli, 2, 'second-missing', 'act', signed, ...settling)).toContain('as compliance.second');
  });

  it('that its root key is another, and that the passphrase is wrong', async () => {
    const strange = await SignedCompany.found();
    const stranger = await homeOf(strange, desk.engine.taskQueue, ['demo.us-commerce']);
    strange.close();
    const other = passphraseFile('not the same passphrase');
    await expectUntouched(desk.client, signed, async () => {
      expect(await expectFailure(stranger, 3, 'keyring-refused', 'act', signed, ...registering)).toContain('another root key');
      await expectFailure(new Cli({ TWOKEY_HOME: cli.home, TWOKEY_PASSPHRASE_FILE: other }), 3, 'passphrase-wrong', 'act', signed, ...registering);
    });
  });

  it('that it takes plain acts, and which options it does not take', async () => {
    const plain = await Desk.open();
    const order = await plain.submit();
    const told = await expectUntouched(plain.client, order, () =>
      expectFailure(cli, 3, 'order-unsigned', 'act', order, ...registering, ...recording(), '--write', 'x.json', '--holder', 'x'),
    );
    expect(told).toContain('--holder, --evidence, --issuer-number, --decided-at, --write');
    await plain.close();
  });
});
