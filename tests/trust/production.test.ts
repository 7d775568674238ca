import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createKey } from '../../trust/key-keeper.ts';
import { keepThrowAwayKeyring } from '../../trust/throw-away-home.ts';
import { makeThrowAwayKeyring } from '../../trust/throw-away.ts';
import { workerConfig } from '../../workers/config.ts';
import { trustOf } from '../../workers/trust.ts';
import { passphrase, temporaryFolder } from './keys-for-tests.ts';

const folder = temporaryFolder();
const emptyHome = (): string => mkdtempSync(join(folder, 'home-'));

async function homeOf(kind: 'empty' | 'throw-away' | 'kept'): Promise<{ readonly home: string; readonly root: string | undefined }> {
  const home = emptyHome();
  if (kind === 'throw-away') {
    const keyring = await makeThrowAwayKeyring({ from: 0 });
    await keepThrowAwayKeyring(home, keyring);
    return { home, root: keyring.root.keyId };
  }
  if (kind === 'empty') return { home, root: undefined };
  const { root } = await createKey(home, { role: 'seller.desk', holder: 'jane.doe' }, { root: passphrase, key: passphrase });
  return { home, root: root.id };
}

describe('a worker in production', () => {
  it('starts with keys that somebody keeps, under the root key that is named to it, and works for signed orders alone', async () => {
    const { home, root } = await homeOf('kept');
    expect(await trustOf({ home, profile: 'production', root })).toMatchObject({ unsigned: 'refused' });
  });

  it('does not start with throw-away keys, also where their root is named', async () => {
    const { home, root } = await homeOf('throw-away');
    await expect(trustOf({ home, profile: 'production', root })).rejects.toThrow('made to be thrown away');
  });

  it('does not start without keys, or without the fingerprint of the root key', async () => {
    const [{ home: empty }, { home }] = [await homeOf('empty'), await homeOf('kept')];
    await expect(trustOf({ home: empty, profile: 'production', root: undefined })).rejects.toThrow('there are no keys in');
    await expect(trustOf({ home, profile: 'production', root: undefined })).rejects.toThrow('TWOKEY_ROOT is missing');
  });
});

describe('a worker in development', () => {
  it('works for orders without signatures, too, whatever keys there are', async () => {
    for (const kind of ['empty', 'throw-away', 'kept'] as const)
      expect(await trustOf({ home: (await homeOf(kind)).home, profile: 'development', root: undefined })).toMatchObject({ unsigned: 'taken' });
  });

  it('does not start under another root key than the one that is named to it', async () => {
    const { home } = await homeOf('kept');
    await expect(trustOf({ home, profile: 'development', root: 'A'.repeat(43) })).rejects.toThrow(`TWOKEY_ROOT is ${'A'.repeat(43)}`);
  });

  it('is what a worker is unless it is told otherwise', () => {
    expect(workerConfig({ DATABASE_URL: 'postgresql://127.0.0.1/x' }).profile).toBe('development');
    expect(() => workerConfig({ DATABASE_URL: 'postgresql://127.0.0.1/x', TWOKEY_PROFILE: 'prod' })).toThrow('expected development or production');
  });
});
