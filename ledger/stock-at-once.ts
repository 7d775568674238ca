import { type Database, query } from './database.ts';
import type { LotUnits } from '../domain/lots.ts';
import type { UnitsWanted } from './stock-taking.ts';

/**
 * Reserves where one open lot, the oldest that has something free, has all units, nobody waits for the product and nothing is set aside for the order:
 * the common case, in one statement of migration 014, so that the lot is not locked while the ledger waits for its client. Undefined in any other
 * case; then nothing has happened.
 */
export async function reserveAtOnce(database: Database, { key, orderId, product, units, reviewBy, at }: UnitsWanted): Promise<LotUnits | undefined> {
  const [row] = await query<{ lot: string | null }>(database, 'select reserve_at_once($1, $2, $3, $4, $5, $6) as lot', [
    ...[key, orderId, product, units, reviewBy ?? null, new Date(at)],
  ]);
  return row?.lot ? { lot: row.lot, units } : undefined;
}

/** Gives back what is reserved of one lot where nobody waits for the product, and answers how many units; undefined in any other case. */
export async function giveBackAtOnce(
  database: Database,
  { reservationKey, orderId, at }: { readonly reservationKey: string; readonly orderId: string; readonly at: number },
): Promise<number | undefined> {
  const [row] = await query<{ released: number | null }>(database, 'select give_back_at_once($1, $2, $3) as released', [
    ...[reservationKey, orderId, new Date(at)],
  ]);
  return row?.released ?? undefined;
}
