import type { QuotaUse } from '../domain/rules/quota-standing.ts';
import { type Database, inTransaction, type Session } from './database.ts';

/** Units that orders hold or have had shipped, by customer and product: what quotas count. Units given back count for nothing. */
export const unitsInUse = (database: Database): Promise<QuotaUse[]> => inTransaction(database, unitsInUseIn);

/** The same within a transaction of the caller. */
export const unitsInUseIn = (ledger: Session): Promise<QuotaUse[]> =>
  ledger.query<QuotaUse & Record<string, unknown>>(
    `select customer, product, reserved, committed, reserved + committed as units from quota_use
     where reserved + committed > 0 order by customer collate "C", product collate "C"`,
  );
