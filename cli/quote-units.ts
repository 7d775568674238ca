import type { UnitsInUse } from '../domain/rules/quota.ts';
import { EngineError } from '../engine/errors.ts';
import { findHome, isEngineKnown } from '../engine/home.ts';
import { LedgerUnreachable } from '../ledger/database.ts';
import { unitsInUse } from '../ledger/units-in-use.ts';

/** The units in use by the ledger that is known here; undefined where there is none, or where it does not answer: a quote needs no server. */
export async function unitsInUseHere(): Promise<readonly UnitsInUse[] | undefined> {
  if (!process.env['DATABASE_URL'] && !isEngineKnown(findHome())) return undefined;
  const { withLedger } = await import('./desk.ts');
  try {
    return await withLedger(unitsInUse);
  } catch (error) {
    if (error instanceof LedgerUnreachable || error instanceof EngineError) return undefined;
    throw error;
  }
}
