import { findKeyStore, keyStoreReader } from '../trust/key-store.ts';
import { isThrowAway } from '../trust/throw-away.ts';
import type { WorkerConfig } from './config.ts';
import type { TrustedBy } from './trusted-steps.ts';

/** Whom a worker trusts. In production it does not start without a root key that somebody keeps and names. Throws where it would not. */
export async function trustOf({ home, profile, root }: Pick<WorkerConfig, 'home' | 'profile' | 'root'>): Promise<TrustedBy> {
  const store = await findKeyStore(home);
  const fault = (what: string): Error => new Error(`${what}: twokey keys new makes keys, and TWOKEY_ROOT names the fingerprint of their root key`);
  if (root !== undefined && store?.rootId !== root) throw fault(`TWOKEY_ROOT is ${root}, and the root key in ${home} is ${store?.rootId ?? 'missing'}`);
  if (profile === 'development') return { store: keyStoreReader(home), unsigned: 'taken' };
  if (!store) throw fault(`TWOKEY_PROFILE is production, and there are no keys in ${home}`);
  if (isThrowAway(store.keyring)) throw fault(`TWOKEY_PROFILE is production, and the keys in ${home} were made to be thrown away`);
  if (root === undefined) throw fault('TWOKEY_PROFILE is production, and TWOKEY_ROOT is missing');
  return { store: keyStoreReader(home), unsigned: 'refused' };
}
