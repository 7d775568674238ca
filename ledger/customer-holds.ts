import type { PolicyChange } from '../domain/policy-change.ts';
import { type CustomerWord, recordCustomerIn } from './customers.ts';
import { type Database, inTransaction, type Session } from './database.ts';
import { recordChangeIn } from './policy-board.ts';

/** A change that now stands on the board for one order. */
export interface ToldChange {
  readonly order: string;
  readonly change: PolicyChange;
}

const holdPrefix = (customer: string): string => `customer-removed:${customer}:`;

/**
 * Takes a customer off the list and puts every order of theirs that the ledger knows on hold, in one transaction: from then on none of them
 * ships, whether it has heard of it or not. Answers the holds, for the orders to be told.
 */
export const removeCustomer = (database: Database, word: Omit<CustomerWord, 'standing' | 'orderId'>): Promise<ToldChange[]> =>
  inTransaction(database, async (ledger) => {
    await recordCustomerIn(ledger, { ...word, standing: 'removed', orderId: null });
    const orders = await ledger.query<{ id: string }>(`select id from orders where terms->>'customer' = $1 order by id`, [word.customer]);
    const told: ToldChange[] = [];
    for (const { id } of orders) {
      const change = { orderId: id, id: `${holdPrefix(word.customer)}${word.key}`, effect: 'hold', reason: word.reason } as const;
      told.push({ order: id, change: await recordChangeIn(ledger, change) });
    }
    return told;
  });

/** Puts a customer back on the list and lifts what its removal had put on hold. Answers the lifts, for the orders to be told. */
export const approveCustomer = (database: Database, word: Omit<CustomerWord, 'standing' | 'orderId'>): Promise<ToldChange[]> =>
  inTransaction(database, async (ledger) => {
    await recordCustomerIn(ledger, { ...word, standing: 'approved', orderId: null });
    const told: ToldChange[] = [];
    for (const { order, hold } of await holdsOf(ledger, word.customer))
      told.push({ order, change: await recordChangeIn(ledger, { orderId: order, id: hold, effect: 'lift', reason: word.reason }) });
    return told;
  });

/** Holds of a removal that nobody has lifted. */
const holdsOf = (ledger: Session, customer: string): Promise<{ order: string; hold: string }[]> =>
  ledger.query<{ order: string; hold: string }>(
    `select held.order_id as order, held.id as hold from policy_changes held
     where held.effect = 'hold' and starts_with(held.id, $1)
       and not exists (select 1 from policy_changes lifted where lifted.effect = 'lift' and lifted.id = held.id and lifted.order_id = held.order_id)
     order by held.epoch`,
    [holdPrefix(customer)],
  );
