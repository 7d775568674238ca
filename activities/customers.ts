import type { Database } from '../ledger/database.ts';
import { recordCustomer, standingOf } from '../ledger/customers.ts';
import type { CustomersPort } from './ports.ts';

/** The list of vetted customers as the ledger keeps it. */
export const createCustomersPort = (database: Database): CustomersPort => ({
  standingOf: (customer) => standingOf(database, customer),
  async record({ key, customer, standing, reason, orderId, at }) {
    await recordCustomer(database, { key, customer, standing, reason, orderId, at });
    return { recorded: standing };
  },
});
