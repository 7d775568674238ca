import type { CustomerStanding } from '../domain/steps.ts';
import { type Database, inTransaction, query, type Session } from './database.ts';

/** What Commerce said of a customer, when (epoch milliseconds of the order on which it did) and why. */
export interface CustomerWord {
  readonly key: string;
  readonly customer: string;
  readonly standing: CustomerStanding;
  readonly reason: string;
  /** The order on which it was said; null where it was said on none. */
  readonly orderId: string | null;
  readonly at: number;
}

/** Adds a word on a customer to the list; the same key again changes nothing. The newest word counts, whatever came before it. */
export const recordCustomer = (database: Database, word: CustomerWord): Promise<void> => inTransaction(database, (ledger) => recordCustomerIn(ledger, word));

/** The same within a transaction that does more. */
export async function recordCustomerIn(ledger: Session, word: CustomerWord): Promise<void> {
  await ledger.query(
    `insert into customer_words (key, customer, standing, reason, order_id, said_at) values ($1, $2, $3, $4, $5, $6) on conflict (key) do nothing`,
    [word.key, word.customer, word.standing, word.reason, word.orderId, new Date(word.at)],
  );
}

/** What the list says of a customer. */
export async function standingOf(database: Database, customer: string): Promise<CustomerStanding | 'not-vetted'> {
  const [newest] = await query<{ standing: CustomerStanding }>(
    database,
    'select standing from customer_words where customer = $1 order by position desc limit 1',
    [customer],
  );
  return newest?.standing ?? 'not-vetted';
}

/** One customer of the list. */
export interface ListedCustomer {
  readonly customer: string;
  readonly standing: CustomerStanding;
  readonly reason: string;
  readonly order: string | null;
  readonly at: number;
}

/** Every customer of whom Commerce has said something, with its newest word, in the order of the alphabet. */
export async function listedCustomers(database: Database): Promise<ListedCustomer[]> {
  const rows = await query<{ customer: string; standing: CustomerStanding; reason: string; order_id: string | null; said_at: Date }>(
    database,
    `select distinct on (customer) customer, standing, reason, order_id, said_at from customer_words order by customer, position desc`,
  );
  return rows.map(({ order_id: order, said_at: at, ...row }) => ({ ...row, order, at: at.getTime() }));
}
