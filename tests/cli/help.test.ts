import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { actNames, policyActs } from '../../domain/acts.ts';
import { roles } from '../../domain/roles.ts';
import { Cli, expectSentence, onlyDocumentOf } from '../support/cli.ts';

let cli: Cli;
beforeAll(() => {
  cli = new Cli();
});

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };
const commands = [
  'start',
  'submit',
  'import',
  'orders',
  'status',
  'inbox',
  'act',
  'confirm',
  'send',
  'delegate',
  'skip',
  'rehearse',
  'keys',
  'record',
  'classify',
  'quote',
  'policy',
  'license',
  'customer',
  'screening',
  'diversion',
  'stock',
  'quota',
  'repair',
  'doctor',
];

describe('the command line explains itself', () => {
  it('prints its version, that of the package', async () => {
    expect(await cli.text('--version')).toBe(`${version}\n`);
  });

  it('lists every command and what the exit codes mean', async () => {
    const help = await cli.text('--help');
    for (const command of commands) expect(help).toMatch(new RegExp(`^  ${command} `, 'm'));
    expect(help).toContain('0 done, 1 failed, 2 usage, 3 refused, 4 engine, worker or ledger not reachable');
  });

  it.each(commands)('tells how %s is used', async (command) => {
    expect(await cli.text(command, '--help')).toMatch(new RegExp(`^Usage: twokey ${command}`));
  });

  it('tells of every act who may do it and which fields it takes, and names every role', async () => {
    const help = await cli.text('act', '--help');
    for (const act of [...actNames, ...Object.keys(policyActs)]) expect(help).toMatch(new RegExp(`^  ${act} `, 'm'));
    expect(help).toContain('register --application-number <text>');
    expect(help).toContain('issue-license --license-number <text> [--conditions <text...>]');
    expect(help).toContain('[--votes-to-approve <text...>] [--votes-to-deny <text...>]');
    for (const role of roles) expect(help.replaceAll(/\s+/g, ' ')).toContain(role);
  });
});

describe('a command line that cannot be understood is told so with exit code 2', () => {
  it('when it names no command: it shows the help on stderr', async () => {
    const ran = await cli.run();
    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ran.stderr).toContain('Usage: twokey');
  });

  it.each([
    ['an unknown command', ['frobnicate'], 'unknown command'],
    ['a command that is the name of a property of every object', ['constructor'], 'unknown command'],
    ['an unknown option', ['orders', '--closed'], 'unknown option'],
    ['one word too many', ['orders', 'A-1'], 'too many arguments'],
    ['a missing file', ['submit'], 'missing required argument'],
    ['a missing order', ['status'], 'missing required argument'],
    ['a missing role', ['inbox'], 'missing required argument'],
    ['a missing --as', ['act', 'A-1', 'refer'], "required option '--as <role>'"],
    ['an option without its value', ['act', 'A-1', 'refer', '--as'], 'argument missing'],
  ])('when there is %s', async (_what, args, sentence) => {
    const asText = await cli.run(...args);
    expect(asText).toMatchObject({ exitCode: 2, stdout: '' });
    expect(asText.stderr).toContain(sentence);
    expectSentence(asText.stderr);
  });

  it('and as one JSON document where --json is asked for', async () => {
    const ran = await cli.run('act', 'A-1', 'refer', '--json');
    expect(ran.exitCode).toBe(2);
    expect(onlyDocumentOf(ran)).toEqual({ error: { code: 'usage', message: expect.stringContaining('--as <role>') } });
  });

  it('and shows no control characters of an option that it does not know', async () => {
    const ran = await cli.run('orders', '--\u001b[2Jopen\u202e');
    expect(ran.exitCode).toBe(2);
    expectSentence(ran.stderr);
  });
});
