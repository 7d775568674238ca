import { existsSync } from 'node:fs';
import type { Role } from '../domain/roles.ts';
import { keyAt, type KeyringEntry } from '../domain/signing/keyring.ts';
import type { OrderTrust } from '../domain/signing/order-trust.ts';
import { findHome } from '../engine/home.ts';
import { keyFiles } from '../trust/key-files.ts';
import { findKeyStore, type KeyStore, keyringMissing, openSigner } from '../trust/key-store.ts';
import type { Signer } from '../trust/signer.ts';
import { throwAwayPassphrase } from '../trust/throw-away-home.ts';
import { TrustError } from '../trust/trust-error.ts';
import type { WrittenDelegation } from './delegation-file.ts';
import { refused, usage } from './failure.ts';
import type { Output } from './output.ts';
import { askPassphrase } from './passphrase.ts';

/** The keys of this home. */
export interface KeysHere extends KeyStore {
  readonly home: string;
}

/** The keys of this home; undefined where there are none. Says on stderr where they are nobody's to rely on. */
export async function findKeysHere(out: Output): Promise<KeysHere | undefined> {
  const home = findHome();
  const store = await findKeyStore(home);
  if (store && throwAwayPassphrase(home) !== undefined)
    out.note('the keys here are throw-away keys: their passphrase lies beside them, so their signatures prove nothing');
  return store && { ...store, home };
}

/** The same; throws `TrustError`, `keyring-missing`. */
export async function keysHere(out: Output): Promise<KeysHere> {
  const keys = await findKeysHere(out);
  if (!keys) throw keyringMissing();
  return keys;
}

/** An order is judged by one root key for its whole life. Throws `CommandFailure`, `keyring-refused`. */
export function requireRoot({ root }: KeysHere, trust: Pick<OrderTrust, 'root'>, orderId: string): void {
  if (root.x !== trust.root)
    throw refused('keyring-refused', `order ${orderId} was submitted under another root key than that of this home. Accepted: signatures under its own`);
}

/** Whose key shall sign. */
export interface Wanted {
  readonly role: Role;
  /** The person, where several hold the role here. */
  readonly holder?: string | undefined;
  /** Who signs the same beside. */
  readonly beside?: string | undefined;
  /** When the key must count, epoch milliseconds. */
  readonly at: number;
  readonly delegations?: readonly Pick<WrittenDelegation, 'role' | 'to'>[];
}

/**
 * Opens the key of who signs in a role here: of the one person who can, by a key for the role or as somebody to whom it was delegated. Nobody
 * is chosen among several. Throws `CommandFailure`: `holder-ambiguous`, `same-person`; and `TrustError` as `openSigner` does.
 */
export async function openPerson({ home, keyring }: KeysHere, wanted: Wanted): Promise<Signer> {
  const { role, holder, beside, at, delegations = [] } = wanted;
  if (holder !== undefined && holder === beside) throw refused('same-person', `${holder} signs this already. Accepted: the signature of another person`);
  const files = keyFiles(home);
  const isHere = ({ id }: KeyringEntry): boolean => existsSync(files.privateKey(id)) || existsSync(files.signer(id));
  const may = (entry: KeyringEntry): boolean => entry.role === role || delegations.some((one) => one.role === role && one.to === entry.holder);
  const found = keyring.keys.filter(
    (entry) =>
      may(entry) && (holder === undefined || entry.holder === holder) && entry.holder !== beside && 'id' in keyAt(keyring, entry.id, at) && isHere(entry),
  );
  const [person, ...others] = new Set(found.map((entry) => entry.holder));
  if (others.length > 0) throw usage(`${[person, ...others].join(' and ')} can sign as ${role} here: --holder names the one who does`, 'holder-ambiguous');
  if (person === undefined && holder === undefined && beside !== undefined)
    throw new TrustError('key-missing', `nobody but ${beside} has a key here that signs as ${role}`);
  const entry = found.find((one) => one.role === role) ?? found[0];
  const [keyRole, whose] = [entry?.role ?? role, person ?? holder];
  const ask = (): Promise<string> => askPassphrase(`the key ${whose === undefined ? '' : `of ${whose} `}as ${keyRole}`);
  return await openSigner(home, keyRole, ask, { at, ...(whose !== undefined && { holder: whose }) });
}
