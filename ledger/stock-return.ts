import type { StepResults } from '../domain/steps.ts';
import { type Database, inTransaction, type Session } from './database.ts';
import { type LotUnits, sumOf } from '../domain/lots.ts';
import { moveUnits } from './stock-journal.ts';
import { lockOrder } from './stock-reservations.ts';

/** A shipment that customs sent back. `key` is the step's own, `at` in epoch milliseconds. */
export interface ReturnedGoods {
  readonly key: string;
  readonly orderId: string;
  readonly shipmentKey: string;
  readonly reason: string;
  readonly at: number;
}

/**
 * Takes the units of a shipment into stock again, and sets them apart in the same moment: nobody can have them before they were looked at, so who waits
 * is not served. Once by its key. What quotas count goes down, as for any units that came back; the license stays used, for the export was made. Throws
 * where the order has no such shipment, or it came back otherwise.
 */
export const quarantineReturn = (database: Database, { key, orderId, shipmentKey, reason, at }: ReturnedGoods): Promise<StepResults['quarantine-return']> =>
  inTransaction(database, async (ledger) => {
    await lockOrder(ledger, orderId);
    const { state, returned_by, reservation_key } = await shipmentOf(ledger, orderId, shipmentKey);
    const lots = await lockShipped(ledger, shipmentKey);
    const quarantined = sumOf(lots);
    if (returned_by === key) return { quarantined };
    if (state !== 'left')
      throw new Error(`shipment ${shipmentKey} ${returned_by ? `came back by ${returned_by}` : 'never left, as a person has settled'}: it does not come back`);
    await moveUnits(ledger, { kind: 'returned', key: shipmentKey, reservation: { key: reservation_key, orderId }, reason, at }, lots);
    await moveUnits(ledger, { kind: 'quarantined', key, reason, at }, lots);
    await ledger.query(`update shipments set state = 'returned', returned_by = $2 where key = $1`, [shipmentKey, key]);
    return { quarantined };
  });

interface ShipmentRow extends Record<string, unknown> {
  state: 'left' | 'never-left' | 'returned';
  returned_by: string | null;
  reservation_key: string;
}

async function shipmentOf(ledger: Session, orderId: string, key: string): Promise<ShipmentRow> {
  const [shipment] = await ledger.query<ShipmentRow>('select state, returned_by, reservation_key from shipments where key = $1 and order_id = $2', [
    key,
    orderId,
  ]);
  if (!shipment) throw new Error(`order ${orderId} has no shipment ${key} in the ledger: only goods that have left come back`);
  return shipment;
}

/** What a shipment took of each lot, with the lots locked until the transaction ends. */
const lockShipped = (ledger: Session, key: string): Promise<LotUnits[]> =>
  ledger.query<LotUnits>('select lot_id as lot, units from shipment_lots join lots on id = lot_id where shipment_key = $1 order by id for update of lots', [
    key,
  ]);
