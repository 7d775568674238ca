import { lockKey, type Session } from './database.ts';
import { unitsCameFree } from './stock-freed.ts';
import { type LotUnits, type Movement, moveUnits } from './stock-journal.ts';
import { lockQueues } from './waitlist.ts';

export interface StockReservation extends Record<string, unknown> {
  readonly key: string;
  readonly order_id: string;
  readonly state: 'reserved' | 'shipped' | 'released';
}

/** A reservation, locked until the transaction ends; undefined where none was ever made under this key. */
export async function lockReservation(ledger: Session, key: string): Promise<StockReservation | undefined> {
  await lockKey(ledger, key);
  const [reservation] = await ledger.query<StockReservation>('select key, order_id, state from reservations where key = $1 for update', [key]);
  return reservation;
}

/** What a reservation has of each lot, by the names of the lots. */
export const lotsOf = (ledger: Session, key: string): Promise<LotUnits[]> =>
  ledger.query<LotUnits>('select lot_id as lot, units from reservation_lots where reservation_key = $1 order by lot_id', [key]);

/** The same with the lots locked until the transaction ends. */
export const lockLots = (ledger: Session, key: string): Promise<LotUnits[]> =>
  ledger.query<LotUnits>(
    'select lot_id as lot, units from reservation_lots join lots on id = lot_id where reservation_key = $1 order by id for update of lots',
    [key],
  );

/** Moves units of a reservation that is locked; who waits for what comes free is served at once. */
export async function moveReserved(
  ledger: Session,
  { key, order_id: orderId }: StockReservation,
  movement: Omit<Movement, 'reservation'>,
  parts: readonly LotUnits[],
): Promise<void> {
  const isFreed = movement.kind === 'released' || movement.kind === 'returned';
  if (isFreed) await lockQueuesOf(ledger, parts);
  const products = await moveUnits(ledger, { ...movement, reservation: { key, orderId } }, parts);
  if (isFreed) for (const product of products) await unitsCameFree(ledger, product, movement.at);
}

/** Brings a reservation into its next state. */
export const settle = (ledger: Session, { key }: StockReservation, state: 'shipped' | 'released', at: number): Promise<unknown> =>
  ledger.query('update reservations set state = $2, changed_at = $3 where key = $1', [key, state, new Date(at)]);

/** Takes units out of a reservation that is locked; what becomes of them is for the caller to say. False where it has not as many of that lot. */
export async function takeFromReservation(ledger: Session, { key }: StockReservation, { lot, units }: LotUnits, at: number): Promise<boolean> {
  const named = [key, lot, units];
  // A lot is forgotten with its last unit.
  const made =
    (await ledger.query('update reservation_lots set units = units - $3 where reservation_key = $1 and lot_id = $2 and units > $3 returning 1', named))[0] ??
    (await ledger.query('delete from reservation_lots where reservation_key = $1 and lot_id = $2 and units = $3 returning 1', named))[0];
  if (!made) return false;
  await ledger.query('update reservations set changed_at = $2 where key = $1', [key, new Date(at)]);
  return true;
}

async function lockQueuesOf(ledger: Session, parts: readonly LotUnits[]): Promise<void> {
  const rows = await ledger.query<{ product: string }>('select distinct product from lots where id = any($1)', [parts.map(({ lot }) => lot)]);
  await lockQueues(
    ledger,
    rows.map(({ product }) => product),
  );
}
