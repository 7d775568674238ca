import { holdIn, liftIn, openOrdersOf, type ToldChange } from './board-tidings.ts';
import { type CustomerWord, recordCustomerIn } from './customers.ts';
import { type Database, inTransaction } from './database.ts';

const holdsOf = (customer: string): string => `customer-removed:${customer}`;

/**
 * Takes a customer off the list and puts every open order of theirs on hold, in one transaction: from then on none of them
 * ships, whether it has heard of it or not. Answers the holds, for the orders to be told.
 */
export const removeCustomer = (database: Database, word: Omit<CustomerWord, 'standing' | 'orderId'>): Promise<ToldChange[]> =>
  inTransaction(database, async (ledger) => {
    await recordCustomerIn(ledger, { ...word, standing: 'removed', orderId: null });
    return await holdIn(ledger, await openOrdersOf(ledger, word.customer), { id: `${holdsOf(word.customer)}:${word.key}`, reason: word.reason });
  });

/** Puts a customer back on the list and lifts what its removal had put on hold. Answers the lifts, for the orders to be told. */
export const approveCustomer = (database: Database, word: Omit<CustomerWord, 'standing' | 'orderId'>): Promise<ToldChange[]> =>
  inTransaction(database, async (ledger) => {
    await recordCustomerIn(ledger, { ...word, standing: 'approved', orderId: null });
    return await liftIn(ledger, holdsOf(word.customer), word.reason);
  });
