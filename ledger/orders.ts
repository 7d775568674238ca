import type { OrderTerms } from '../domain/terms.ts';
import { type Database, inTransaction, query } from './database.ts';

/** An order id stands for other content than what is submitted under it now. */
export class OrderConflict extends Error {
  override readonly name = 'OrderConflict';
}

/**
 * Claims the ids of orders for their terms, for ever; all of them or, where one stands for other content, none
 * (`OrderConflict`). Submitting the same content again is no conflict, and leaves the
 * time of the first submission, `at` in epoch milliseconds, as it was.
 */
export const claimOrders = (database: Database, orders: readonly { readonly terms: OrderTerms; readonly policy: string }[], at: number): Promise<void> =>
  inTransaction(database, async (ledger) => {
    for (const { terms, policy } of orders) {
      const values = [terms.id, JSON.stringify(terms), policy];
      await ledger.query('insert into orders (id, terms, policy, submitted_at) values ($1, $2, $3, $4) on conflict do nothing', [...values, new Date(at)]);
      const same = await ledger.query('select id from orders where id = $1 and terms = $2::jsonb and policy = $3', values);
      if (same.length === 0) throw new OrderConflict(`order ${terms.id} was submitted before with other content`);
    }
  });

/** When the first of these orders was submitted, in epoch milliseconds; undefined where none was. */
export async function submittedAt(database: Database, orders: readonly string[]): Promise<number | undefined> {
  const [row] = await query<{ first: Date | null }>(database, 'select min(submitted_at) as first from orders where id = any($1)', [orders]);
  return row?.first?.getTime();
}
