import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createKey, revokeKey, rotateKey } from '../../trust/key-keeper.ts';
import { findKeyStore, openSigner, readKeyStore } from '../../trust/key-store.ts';
import { freshKey } from '../../trust/private-key.ts';
import { isSignatureOf } from '../../trust/public-key.ts';
import { faultOf, passphrase, temporaryFolder } from './keys-for-tests.ts';

const both = { root: passphrase, key: passphrase };
const ask = async (): Promise<string> => await Promise.resolve(passphrase);
const mode = (file: string): string => (statSync(file).mode & 0o777).toString(8);
const bytes = Buffer.from('what is decided upon');

const homes = temporaryFolder();
let home: string;
let folder: string;
let id: string;
const file = (name: string): string => join(folder, name);
beforeAll(async () => {
  id = (await createKey(join(homes, 'first'), { role: 'us.commerce', holder: 'jane.doe' }, both)).entry.id;
});
/** Each test has a copy: making keys takes its time. */
beforeEach(() => {
  home = mkdtempSync(join(homes, 'home-'));
  folder = join(home, 'keys');
  cpSync(join(homes, 'first', 'keys'), folder, { recursive: true });
  chmodSync(folder, 0o700);
});

describe('a home with keys', () => {
  it('has a folder of mode 700 and files of mode 600, and nothing else in it', async () => {
    const { rootId } = await readKeyStore(home);
    expect(mode(folder)).toBe('700');
    const names = readdirSync(folder).toSorted();
    expect(names).toEqual([`${id}.pem`, `${rootId}.pem`, 'keyring.jws', 'root.jwk'].toSorted());
    expect(names.map((name) => mode(file(name)))).toEqual(['600', '600', '600', '600']);
  });

  it('signs with the newest valid key of the role', async () => {
    const signer = await openSigner(home, 'us.commerce', ask);
    const { keyring } = await readKeyStore(home);
    expect(signer).toMatchObject({ keyId: id, holder: 'jane.doe' });
    expect(isSignatureOf(keyring.keys[0]?.publicKey ?? '', bytes, await signer.sign(bytes))).toBe(true);
    const next = await rotateKey(home, id, {}, both);
    expect((await openSigner(home, 'us.commerce', ask)).keyId).toBe(next.entry.id);
    expect((await openSigner(home, 'us.commerce', ask, { at: next.entry.from - 1 })).keyId).toBe(id);
    expect(next.keyring.sequence).toBe(2);
    await revokeKey(home, next.entry.id, { reason: 'lost' }, passphrase);
    expect((await faultOf(() => openSigner(home, 'us.commerce', ask))).code).toBe('key-missing');
  });

  it('asks for no passphrase where no key fits, and says what to do', async () => {
    const never = (): Promise<string> => Promise.reject(new Error('was asked'));
    const error = await faultOf(() => openSigner(home, 'us.state', never));
    expect(error).toMatchObject({ code: 'key-missing', message: expect.stringContaining('twokey keys new us.state --holder CODE') });
    expect((await faultOf(() => openSigner(home, 'us.commerce', never, { holder: 'john' }))).message).toContain('us.commerce of john');
    const { publicKey } = await freshKey();
    await createKey(home, { role: 'us.state', holder: 'bob', elsewhere: { publicKey } }, both);
    expect((await faultOf(() => openSigner(home, 'us.state', never))).message).toContain('held elsewhere');
  });

  it('takes changes of many at once, one after the other', async () => {
    const roles = ['us.state', 'us.energy', 'us.defense', 'cn.mofcom', 'auditor'] as const;
    const kept = await Promise.all(
      roles.map(async (role) => await createKey(home, { role, holder: 'x', elsewhere: { publicKey: (await freshKey()).publicKey } }, both)),
    );
    expect(kept.map(({ keyring }) => keyring.sequence).toSorted((one, other) => one - other)).toEqual([2, 3, 4, 5, 6]);
    expect((await readKeyStore(home)).keyring.keys.map(({ role }) => role).toSorted()).toEqual(['us.commerce', ...roles].toSorted());
  });

  it('passes over the lock of a process that died, and leaves none', async () => {
    writeFileSync(file('keyring.lock'), '4194304');
    await revokeKey(home, id, { reason: 'lost' }, passphrase);
    expect(readdirSync(folder).filter((name) => name.includes('lock'))).toEqual([]);
  });

  it('is left as it was by a change that is refused', async () => {
    const before = readFileSync(file('keyring.jws'), 'utf8');
    const names = readdirSync(folder);
    for (const [code, change] of [
      ['passphrase-wrong', () => createKey(home, { role: 'us.state', holder: 'x' }, { ...both, root: `${passphrase}!` })],
      ['passphrase-too-short', () => createKey(home, { role: 'us.state', holder: 'x' }, { ...both, key: 'short' })],
      ['key-exists', () => createKey(home, { role: 'us.commerce', holder: 'jane.doe' }, both)],
      ['key-unknown', () => revokeKey(home, 'x', { reason: 'lost' }, passphrase)],
    ] as const)
      expect((await faultOf(change)).code).toBe(code);
    expect(readFileSync(file('keyring.jws'), 'utf8')).toBe(before);
    expect(readdirSync(folder)).toEqual(names);
  });
});

