import type { Kept } from '../trust/change-keyring.ts';
import { type KeyringEntry, refusalAt, told } from '../domain/signing/keyring.ts';
import { findHome, isEngineKnown } from '../engine/home.ts';
import { moment, type Output, table } from './output.ts';

/** A key as scripts read it: moments as ISO 8601, and its state now. */
export interface ShownKey extends Omit<KeyringEntry, 'from' | 'until' | 'revoked' | 'external'> {
  readonly from: string;
  readonly until: string | null;
  readonly revoked: { readonly at: string; readonly reason: string } | null;
  readonly external: boolean;
  readonly state: string;
}

export const shown = (entry: KeyringEntry): ShownKey => ({
  ...entry,
  from: told(entry.from),
  until: entry.until === null ? null : told(entry.until),
  revoked: entry.revoked && { ...entry.revoked, at: told(entry.revoked.at) },
  external: entry.external ?? false,
  state: refusalAt(entry, Date.now())?.refused.replace('key-', '') ?? 'valid',
});

export const keysTable = (keys: readonly ShownKey[]): string =>
  table(
    ['role', 'holder', 'key', 'held', 'from', 'until', 'state'],
    keys.map((one) => [
      one.role,
      one.holder,
      one.id,
      one.external ? 'elsewhere' : 'here',
      moment(one.from),
      one.until === null ? 'no end' : moment(one.until),
      one.revoked ? `revoked as of ${moment(one.revoked.at)}: ${one.revoked.reason}` : one.state,
    ]),
  );

/** Tells what a change came to; `what` says it of the key, as in "key ... made". Lets the open orders of an engine that is known here hear of it. */
export async function tell({ entry, keyring, root }: Kept, what: string, out: Output): Promise<void> {
  const key = shown(entry);
  const announced = isEngineKnown(findHome()) ? await (await import('./announce.ts')).announceUnasked() : null;
  out.result({ key, root: root.id, rootIsNew: root.isNew, sequence: keyring.sequence, announced });
  if (root.isNew) out.say(`root key ${root.id} made: whoever verifies needs this fingerprint, so note it where nobody can change it`);
  const interval = `valid from ${moment(key.from)}${key.until === null ? '' : ` until ${moment(key.until)}`}`;
  out.say(`key ${key.id} of ${key.holder} as ${key.role} ${what}, ${key.revoked ? `counts for nothing from ${moment(key.revoked.at)} on` : interval}`);
  if (announced && 'failed' in announced) out.say(`open orders were not told of it (${announced.failed}): twokey keys announce`);
  else if (announced && announced.told > 0) out.say(`${announced.told} open orders were told of it`);
}
