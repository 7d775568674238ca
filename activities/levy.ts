import type { Database } from '../ledger/database.ts';
import { accrueLevy } from '../ledger/levy.ts';
import type { LevyPort } from './ports.ts';

/** The levy as an accrual in the ledger; it is remitted after the sale and never holds a shipment back. */
export const createLevyPort = (database: Database): LevyPort => ({
  async accrue(request) {
    await accrueLevy(database, request);
    return { entryReference: request.key };
  },
});
