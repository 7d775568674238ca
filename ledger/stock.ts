import type { StepResults } from '../domain/steps.ts';
import { type Database, inTransaction, type Session } from './database.ts';
import { giveBackAtOnce } from './stock-at-once.ts';
import { type LotUnits, splitUnits, sumOf } from '../domain/lots.ts';
import { type Freed, freeUnits, lockOrder, lockReservation, lotsOf, reservationOf, settle, takeFromReservation } from './stock-reservations.ts';
import { leaveWaitlist } from './waitlist.ts';

/** Keeps so many units of what a reservation has, from its lots in the order of their names, and gives the others back; of one that has as few, all. */
export async function keepUnits(ledger: Session, key: string, units: number, at: number): Promise<void> {
  const reservation = await lockReservation(ledger, key);
  if (reservation?.state !== 'reserved') return;
  const held = await lotsOf(ledger, key);
  if (sumOf(held) <= units) return;
  const parts = splitUnits(held.toReversed(), sumOf(held) - units).first;
  for (const part of parts) await takeFromReservation(ledger, reservation, part, at);
  await freeUnits(ledger, reservation, [{ kind: 'released', key, parts }], at);
}

/** Keeps so many units of a reservation, the first lots by name, and gives the others back; those that have left are not counted. Safe to repeat. */
export const reduceUnits = (database: Database, request: { reservationKey: string; units: number; at: number }): Promise<StepResults['reduce-stock']> =>
  inTransaction(database, async (ledger) => {
    await keepUnits(ledger, request.reservationKey, request.units, request.at);
    return { kept: request.units };
  });

/**
 * Gives the units of a reservation back: of one that was never made or given back before, none. Units of its shipments come
 * back too, but for those that are known to have left: an order wants that only after a person has settled that the others never did.
 */
export async function releaseUnits(database: Database, request: ReleaseWanted): Promise<StepResults['release-stock']> {
  const released = await giveBackAtOnce(database, request);
  return released === undefined ? await inTransaction(database, (ledger) => releaseUnitsIn(ledger, request)) : { released };
}

export interface ReleaseWanted {
  readonly orderId: string;
  readonly reservationKey: string;
  /** The keys of the shipments that have left, and stay so. */
  readonly left?: readonly string[];
  readonly at: number;
}

/** The same within a transaction of the caller. */
export async function releaseUnitsIn(ledger: Session, { orderId, reservationKey, left = [], at }: ReleaseWanted): Promise<StepResults['release-stock']> {
  await lockOrder(ledger, orderId);
  const setAside = await leaveWaitlist(ledger, orderId, at);
  if (setAside !== undefined && setAside !== reservationKey) await giveBack(ledger, orderId, setAside, [], at);
  return { released: await giveBack(ledger, orderId, reservationKey, left, at) };
}

async function giveBack(ledger: Session, orderId: string, key: string, left: readonly string[], at: number): Promise<number> {
  // Kept also where none was made, so that a call which was still on its way cannot reserve what nobody would give back.
  const [never] = await ledger.query(
    `insert into reservations (key, order_id, state, made_at, changed_at) values ($1, $2, 'released', $3, $3) on conflict do nothing returning 1`,
    [key, orderId, new Date(at)],
  );
  const reservation = never ? undefined : await reservationOf(ledger, key);
  if (!reservation) return 0;
  const held: Freed[] = reservation.state === 'reserved' ? [{ kind: 'released', key, parts: await lotsOf(ledger, key) }] : [];
  const freed = [...held, ...(await undoShipments(ledger, key, left))].filter(({ parts }) => parts.length > 0);
  if (reservation.state !== 'released') await settle(ledger, reservation, 'released', at);
  if (freed.length > 0) await freeUnits(ledger, reservation, freed, at);
  return sumOf(freed.flatMap(({ parts }) => parts));
}

/** The shipments of a reservation that never left after all, and what they took; what customs sent back is in stock already. */
async function undoShipments(ledger: Session, key: string, left: readonly string[]): Promise<Freed[]> {
  const rows = await ledger.query<{ key: string; parts: LotUnits[] }>(
    `with undone as (update shipments set state = 'never-left' where reservation_key = $1 and state = 'left' and key <> all ($2) returning key)
     select key, jsonb_agg(jsonb_build_object('lot', lot_id, 'units', units) order by lot_id) as parts
     from undone join shipment_lots on shipment_key = key group by key order by key`,
    [key, left],
  );
  return rows.map((row) => ({ kind: 'returned', ...row }));
}
