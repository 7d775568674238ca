import type { OrderTerms } from '../domain/terms.ts';
import { type Database, inTransaction, query } from './database.ts';
import { holdByCase, lockDiversions, standingCases } from './diversion-holds.ts';

/** An order id stands for other content than what is submitted under it now. */
export class OrderConflict extends Error {
  override readonly name = 'OrderConflict';
}

/**
 * Claims the ids of orders for their terms, for ever; all of them or, where one stands for other content, none
 * (`OrderConflict`). Submitting the same content again is no conflict, and leaves the
 * time of the first submission, `at` in epoch milliseconds, as it was. What a customer submits of whom a diversion was reported is held by that case
 * in the same transaction.
 */
export const claimOrders = (database: Database, orders: readonly { readonly terms: OrderTerms; readonly policy: string }[], at: number): Promise<void> =>
  inTransaction(database, async (ledger) => {
    const customers = [...new Set(orders.map(({ terms }) => terms.customer))].toSorted();
    for (const customer of customers) await lockDiversions(ledger, customer);
    const cases = await standingCases(ledger, customers);
    for (const { terms, policy } of orders) {
      const values = [terms.id, JSON.stringify(terms), policy];
      const claimed = await ledger.query<{ id: string }>(
        'insert into orders (id, terms, policy, submitted_at) values ($1, $2, $3, $4) on conflict do nothing returning id',
        [...values, new Date(at)],
      );
      const same = await ledger.query('select id from orders where id = $1 and terms = $2::jsonb and policy = $3', values);
      if (same.length === 0) throw new OrderConflict(`order ${terms.id} was submitted before with other content`);
      // One that was known before is held already, or a person has lifted that.
      for (const one of claimed.length > 0 ? cases : []) if (one.customer === terms.customer) await holdByCase(ledger, one, [terms.id]);
    }
  });

/** When the first of these orders was submitted, in epoch milliseconds; undefined where none was. */
export async function submittedAt(database: Database, orders: readonly string[]): Promise<number | undefined> {
  const [row] = await query<{ first: Date | null }>(database, 'select min(submitted_at) as first from orders where id = any($1)', [orders]);
  return row?.first?.getTime();
}
