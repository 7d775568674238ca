import { copyFileSync, mkdtempSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, inject } from 'vitest';
import { writeRun } from '../../engine/home.ts';
import { writePrivateKey } from '../../trust/key-files.ts';
import { sealPrivateKey } from '../../trust/private-key.ts';
import { keepPublicSide } from '../../trust/throw-away-home.ts';
import { Cli, onlyDocumentOf } from '../support/cli.ts';
import type { Ran } from '../support/command-host.ts';
import type { SignedCompany } from '../support/signed-company.ts';

/** Planted, so that it is found wherever it should not be. */
export const passphrase = 'planted secret of signers';

/** A day to come, until which something is delegated. */
export const nextMonth = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);

/** A file with the passphrase, as `TWOKEY_PASSPHRASE_FILE` names it. */
export function passphraseFile(text = passphrase): string {
  const file = join(mkdtempSync(join(inject('folder'), 'secret-')), 'passphrase');
  writeFileSync(file, `${text}\n`, { mode: 0o600 });
  return file;
}

/** A command line in a home of its own beside the shared engine: everybody's public keys, and the private keys of these people alone. */
export async function homeOf({ keyring }: SignedCompany, taskQueue: string, holders: readonly string[]): Promise<Cli> {
  const cli = new Cli({ TWOKEY_PASSPHRASE_FILE: passphraseFile() });
  keepPublicSide(cli.home, keyring);
  const people = keyring.people.filter(({ holder }) => holders.includes(holder)).map(({ key }) => key);
  await Promise.all(
    [...people, ...(holders.includes('root') ? [keyring.root] : [])].map(async ({ keyId, privateKey }) =>
      writePrivateKey(cli.home, keyId, await sealPrivateKey(privateKey, passphrase)),
    ),
  );
  writeRun(cli.home, { pid: process.pid, taskQueue, address: inject('address'), namespace: 'default', ui: inject('ui'), database: inject('databaseUrl') });
  copyFileSync(inject('bundlePath'), join(cli.home, basename(inject('bundlePath'))));
  return cli;
}

/** Runs a command that must succeed; what it shows of what is signed is on stderr. */
export async function done(cli: Cli, ...args: readonly string[]): Promise<Ran> {
  const ran = await cli.run(...args);
  expect(ran).toMatchObject({ exitCode: 0 });
  return ran;
}

/** The same under `--json`, where nothing is shown. */
export async function answered(cli: Cli, ...args: readonly string[]): Promise<Record<string, unknown>> {
  const ran = await cli.run(...args, '--json');
  expect({ ...ran, stdout: '' }).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  return { ...(onlyDocumentOf(ran) as Record<string, unknown>) };
}
