import type { Database } from '../ledger/database.ts';
import { releaseUnits, reserveUnits, shipUnits } from '../ledger/stock.ts';
import type { LedgerPort } from './ports.ts';

/** Stock as the ledger keeps it: every call is one transaction, safe to repeat under its key. */
export const createLedgerPort = (database: Database): LedgerPort => ({
  reserve: (request) => reserveUnits(database, request),
  ship: (request) => shipUnits(database, request),
  release: (request) => releaseUnits(database, request),
});