describe('files that are not as they were left', () => {
  const pem = (): string => file(`${id}.pem`);
  const rootPem = (): string => file(readdirSync(folder).find((name) => name.endsWith('.pem') && name !== `${id}.pem`) ?? '');
  const linked = (name: string): void => {
    renameSync(file(name), join(home, 'elsewhere'));
    symlinkSync(join(home, 'elsewhere'), file(name));
  };

  it.each([
    ['a key that a group may read', 'key-file-unsafe', () => chmodSync(pem(), 0o640)],
    ['a key that all may read', 'key-file-unsafe', () => chmodSync(pem(), 0o604)],
    ['a key that all may write', 'key-file-unsafe', () => chmodSync(pem(), 0o602)],
    ['a key behind a link', 'key-file-unsafe', () => linked(`${id}.pem`)],
    ['a folder in place of a key', 'key-file-unsafe', () => void [rmSync(pem()), mkdirSync(pem(), { mode: 0o700 })]],
    ['a key that is gone', 'key-missing', () => rmSync(pem())],
    ['a key that is empty', 'key-file-invalid', () => writeFileSync(pem(), '')],
    ['a key that is no text', 'key-file-invalid', () => writeFileSync(pem(), Uint8Array.from([255, 254]))],
    ['a key of 2 MB', 'key-file-invalid', () => writeFileSync(pem(), ' '.repeat(2_000_000))],
    ['the key of another', 'key-file-invalid', () => writeFileSync(pem(), readFileSync(rootPem()))],
    ['a folder that others may enter', 'key-file-unsafe', () => chmodSync(folder, 0o755)],
    ['a folder behind a link', 'key-file-unsafe', () => void [renameSync(folder, join(home, 'k')), symlinkSync(join(home, 'k'), folder)]],
    ['a keyring that others may write', 'key-file-unsafe', () => chmodSync(file('keyring.jws'), 0o666)],
    ['a keyring behind a link', 'key-file-unsafe', () => linked('keyring.jws')],
    ['a keyring that is gone', 'keyring-missing', () => rmSync(file('keyring.jws'))],
    ['a keyring that is empty', 'keyring-malformed', () => writeFileSync(file('keyring.jws'), '')],
    ['a root key that others may write', 'key-file-unsafe', () => chmodSync(file('root.jwk'), 0o622)],
    ['a root key that is gone', 'keyring-missing', () => rmSync(file('root.jwk'))],
    ['a root key that is no JSON', 'root-invalid', () => writeFileSync(file('root.jwk'), '{')],
  ])('%s: refused, in words', async (_what, code, damage) => {
    damage();
    const error = await faultOf(() => openSigner(home, 'us.commerce', ask));
    expect(error.code).toBe(code);
    expect(error.message).not.toMatch(/\n|-----|undefined/);
  });

  it('a keyring that all may read is fine, since it is no secret', async () => {
    chmodSync(file('keyring.jws'), 0o644);
    await expect(readKeyStore(home)).resolves.toMatchObject({ keyring: { sequence: 1 } });
  });

  it('a root whose private key is kept elsewhere signs no change, and is no hindrance to signing acts', async () => {
    rmSync(file(`${(await readKeyStore(home)).rootId}.pem`));
    expect((await faultOf(() => revokeKey(home, id, { reason: 'lost' }, passphrase))).code).toBe('key-held-elsewhere');
    expect((await openSigner(home, 'us.commerce', ask)).keyId).toBe(id);
  });
});

it('a home without keys has none, and is not made by asking', async () => {
  const empty = join(homes, 'never');
  expect(await findKeyStore(empty)).toBeUndefined();
  expect((await faultOf(() => readKeyStore(empty))).code).toBe('keyring-missing');
  expect((await faultOf(() => revokeKey(empty, 'x', { reason: 'lost' }, passphrase))).code).toBe('keyring-missing');
  expect(existsSync(empty)).toBe(false);
});
