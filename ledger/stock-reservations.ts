import { lockKey, type Session } from './database.ts';
import type { LotUnits } from '../domain/lots.ts';
import { type Movement, moveUnits } from './stock-journal.ts';
import { lockQueues, serveQueue } from './waitlist.ts';

export interface StockReservation extends Record<string, unknown> {
  readonly key: string;
  readonly order_id: string;
  readonly state: 'reserved' | 'shipped' | 'released';
}

/**
 * Calls of one order about stock wait for each other until the transaction of the first ends: locked before the queue and any lot, also by the statements
 * of migration 018.
 */
export const lockOrder = (ledger: Session, orderId: string): Promise<unknown> => lockKey(ledger, `stock of ${orderId}`);

/** A reservation; undefined where none was ever made under this key. */
export async function reservationOf(ledger: Session, key: string): Promise<StockReservation | undefined> {
  const [reservation] = await ledger.query<StockReservation>('select key, order_id, state from reservations where key = $1', [key]);
  return reservation;
}

/** The same with its order locked until the transaction ends. */
export async function lockReservation(ledger: Session, key: string): Promise<StockReservation | undefined> {
  const seen = await reservationOf(ledger, key);
  if (!seen) return undefined;
  await lockOrder(ledger, seen.order_id);
  return await reservationOf(ledger, key);
}

/** What a reservation has of each lot and has not left, by the names of the lots. */
export const lotsOf = (ledger: Session, key: string): Promise<LotUnits[]> =>
  ledger.query<LotUnits>('select lot_id as lot, units from reservation_lots where reservation_key = $1 order by lot_id', [key]);

/** The same with what has left. */
export const everOf = (ledger: Session, key: string): Promise<LotUnits[]> =>
  ledger.query<LotUnits>(
    `select lot, sum(units)::int as units
     from (
       select lot_id as lot, units from reservation_lots where reservation_key = $1
       union all select lot_id, units from shipment_lots join shipments on key = shipment_key where reservation_key = $1
     ) had
     group by lot order by lot`,
    [key],
  );

/** What a reservation has of each lot and has not left, with the lots locked until the transaction ends. */
export const lockLots = (ledger: Session, key: string): Promise<LotUnits[]> =>
  ledger.query<LotUnits>(
    'select lot_id as lot, units from reservation_lots join lots on id = lot_id where reservation_key = $1 order by id for update of lots',
    [key],
  );

/** Locks what quotas count of the customer of a reservation, whose lots are locked: before a license, as where units are reserved. */
export const lockQuotaUse = (ledger: Session, key: string): Promise<unknown> =>
  ledger.query(
    `select from quota_use join reservations on reservations.customer = quota_use.customer
     where key = $1 and product in (select product from lots join reservation_lots on lot_id = id where reservation_key = $1) for update of quota_use`,
    [key],
  );

/** Units of a reservation that come free: of what was reserved, or of a shipment. */
export interface Freed {
  readonly kind: Extract<Movement['kind'], 'released' | 'returned'>;
  readonly key: string;
  readonly parts: readonly LotUnits[];
}

/** Frees units of a reservation that is locked; once all are free, who waits for them is served. */
export async function freeUnits(
  ledger: Session,
  { key: reservation, order_id: orderId }: StockReservation,
  freed: readonly Freed[],
  at: number,
): Promise<void> {
  await lockToGiveBack(
    ledger,
    freed.flatMap(({ parts }) => parts),
  );
  const products = new Set<string>();
  for (const { kind, key, parts } of freed)
    for (const product of await moveUnits(ledger, { kind, key, reservation: { key: reservation, orderId }, at }, parts)) products.add(product);
  for (const product of products) await serveQueue(ledger, product, at);
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

/**
 * Locks what giving these units back comes to: the queues of their products, and their lots with all others of which those who wait may get some. In
 * one statement by name, and before the units move: what quotas count is locked with the movement, by everybody after the lots.
 */
export async function lockToGiveBack(ledger: Session, parts: readonly LotUnits[]): Promise<void> {
  const lots = parts.map(({ lot }) => lot);
  const rows = await ledger.query<{ product: string }>('select distinct product from lots where id = any($1)', [lots]);
  const products = rows.map(({ product }) => product);
  await lockQueues(ledger, products);
  await ledger.query('select from lots where id = any($1) or (product = any($2) and free > 0) order by id for update', [lots, products]);
}
