import type { OrderTerms } from '../domain/terms.ts';
import { type Database, query } from './database.ts';

/**
 * Claims an order id for these terms, for ever. `conflict` where the id stands for other content; submitting the same
 * content again is no conflict.
 */
export async function claimOrder(database: Database, terms: OrderTerms, policy: string): Promise<'claimed' | 'known' | 'conflict'> {
  const made = await query(database, 'insert into orders (id, terms, policy, submitted_at) values ($1, $2, $3, now()) on conflict do nothing returning id', [
    terms.id,
    JSON.stringify(terms),
    policy,
  ]);
  if (made.length > 0) return 'claimed';
  const same = await query(database, 'select id from orders where id = $1 and terms = $2::jsonb and policy = $3', [terms.id, JSON.stringify(terms), policy]);
  return same.length > 0 ? 'known' : 'conflict';
}

/** When the first of these orders was submitted, in epoch milliseconds; undefined where none was. */
export async function submittedAt(database: Database, orders: readonly string[]): Promise<number | undefined> {
  const [row] = await query<{ first: Date | null }>(database, 'select min(submitted_at) as first from orders where id = any($1)', [orders]);
  return row?.first?.getTime();
}
