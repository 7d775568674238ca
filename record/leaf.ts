import { endOf } from './chain.ts';
import type { Chain } from './format.ts';
import { canonicalText } from './json.ts';
import { leafHash } from './merkle.ts';

/** What the ledger's tree holds of a sealed record: where its chain ended, and after how many entries. */
export interface Seal {
  readonly order: string;
  readonly hash: string;
  readonly count: number;
}

/** What the tree holds of a record. */
export const sealOf = (chain: Chain): Seal => ({ order: chain.order, hash: endOf(chain), count: chain.entries.length });

/** The leaf hash of a sealed record. */
export const leafOf = ({ order, hash, count }: Seal): string => leafHash(Buffer.from(canonicalText({ count, hash, order })));
