import { type Database, inTransaction, query } from './database.ts';

/** A record of a closed order as it is kept: where its chain ends, after how many entries, and all of it as text. */
export interface SealedRecord {
  readonly order: string;
  readonly count: number;
  readonly hash: string;
  readonly record: string;
}

/** A record that is sealed for this order already, and is another one. */
export class SealConflict extends Error {
  override readonly name = 'SealConflict';
}

/**
 * Keeps the record of a closed order for ever, as the next in the order of sealing; `at` in epoch milliseconds. The same
 * record again changes nothing. Throws `SealConflict` where another one is kept.
 */
export const sealRecord = (database: Database, { order, count, hash, record }: SealedRecord, at: number): Promise<'sealed' | 'known'> =>
  inTransaction(database, async (ledger) => {
    // Whoever seals waits for whoever does so already, so that the numbers have no gap.
    await ledger.query('lock table sealed_records in share row exclusive mode');
    const [before] = await ledger.query<{ hash: string }>('select hash from sealed_records where order_id = $1', [order]);
    if (before && before.hash !== hash) throw new SealConflict(`another record of order ${order} is sealed, which ends at ${before.hash} and not at ${hash}`);
    if (before) return 'known';
    await ledger.query(
      `insert into sealed_records (position, order_id, entries, hash, record, sealed_at)
       select coalesce(max(position) + 1, 0), $1, $2, $3, $4, $5 from sealed_records`,
      [order, count, hash, record, new Date(at)],
    );
    return 'sealed';
  });

/** The sealed record of an order as text, undefined where there is none. */
export async function sealedRecord(database: Database, order: string): Promise<string | undefined> {
  const [row] = await query<{ record: string }>(database, 'select record from sealed_records where order_id = $1', [order]);
  return row?.record;
}

/** Which of these orders have no sealed record. */
export async function unsealedOf(database: Database, orders: readonly string[]): Promise<string[]> {
  const rows = await query<{ order: string }>(database, 'select order_id as order from sealed_records where order_id = any($1)', [orders]);
  const sealed = new Set(rows.map((row) => row.order));
  return orders.filter((order) => !sealed.has(order));
}

interface SealRow extends Record<string, unknown> {
  order: string;
  count: number;
  hash: string;
}

/** Where every sealed record ends, in the order of their sealing. */
export const seals = (database: Database): Promise<SealRow[]> =>
  query<SealRow>(database, 'select order_id as order, entries as count, hash from sealed_records order by position');

/** A signed tree head as it is kept; `at` in epoch milliseconds. */
export interface KeptCheckpoint {
  readonly number: number;
  readonly size: number;
  readonly root: string;
  readonly at: number;
  readonly statement: string;
}

/** The newest checkpoint, undefined where none was signed yet. */
export async function lastCheckpoint(database: Database): Promise<KeptCheckpoint | undefined> {
  const [row] = await query<{ number: number; size: number; root: string; at: Date; statement: string }>(
    database,
    'select number, size, root, signed_at as at, statement from record_checkpoints order by number desc limit 1',
  );
  return row && { ...row, at: row.at.getTime() };
}

/** Keeps a checkpoint under its number; false where another was kept under that number meanwhile. */
export async function keepCheckpoint(database: Database, { number, size, root, at, statement }: KeptCheckpoint): Promise<boolean> {
  const kept = await query(
    database,
    `insert into record_checkpoints (number, size, root, signed_at, statement) values ($1, $2, $3, $4, $5)
     on conflict (number) do nothing returning number`,
    [number, size, root, new Date(at), statement],
  );
  return kept.length === 1;
}
