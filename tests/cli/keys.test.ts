import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { readKeyring } from '../../trust/keyring.ts';
import { Cli, expectFailure, expectSentence } from '../support/cli.ts';
import type { Ran } from '../support/command-host.ts';
import { commandLinesDuring, expectNoSecret, seedsIn } from './secrets.ts';

const passphrase = 'planted secret of the tests';
let passphraseFile = '';
let another = '';
let cli: Cli;

const keySchema = z.strictObject({
  id: z.string().length(43),
  role: z.string(),
  holder: z.string(),
  publicKey: z.string().length(43),
  from: z.iso.datetime(),
  until: z.iso.datetime().nullable(),
  revoked: z.strictObject({ at: z.iso.datetime(), reason: z.string() }).nullable(),
  external: z.boolean(),
  state: z.enum(['valid', 'not-yet', 'expired', 'revoked']),
});
const listSchema = z.strictObject({ root: z.string().nullable(), sequence: z.int(), keys: z.array(keySchema) });
const changeSchema = z.strictObject({ root: z.string(), rootIsNew: z.boolean(), sequence: z.int(), key: keySchema, announced: z.null() });
const change = async (...args: readonly string[]) => changeSchema.parse(await cli.json('keys', ...args));
const list = async () => listSchema.parse(await cli.json('keys', 'list'));

function secretFile(name: string, text: string, mode = 0o600): string {
  const file = join(mkdtempSync(join(inject('folder'), 'secret-')), name);
  writeFileSync(file, text, { mode });
  chmodSync(file, mode);
  return file;
}

beforeAll(() => {
  passphraseFile = secretFile('passphrase', `${passphrase}\n`);
  another = secretFile('another', 'not the same passphrase\n');
});
beforeEach(() => {
  cli = new Cli({ TWOKEY_PASSPHRASE_FILE: passphraseFile });
});
/** The same home, with another passphrase file or none. */
const withPassphrase = (file: string | undefined): Cli => new Cli({ TWOKEY_HOME: cli.home, ...(file !== undefined && { TWOKEY_PASSPHRASE_FILE: file }) });

describe('twokey keys', () => {
  it('lists none in an empty home, and needs no passphrase for it', async () => {
    const plain = withPassphrase(undefined);
    expect(await plain.text('keys', 'list')).toBe('no keys yet: twokey keys new ROLE --holder CODE\n');
    expect(await plain.json('keys', 'list')).toEqual({ root: null, sequence: 0, keys: [] });
    expect(readdirSync(cli.home)).toEqual([]);
  });

  it('makes, rotates, revokes and lists, each with the next number of the keyring', async () => {
    const told = await cli.text('keys', 'new', 'us.commerce', '--holder', 'jane.doe');
    expect(told).toMatch(/^root key [\w-]{43} made: whoever verifies needs this fingerprint.*\nkey [\w-]{43} of jane\.doe as us\.commerce made, valid from /);
    const {
      root,
      sequence,
      keys: [first],
    } = await list();
    expect({ sequence, first }).toMatchObject({
      sequence: 1,
      first: { role: 'us.commerce', holder: 'jane.doe', until: null, state: 'valid', external: false },
    });
    const id = first?.id ?? '';

    const later = await change('rotate', id, '--from', '2199-01-01');
    expect(later).toMatchObject({
      sequence: 2,
      root,
      rootIsNew: false,
      key: { role: 'us.commerce', holder: 'jane.doe', from: '2199-01-01T00:00:00.000Z', state: 'not-yet' },
    });
    const lost = await change('revoke', id.slice(0, 12), '--reason', 'laptop lost', '--at', '2026-01-01T12:00Z');
    expect(lost).toMatchObject({ sequence: 3, key: { id, state: 'revoked', revoked: { at: '2026-01-01T12:00:00.000Z', reason: 'laptop lost' } } });

    expect((await list()).keys.map(({ state }) => state)).toEqual(['revoked', 'not-yet']);
    const table = await cli.text('keys', 'list');
    expect(table).toMatch(/^ROLE +HOLDER +KEY +HELD +FROM +UNTIL +STATE\n/);
    expect(table).toMatch(new RegExp(`${id} .*revoked as of 2026-01-01 12:00: laptop lost\n`));
    expect(table).toMatch(new RegExp(`\nroot key ${root}, keyring 3 of `));
    const [jws, jwk] = ['keyring.jws', 'root.jwk'].map((name) => readFileSync(join(cli.home, 'keys', name), 'utf8').trimEnd());
    expect(await readKeyring(jws ?? '', JSON.parse(jwk ?? ''))).toMatchObject({ sequence: 3 });
  });

  it('takes the id of a key that begins with a hyphen for an id, wherever it stands', async () => {
    const id = `-${'k'.repeat(42)}`;
    for (const args of [
      ['keys', 'rotate', id],
      ['keys', 'rotate', id, '--json'],
      ['keys', 'revoke', '--reason', 'lost', id],
    ]) {
      const { stderr } = await cli.run(...args);
      expect(stderr).not.toContain('unknown option');
      expect(stderr).toMatch(/no keys? /);
    }
  });

  it('takes a public key whose private half is elsewhere, valid from the past on, with the program that signs', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const pem = cli.write(publicKey.export({ type: 'spki', format: 'pem' }), 'public.pem');
    const signer = cli.write(JSON.stringify({ command: [process.execPath] }), 'signer.json');
    const made = await change(
      'new',
      'cn.mofcom',
      '--holder',
      'li',
      '--public-key',
      pem,
      '--signer-command',
      signer,
      '--from',
      '2026-01-01',
      '--until',
      '2198-12-31',
    );
    expect(made).toMatchObject({
      rootIsNew: true,
      key: { external: true, from: '2026-01-01T00:00:00.000Z', until: '2198-12-31T00:00:00.000Z', state: 'valid' },
    });
    expect(statSync(join(cli.home, 'keys', `${made.key.id}.json`)).mode & 0o777).toBe(0o600);
    expect(await cli.text('keys', 'list')).toContain('elsewhere');
    expect(await expectFailure(cli, 2, 'public-key-missing', 'keys', 'rotate', made.key.id)).toContain('--public-key FILE');
    const secret = cli.write(privateKey.export({ type: 'pkcs8', format: 'pem' }), 'private.pem');
    await expectFailure(cli, 2, 'public-key-invalid', 'keys', 'rotate', made.key.id, '--public-key', secret);
  });
});

