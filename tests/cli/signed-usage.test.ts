import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readEnvelope } from '../../cli/envelope-file.ts';
import { openPerson, type Wanted } from '../../cli/signers.ts';
import { signingOf, type SigningOptions } from '../../cli/signing-options.ts';
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
const recording = (): string[] => ['--evidence', letter, '--issuer-number', 'BIS-17', '--decided-at', '2026-01-20'];
const failure = (code: string, sentence: string) => expect.objectContaining({ name: 'CommandFailure', code, message: expect.stringContaining(sentence) });

describe('before an engine is asked, it is told', () => {
  it.each([
    ['that a signature is good for 31 days at most', 2, 'usage', ['act', 'A-1', ...registering, '--valid-for', '32d']],
    ['that nothing is delegated to no person', 2, 'holder-invalid', ['delegate', 'us.state', '--to', 'Jane Doe', '--until', '2199-01-01']],
    ['that a delegation ends within a year', 2, 'moment-invalid', ['delegate', 'us.state', '--to', 'x', '--from', '2027-01-02', '--until', '2029-01-01']],
    ['that there are no keys to delegate by', 3, 'keyring-missing', ['delegate', 'us.state', '--to', 'x', '--from', '2027-01-01', '--until', '2027-06-01']],
    ['that there are no keys to announce', 3, 'keyring-missing', ['keys', 'announce']],
    ['that there are no keys to submit by', 2, 'usage', ['submit', '--holder', 'x', example]],
    ['that a file is not there', 2, 'file-unreadable', ['send', 'none.json']],
  ] as const)('%s', async (_what, exitCode, code, args) => {
    await expectFailure(new Cli(), exitCode, code, ...args);
  });

  it.each([
    ['act', ['A-1', ...registering]],
    ['confirm', ['none.json']],
    ['delegate', ['us.state', '--to', 'x', '--until', '2199-01-01']],
    ['submit', [example]],
  ] as const)('that %s takes no passphrase from an argument, which is not repeated', async (command, args) => {
    expect(await expectFailure(new Cli(), 2, 'secret-in-argument', command, ...args, '--passphrase=planted secret')).not.toContain('planted');
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
