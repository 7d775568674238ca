import { sign } from 'node:crypto';
import { type Role, roles } from '../domain/roles.ts';
import type { Keyring, KeyringEntry } from '../domain/signing/keyring.ts';
import type { People } from './company.ts';
import { signKeyring } from './keyring.ts';
import { type FreshKey, freshKey } from './private-key.ts';
import type { Signer } from './signer.ts';

/** A person of a keyring that nobody needs to trust. */
export interface ThrowAwayPerson {
  readonly role: Role;
  readonly holder: string;
  readonly key: FreshKey;
}

/** A keyring for stories and tests: a root key and one person a role, and two for the policy board. None of it is kept here. */
export interface ThrowAwayKeyring {
  readonly root: FreshKey;
  readonly keyring: Keyring;
  readonly jws: string;
  readonly people: readonly ThrowAwayPerson[];
}

/** What the codes of such people begin with, so that the root's own signature says that they are none. */
const prefix = 'demo.';
const places: readonly (readonly [Role, string])[] = [...roles.map((role) => [role, role.replaceAll('.', '-')] as const), ['policy.admin', 'policy-admin-2']];

/** Whether nobody needs to trust a keyring: a production worker refuses it. */
export const isThrowAway = ({ keys }: Keyring): boolean => keys.some(({ holder }) => holder.startsWith(prefix));

/** Makes one; its keys count from `from` on (epoch milliseconds), without end. People are called `demo.us-commerce` and so on. */
export async function makeThrowAwayKeyring(from: number): Promise<ThrowAwayKeyring> {
  const root = await freshKey();
  const people = await Promise.all(places.map(async ([role, name]) => ({ role, holder: `${prefix}${name}`, key: await freshKey() })));
  const keys = people.map(({ role, holder, key }): KeyringEntry => ({
    id: key.keyId,
    role,
    holder,
    publicKey: key.publicKey,
    from,
    until: null,
    revoked: null,
  }));
  const keyring: Keyring = { version: 1, sequence: 1, issuedAt: from, keys };
  return { root, keyring, jws: await signKeyring(keyring, root.privateKey, root.keyId), people };
}

/** A signer with a key that is in memory. */
export const signerWith = ({ holder, key }: ThrowAwayPerson): Signer => ({
  keyId: key.keyId,
  holder,
  sign: (bytes) => Promise.resolve(Uint8Array.from(sign(null, bytes, key.privateKey))),
});

/** Its people, as far as they are in memory. */
export const peopleOf = ({ root, jws, people }: ThrowAwayKeyring): People => ({
  root: root.publicKey,
  keyringJws: jws,
  async signer(role, otherThan) {
    const person = people.find((one) => one.role === role && one.holder !== otherThan);
    if (!person) throw new Error(`nobody signs as ${role}${otherThan === undefined ? '' : ` beside ${otherThan}`}`);
    return await Promise.resolve(signerWith(person));
  },
});
