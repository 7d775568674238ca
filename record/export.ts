import type { JWK } from 'jose';
import type { Signer } from '../trust/signer.ts';
import { endOf } from './chain.ts';
import type { Chain, Head, Inclusion, RecordFile, RootKey } from './format.ts';
import { headStatement } from './head.ts';
import { canonicalText, toJson } from './json.ts';
import { signStatement } from './statement.ts';

/** Who vouches for a record that is exported: a signer, the keyring in which its key stands, and the root that signed that. */
export interface Vouching {
  readonly signer: Signer;
  readonly keyring: string;
  readonly root: JWK;
}

/**
 * A record as a file, its end signed where somebody vouches for it. `exportedAt` (epoch milliseconds) is the exporter's own
 * time: on an engine whose time is skipped, entries may lie after it.
 */
export async function exportRecord(
  chain: Chain,
  { exportedAt, state }: Pick<Head, 'exportedAt' | 'state'>,
  vouching: Vouching | null,
  inclusion: Inclusion | null = null,
): Promise<RecordFile> {
  const head: Head = { count: chain.entries.length, hash: endOf(chain), exportedAt, state };
  if (!vouching) return { ...chain, head, inclusion: null, signature: null, keyring: null, root: null };
  const signature = await signStatement('twokey-record-head', headStatement(chain, head, inclusion), vouching.signer);
  return { ...chain, head, inclusion, signature, keyring: vouching.keyring, root: rootOf(vouching.root) };
}

const rootOf = ({ x = '' }: JWK): RootKey => ({ crv: 'Ed25519', kty: 'OKP', x });

/** A record as the text of a file: canonical but for line breaks, so that each entry has a line of its own. */
export function recordText(record: RecordFile): string {
  const { entries, ...rest } = record;
  const lines = entries.map((entry) => canonicalText(toJson(entry))).join(',\n');
  const others = Object.entries(rest)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `"${name}":${canonicalText(toJson(value))}`);
  return `{"entries":[\n${lines}\n],\n${others.join(',\n')}\n}\n`;
}