describe('what cannot be done is told in words, with an exit code', () => {
  it.each([
    ['an unknown role', 2, 'role-unknown', ['new', 'us.treasury', '--holder', 'x']],
    ['a role that looks alike', 2, 'role-unknown', ['new', 'us.\u0441ommerce', '--holder', 'x']],
    ['no holder', 2, 'usage', ['new', 'us.commerce']],
    ['a holder that is no code', 2, 'holder-invalid', ['new', 'us.commerce', '--holder', 'Jane Doe\u202e']],
    ['a beginning in the past', 2, 'moment-invalid', ['new', 'us.commerce', '--holder', 'x', '--from', '2026-01-01']],
    ['a day that is none', 2, 'moment-invalid', ['new', 'us.commerce', '--holder', 'x', '--from', '2026-02-30']],
    ['an end in the past', 2, 'moment-invalid', ['new', 'us.commerce', '--holder', 'x', '--until', '2026-01-01']],
    ['a public key that is not there', 2, 'invalid-document', ['new', 'us.commerce', '--holder', 'x', '--public-key', 'none.pem']],
    ['a signer without a public key', 2, 'public-key-missing', ['new', 'us.commerce', '--holder', 'x', '--signer-command', 'none.json']],
    ['a rotation before there are keys', 3, 'keyring-missing', ['rotate', 'abcdefgh']],
    ['a revocation before there are keys', 3, 'keyring-missing', ['revoke', 'abcdefgh', '--reason', 'lost']],
    ['a revocation without reason', 2, 'usage', ['revoke', 'abcdefgh']],
    ['an unknown command', 2, 'usage', ['delete']],
    ['an unknown option', 2, 'usage', ['list', '--all']],
  ] as const)('%s', async (_what, exitCode, code, args) => {
    await expectFailure(cli, exitCode, code, 'keys', ...args);
    expect(readdirSync(cli.home)).toEqual([]);
  });

  it('in a home with keys', async () => {
    const { key } = await change('new', 'us.commerce', '--holder', 'x');
    await expectFailure(cli, 3, 'key-exists', 'keys', 'new', 'us.commerce', '--holder', 'x');
    await expectFailure(cli, 3, 'key-unknown', 'keys', 'revoke', 'abcdefgh', '--reason', 'lost');
    await expectFailure(cli, 2, 'moment-invalid', 'keys', 'revoke', key.id, '--reason', 'lost', '--at', '2199-01-01');
    await expectFailure(cli, 2, 'moment-invalid', 'keys', 'rotate', key.id, '--from', '2026-01-01');
    await expectFailure(withPassphrase(another), 3, 'passphrase-wrong', 'keys', 'revoke', key.id, '--reason', 'lost');
    expect(await list()).toMatchObject({ sequence: 1 });
    chmodSync(join(cli.home, 'keys'), 0o755);
    expect(await expectFailure(cli, 1, 'key-file-unsafe', 'keys', 'list')).toContain('chmod 700');
  });
});

