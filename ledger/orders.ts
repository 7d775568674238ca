import type { OrderTerms } from '../domain/terms.ts';
import { type Database, session } from './database.ts';

/**
 * Claims an order id for these terms, for ever. `conflict` where the id stands for other content; submitting the same
 * content again is no conflict.
 */
export async function claimOrder(database: Database, terms: OrderTerms, policy: string): Promise<'claimed' | 'known' | 'conflict'> {
  const ledger = session(database);
  const made = await ledger.query('insert into orders (id, terms, policy, submitted_at) values ($1, $2, $3, now()) on conflict do nothing returning id', [
    terms.id,
    JSON.stringify(terms),
    policy,
  ]);
  if (made.length > 0) return 'claimed';
  const same = await ledger.query('select id from orders where id = $1 and terms = $2::jsonb and policy = $3', [terms.id, JSON.stringify(terms), policy]);
  return same.length > 0 ? 'known' : 'conflict';
}
