import { sign } from 'node:crypto';
import { type Role, roles } from '../domain/roles.ts';
import type { Keyring, KeyringEntry } from '../domain/signing/keyring.ts';
import type { People } from './company.ts';
import { signKeyring } from './keyring.ts';
import { type FreshKey, freshKey } from './private-key.ts';
import type { Signer } from './signer.ts';

/** A person in a role. */
export interface Place {
  readonly role: Role;
  readonly holder: string;
}

/** A person of a keyring that nobody needs to trust. */
export interface ThrowAwayPerson extends Place {
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
/** Who acts in a role where nobody is named: `demo.us-commerce` and so on. */
export const demoPerson = (role: Role, isSecond = false): string => `${prefix}${role.replaceAll('.', '-')}${isSecond ? '-2' : ''}`;
const cast: readonly Place[] = [
  ...roles.map((role) => ({ role, holder: demoPerson(role) })),
  { role: 'policy.admin', holder: demoPerson('policy.admin', true) },
];

/** Whether nobody needs to trust a keyring: a production worker refuses it. */
export const isThrowAway = ({ keys }: Keyring): boolean => keys.some(({ holder }) => holder.startsWith(prefix));

/** Before any story, whatever its calendar. */
const longAgo = Date.UTC(2000, 0, 1);

/** Makes one, with more people where some are named; its keys count from `from` on (epoch milliseconds), without end. */
export async function makeThrowAwayKeyring({
  from = longAgo,
  more = [],
}: { readonly from?: number; readonly more?: readonly Place[] } = {}): Promise<ThrowAwayKeyring> {
  const root = await freshKey();
  const strangers = more.filter(({ role, holder }) => !cast.some((one) => one.role === role && one.holder === holder));
  const people = await Promise.all([...cast, ...strangers].map(async (place) => ({ ...place, key: await freshKey() })));
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
  async signer(role, { is, isNot }) {
    const person = people.find((one) => one.role === role && (is === undefined || one.holder === is) && one.holder !== isNot);
    if (!person) throw new Error(`nobody ${is ?? ''} signs as ${role}`);
    return await Promise.resolve(signerWith(person));
  },
});
