import type { Session } from './database.ts';
import { type LotUnits, splitUnits, sumOf } from '../domain/lots.ts';

export interface UnitsWanted {
  readonly key: string;
  readonly orderId: string;
  readonly product: string;
  readonly units: number;
  /** The day on which the desk looks at the reservation again, YYYY-MM-DD; left out where it need not. */
  readonly reviewBy?: string;
  readonly at: number;
}

/**
 * Takes all units or none from the lots open at `at`, oldest first, and answers from which. The lots are locked by name first, and in a statement of its own: PostgreSQL
 * holds a row against its constraints as the statement first saw it, and the one that takes must see what the lock has waited for. Whoever comes
 * second to a key takes nothing.
 */
export async function takeUnits(ledger: Session, wanted: UnitsWanted): Promise<LotUnits[]> {
  const open = await lockOpen(ledger, wanted);
  if (sumOf(open) < wanted.units) return [];
  return await reserveOf(ledger, wanted, splitUnits(open, wanted.units).first);
}

/** What is free of each open lot, oldest first; none where something is known under the key. */
async function lockOpen(ledger: Session, { key, product, at }: UnitsWanted): Promise<LotUnits[]> {
  return await ledger.query<LotUnits>(
    `with open as (
       select id, free, opens_at from lots where product = $2 and free > 0 and (opens_at is null or opens_at <= $3)
         and not exists (select from reservations where key = $1)
       order by id for update
     )
     select id as lot, free as units from open order by opens_at nulls first, id`,
    [key, product, new Date(at)],
  );
}

/** Makes the reservation and takes its units, in one statement; answers its lots by name, none where another call was first to the key. */
const reserveOf = (ledger: Session, { key, orderId, reviewBy, at }: UnitsWanted, parts: readonly LotUnits[]): Promise<LotUnits[]> =>
  ledger.query<LotUnits>(
    `with made as (
       insert into reservations (key, order_id, customer, state, made_at, changed_at, review_by)
       values ($1, $2, (select terms->>'customer' from orders where id = $2), 'reserved', $3, $3, $4) on conflict do nothing returning key
     ), taken as (
       update lots set free = lots.free - part.units, reserved = lots.reserved + part.units
       from made, unnest($5::text[], $6::int[]) as part (lot, units) where lots.id = part.lot and lots.free >= part.units returning part.lot, part.units
     ), held as (
       insert into reservation_lots (reservation_key, lot_id, units) select $1, lot, units from taken
     ), entered as (
       insert into stock_journal (lot, kind, units, key, reservation_key, order_id, at) select lot, 'reserved', units, $1, $1, $2, $3 from taken
     )
     select lot, units from taken order by lot`,
    [key, orderId, new Date(at), reviewBy ?? null, parts.map(({ lot }) => lot), parts.map(({ units }) => units)],
  );