describe('the passphrase', () => {
  const make = ['keys', 'new', 'us.commerce', '--holder', 'x'] as const;

  it('is missing where there is neither a terminal nor a file', async () => {
    expect(await expectFailure(withPassphrase(undefined), 2, 'passphrase-missing', ...make)).toContain('TWOKEY_PASSPHRASE_FILE');
  });

  it.each([
    ['that others may read', 1, 'key-file-unsafe', () => secretFile('wide', `${passphrase}\n`, 0o644)],
    ['behind a link', 1, 'key-file-unsafe', linkToPassphrase],
    ['that is not there', 2, 'passphrase-file-invalid', () => join(cli.home, 'none')],
    ['that is empty', 2, 'passphrase-file-invalid', () => secretFile('empty', '')],
    ['of several lines', 2, 'passphrase-file-invalid', () => secretFile('lines', `${passphrase}\nmore\n`)],
    ['with eleven characters', 2, 'passphrase-too-short', () => secretFile('short', 'eleven char\n')],
  ] as const)('is not taken from a file %s', async (_what, exitCode, code, file) => {
    const ran = withPassphrase(file());
    expect(await expectFailure(ran, exitCode, code, ...make)).not.toMatch(/planted|eleven char/);
  });

  function linkToPassphrase(): string {
    const link = join(mkdtempSync(join(inject('folder'), 'link-')), 'link');
    symlinkSync(passphraseFile, link);
    return link;
  }

  it.each([['--passphrase', passphrase], [`--passphrase=${passphrase}`]])('is not taken from an argument, and not repeated: %s', async (...option) => {
    expect(await expectFailure(cli, 2, 'secret-in-argument', ...make, ...option)).not.toContain('planted');
  });
});

describe('secrets', () => {
  it('appear in no output, no error, no command line, no keyring and no public file', async () => {
    const said: Ran[] = [];
    const seen: string[] = [];
    const run = async (by: Cli, ...args: readonly string[]): Promise<void> => {
      for (const more of [[], ['--json']]) {
        const { answer, lines } = await commandLinesDuring(by.spawned(['keys', ...args, ...more]));
        said.push(answer);
        seen.push(...lines);
      }
    };
    await run(cli, 'new', 'us.commerce', '--holder', 'x');
    const id = (await list()).keys[0]?.id ?? '';
    await run(cli, 'list');
    await run(withPassphrase(another), 'rotate', id);
    await run(withPassphrase(secretFile('wide', passphrase, 0o644)), 'rotate', id);
    await run(cli, 'rotate', id);
    await run(cli, 'revoke', id, '--reason', 'lost', '--at', '2026-01-01');
    await run(cli, 'list', '--passphrase', 'x');

    const folder = join(cli.home, 'keys');
    const names = readdirSync(folder);
    const seeds = seedsIn(cli.home, passphrase);
    expect(seeds.length).toBeGreaterThanOrEqual(3);
    const files = names.map((name) => readFileSync(join(folder, name), 'utf8'));
    const outputs = said.flatMap(({ stdout, stderr }) => [stdout, stderr]);
    expectNoSecret([...outputs, ...seen, ...names, ...files, Buffer.from(files.join('')).toString('latin1')], [passphrase, 'not the same passphrase'], seeds);
    expect(seen.some((line) => line.includes('twokey'))).toBe(process.platform === 'linux');
    for (const { stderr } of said.filter(({ stderr: text }) => text !== '')) expectSentence(stderr);
  });
});
