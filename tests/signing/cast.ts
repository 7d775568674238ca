import { createHash, createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { type Role, roles } from '../../domain/roles.ts';
import type { KeyRole } from '../../domain/signing/key-roles.ts';
import type { Keyring, KeyringEntry } from '../../domain/signing/keyring.ts';
import { signKeyring } from '../../trust/keyring.ts';
import { keyIdOf, publicKeyOf } from '../../trust/public-key.ts';
import type { Signer } from '../../trust/signer.ts';

/** One key of one person, the private half too. */
export interface Member extends Signer {
  readonly entry: KeyringEntry;
  readonly privateKey: KeyObject;
}

/** Everybody who signs in a test, and what the root says of them. Made from names alone: each run has the same keys, and nobody trusts them. */
export interface Cast {
  readonly root: { readonly keyId: string; readonly publicKey: string; readonly privateKey: KeyObject };
  readonly keyring: Keyring;
  readonly jws: string;
  readonly members: readonly Member[];
  /** The person's key in a role; of somebody with one key, that. */
  member(holder: string, role?: KeyRole): Member;
}

const day = 86_400_000;
export const holderOf = (role: Role): string => role.replaceAll('.', '-');

type Place = readonly [role: KeyRole, holder: string, changes?: (at: number) => Partial<KeyringEntry>];

const early = (at: number) => ({ from: at + 3_650 * day });
const ended = (at: number) => ({ until: at - day });
const revoked = (at: number) => ({ revoked: { at: at - day, reason: 'stolen' } });

/** One person a role; then people for whom a rule is there. */
const places: readonly Place[] = [
  ...roles.map((role): Place => [role, holderOf(role)]),
  ['auditor', 'auditor'],
  // Colleagues.
  ['policy.admin', 'policy-admin-2'],
  ['us.state', 'us-state-2'],
  ['us.commerce', 'us-commerce-2'],
  // Keys that do not count now.
  ...(['us.state', 'seller.desk', 'compliance.second'] as const).flatMap((role): Place[] => [
    [role, `early-${holderOf(role)}`, early],
    [role, `ended-${holderOf(role)}`, ended],
    [role, `revoked-${holderOf(role)}`, revoked],
  ]),
  // People with keys in several roles.
  ['seller.desk', 'new-hand'],
  ['compliance.second', 'new-hand'],
  ['compliance.second', 'seller-desk'],
  ['us.state', 'seller-desk'],
  ['us.state', 'us-commerce'],
  ['us.state', 'policy-admin'],
  ['seller.desk', 'us-commerce'],
  ['seller.desk', 'compliance-second'],
  ['policy.admin', 'us-commerce'],
  // Somebody who acts for others.
  ['test.lab', 'stand-in'],
];

/** PKCS#8 of an Ed25519 key is these bytes and its 32 secret ones. */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** A key for tests, always the same for a name. Its id begins with no hyphen, as those of real keys. */
export async function keyOf(name: string): Promise<Cast['root']> {
  for (let turn = 0; ; turn += 1) {
    const secret = createHash('sha256').update(`twokey tests: ${name}, ${turn}`).digest();
    const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8, secret]), format: 'der', type: 'pkcs8' });
    const publicKey = publicKeyOf(privateKey);
    const keyId = await keyIdOf(publicKey);
    if (!keyId.startsWith('-')) return { keyId, publicKey, privateKey };
  }
}

/** A cast whose keys count around a moment (epoch milliseconds). `more` stands in the keyring beside them, sound or not. */
export async function makeCast(at: number, more: readonly KeyringEntry[] = []): Promise<Cast> {
  const root = await keyOf('root');
  const members = await Promise.all(places.map((place) => memberOf(place, at)));
  const keyring: Keyring = { version: 1, sequence: 7, issuedAt: at, keys: [...members.map(({ entry }) => entry), ...more] };
  return {
    ...{ root, keyring, members },
    jws: await signKeyring(keyring, root.privateKey, root.keyId),
    member(holder, role) {
      const found = members.filter(({ entry }) => entry.holder === holder && (role === undefined || entry.role === role));
      const [one] = found;
      if (!one || found.length > 1) throw new Error(`${found.length} keys of ${holder}${role === undefined ? '' : ` as ${role}`}, expected one`);
      return one;
    },
  };
}

async function memberOf([role, holder, changes]: Place, at: number): Promise<Member> {
  const { keyId, publicKey, privateKey } = await keyOf(`${holder} as ${role}`);
  const entry = { id: keyId, role, holder, publicKey, from: at - 1_000 * day, until: null, revoked: null, ...changes?.(at) };
  return { entry, keyId, holder, privateKey, sign: (bytes) => Promise.resolve(Uint8Array.from(sign(null, bytes, privateKey))) };
}
