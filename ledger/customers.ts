import type { CustomerStanding } from '../domain/steps.ts';
import { type Database, inTransaction, lockKey, query, type Session } from './database.ts';

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

/** The same within a transaction that does more; whoever asks of the customer meanwhile waits until it ends. */
export async function recordCustomerIn(ledger: Session, word: CustomerWord): Promise<void> {
  await lockCustomer(ledger, word.customer);
  await ledger.query(
    `insert into customer_words (key, customer, standing, reason, order_id, said_at) values ($1, $2, $3, $4, $5, $6) on conflict (key) do nothing`,
    [word.key, word.customer, word.standing, word.reason, word.orderId, new Date(word.at)],
  );
}

/**
 * Commerce declines a customer that it has not approved. One that is approved stays so, and `approved` is the answer: its orders are under way,
 * and what stops those is a removal.
 */
export const declineCustomer = (database: Database, word: Omit<CustomerWord, 'standing' | 'orderId'>): Promise<'declined' | 'approved'> =>
  inTransaction(database, async (ledger) => {
    if ((await standingIn(ledger, word.customer)) === 'approved') return 'approved';
    await recordCustomerIn(ledger, { ...word, standing: 'declined', orderId: null });
    return 'declined';
  });

/**
 * What the list says of a customer. A removal that is being written is waited for: an order that still reads `approved` was claimed before it,
 * and is among those that it holds.
 */
export const standingOf = (database: Database, customer: string): Promise<CustomerStanding | 'not-vetted'> =>
  inTransaction(database, (ledger) => standingIn(ledger, customer));

async function standingIn(ledger: Session, customer: string): Promise<CustomerStanding | 'not-vetted'> {
  await lockCustomer(ledger, customer);
  const [newest] = await ledger.query<{ standing: CustomerStanding }>(
    'select standing from customer_words where customer = $1 order by position desc limit 1',
    [customer],
  );
  return newest?.standing ?? 'not-vetted';
}

const lockCustomer = (ledger: Session, customer: string): Promise<unknown> => lockKey(ledger, `customer/${customer}`);

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
