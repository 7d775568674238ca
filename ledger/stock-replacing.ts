import { type LotUnits, splitUnits, sumOf, withUnits } from '../domain/lots.ts';
import type { StepResults } from '../domain/steps.ts';
import { type Database, inTransaction, type Session } from './database.ts';
import { moveUnits } from './stock-journal.ts';
import { type Finding, quarantineReserved } from './stock-quarantine.ts';
import { lockOrder, type StockReservation } from './stock-reservations.ts';

/** Units of a reservation that failed. `key` is the step's own, `at` in epoch milliseconds. */
export type FailedInStock = Finding & { readonly orderId: string; readonly reservationKey: string };
type Replaced = StepResults['replace-units'];

/**
 * Sets units of a reservation apart, and in the same transaction reserves as many others of the product, the oldest open lots first, as far as there are
 * some: the order had its units, so it comes before those who wait. What quotas count is as before, or less. Once by its key. Throws `StockRefused`
 * where the reservation has no such units, or they are set apart already.
 */
export const replaceUnits = (database: Database, failed: FailedInStock): Promise<Replaced> =>
  inTransaction(database, async (ledger) => {
    const { key, orderId, reservationKey, what, at } = failed;
    await lockOrder(ledger, orderId);
    const made = await answeredBefore(ledger, key);
    if (made) return made;
    await lockStockOf(ledger, failed);
    const reservation = await quarantineReserved(ledger, failed);
    const parts = splitUnits(await openLots(ledger, failed), what.units).first;
    if (parts.length > 0) await reserveMore(ledger, reservation, key, parts, at);
    const answer = { replaced: withUnits([], parts), missing: what.units - sumOf(parts) };
    await ledger.query('insert into unit_replacements (key, reservation_key, lots, missing, replaced_at) values ($1, $2, $3, $4, $5)', [
      ...[key, reservationKey, JSON.stringify(answer.replaced), answer.missing, new Date(at)],
    ]);
    return answer;
  });

async function answeredBefore(ledger: Session, key: string): Promise<Replaced | undefined> {
  const [made] = await ledger.query<{ lots: LotUnits[]; missing: number }>('select lots, missing from unit_replacements where key = $1', [key]);
  return made && { replaced: made.lots, missing: made.missing };
}

const ofProduct = 'product = (select product from lots where id = $1) and free > 0 and (opens_at is null or opens_at <= $2)';

/** Locks the lot of the units that failed and all from which others may be taken, in one statement by name: the queue need not be, since nothing comes free. */
const lockStockOf = (ledger: Session, { lot, at }: Finding): Promise<unknown> =>
  ledger.query(`select from lots where id = $1 or (${ofProduct}) order by id for update`, [lot, new Date(at)]);

/** What is free of each open lot of the same product, oldest first. */
const openLots = (ledger: Session, { lot, at }: Finding): Promise<LotUnits[]> =>
  ledger.query<LotUnits>(`select id as lot, free as units from lots where ${ofProduct} order by opens_at nulls first, id`, [lot, new Date(at)]);

async function reserveMore(ledger: Session, { key, order_id: orderId }: StockReservation, step: string, parts: readonly LotUnits[], at: number): Promise<void> {
  await moveUnits(ledger, { kind: 'reserved', key: step, reservation: { key, orderId }, at }, parts);
  await ledger.query(
    `insert into reservation_lots as held (reservation_key, lot_id, units) select $1, lot, units from unnest($2::text[], $3::int[]) as part (lot, units)
     on conflict (reservation_key, lot_id) do update set units = held.units + excluded.units`,
    [key, parts.map(({ lot }) => lot), parts.map(({ units }) => units)],
  );
}
