import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { findHome } from '../engine/home.ts';
import { parseSignerCommand } from '../trust/key-files.ts';
import { createKey, type HeldElsewhere, revokeKey, rotateKey } from '../trust/key-keeper.ts';
import { isKeyRole, keyRoles } from '../domain/signing/key-roles.ts';
import { findKeyStore } from '../trust/key-store.ts';
import { findKey } from '../trust/keyring-changes.ts';
import { readPublicKey } from '../trust/public-key.ts';
import { usage } from './failure.ts';
import { keysTable, shown, tell } from './keys-shown.ts';
import { createOutput, moment, type Output, subcommandsOf } from './output.ts';
import { askPassphrase, refusingSecrets } from './passphrase.ts';
import { findKeysHere, keysHere } from './signers.ts';
import { momentOf } from './times.ts';

interface Options {
  readonly json?: boolean;
  readonly from?: number;
  readonly until?: number;
  readonly at?: number;
  readonly publicKey?: string;
  readonly signerCommand?: string;
}

export function addKeys(program: Command): void {
  const keys = program.command('keys').description('keep the keys with which acts are signed, and the keyring that says whose they are');
  const subcommand = subcommandsOf(keys);
  const command = (name: string, description: string): Command => refusingSecrets(subcommand(name, description));

  command('list', 'list every key that ever was, and the fingerprint of the root key').action((options: Options) => run(options, list));
  withElsewhere(command('new', 'make a key for a person in a role; the first one makes the root key, too'))
    .argument('<role>', keyRoles.join(', '))
    .requiredOption('--holder <code>', 'who holds the key: the code of a person')
    .option('--from <day>', 'a day or moment (UTC) from which it is valid; without it, now', momentOf)
    .option('--until <day>', 'the day or moment (UTC) at which it ends', momentOf)
    .action((role: string, options: Options & { readonly holder: string }) => run(options, (out) => add(role, options, out)));
  withElsewhere(command('rotate', 'end a key, and have a new one of the same role and holder follow it'))
    .argument('<key>', 'id of the key, or its first 8 or more characters')
    .option('--from <day>', 'a day or moment (UTC) to come; without it, now', momentOf)
    .action((key: string, options: Options) => run(options, (out) => rotate(key, options, out)));
  command('revoke', 'take the trust from a key, now or as of a moment in the past')
    .argument('<key>', 'id of the key, or its first 8 or more characters')
    .requiredOption('--reason <text>', 'why, for everybody who reads the keyring')
    .option('--at <moment>', 'a day or moment (UTC) in the past from which on it counts for nothing; without it, now', momentOf)
    .action((key: string, options: Options & { readonly reason: string }) => run(options, (out) => revoke(key, options, out)));
  command('announce', 'tell all open orders that take signed acts of this keyring, as every change does where an engine is known here').action(
    (options: Options) => run(options, async (out) => await (await import('./announce.ts')).announceKeyring(out)),
  );
}

const run = (options: Options, work: (out: Output) => Promise<void>): Promise<void> => work(createOutput(options.json ?? false));

const withElsewhere = (command: Command): Command =>
  command
    .option('--public-key <file>', 'the private key is held elsewhere: its public half, a JWK or PEM')
    .option('--signer-command <file>', 'JSON with the program here that signs with it: {"command": ["/path/of/program", "argument"]}');

async function list(out: Output): Promise<void> {
  const store = await findKeyStore(findHome());
  const keys = store?.keyring.keys ?? [];
  out.result({ root: store?.rootId ?? null, sequence: store?.keyring.sequence ?? 0, keys: keys.map(shown) });
  if (!store) return out.say('no keys yet: twokey keys new ROLE --holder CODE');
  out.say(keysTable(keys.map(shown)), '', `root key ${store.rootId}, keyring ${store.keyring.sequence} of ${moment(store.keyring.issuedAt)}`);
}

async function add(role: string, options: Options & { readonly holder: string }, out: Output): Promise<void> {
  if (!isKeyRole(role)) throw usage(`${role} is no role that has keys; accepted are ${keyRoles.join(', ')}`, 'role-unknown');
  const { holder, from, until } = options;
  const elsewhere = elsewhereOf(options);
  if (from !== undefined && from < Date.now() && !elsewhere)
    throw usage(`--from ${moment(from)} has passed, and a key that is made now signed nothing then; without --from it is valid from now on`, 'moment-invalid');
  const home = findHome();
  const store = await findKeysHere(out);
  const root = await askPassphrase(store ? 'the root key' : 'the new root key', { isNew: !store });
  const key = elsewhere ? '' : await askPassphrase('the new key', { isNew: true });
  const terms = { role, holder, ...(from !== undefined && { from }), ...(until !== undefined && { until }), ...(elsewhere && { elsewhere }) };
  await tell(await createKey(home, terms, { root, key }), 'made', out);
}

async function rotate(text: string, options: Options, out: Output): Promise<void> {
  const home = findHome();
  const old = findKey((await keysHere(out)).keyring, text);
  const elsewhere = elsewhereOf(options);
  if (old.external && !elsewhere) throw usage(`key ${old.id} is held elsewhere, and so is what follows it: give --public-key FILE`, 'public-key-missing');
  const root = await askPassphrase('the root key');
  const key = elsewhere ? '' : await askPassphrase('the new key', { isNew: true });
  const terms = { ...(options.from !== undefined && { from: options.from }), ...(elsewhere && { elsewhere }) };
  await tell(await rotateKey(home, old.id, terms, { root, key }), `follows ${old.id}`, out);
}

async function revoke(text: string, { reason, at }: Options & { readonly reason: string }, out: Output): Promise<void> {
  const home = findHome();
  const old = findKey((await keysHere(out)).keyring, text);
  await tell(await revokeKey(home, old.id, { reason, ...(at !== undefined && { at }) }, await askPassphrase('the root key')), 'revoked', out);
}

function elsewhereOf({ publicKey: file, signerCommand }: Options): HeldElsewhere | undefined {
  if (file === undefined && signerCommand !== undefined)
    throw usage('--signer-command needs --public-key, against which its answers are checked', 'public-key-missing');
  if (file === undefined) return undefined;
  const publicKey = readPublicKey(textOf(file), file);
  return signerCommand === undefined ? { publicKey } : { publicKey, signer: parseSignerCommand(textOf(signerCommand), signerCommand) };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw usage(`${file}: ${error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'no such file' : 'cannot be read'}`, 'invalid-document');
  }
}
