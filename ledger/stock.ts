import type { StepResults } from '../domain/steps.ts';
import { type Database, inTransaction, query, type Session } from './database.ts';
import { changesAgainstShipping } from './policy-board.ts';
import type { PolicyChange } from '../domain/policy-change.ts';

interface LotRow extends Record<string, unknown> {
  lot: string;
  units: number;
}

/** A quantity of one product that came in together. `opensAt` (epoch milliseconds) is when it may first be reserved from. */
export interface Lot {
  readonly id: string;
  readonly product: string;
  readonly units: number;
  readonly opensAt?: number;
}

const date = (at: number): Date => new Date(at);

/** Takes a lot in; the same lot again changes nothing, the same name with other numbers is an error. */
export async function receiveLot(database: Database, lot: Lot): Promise<void> {
  const opensAt = lot.opensAt === undefined ? null : date(lot.opensAt);
  const [before] = await query<{ product: string; received: number; opens_at: Date | null }>(
    database,
    `insert into lots (id, product, opens_at, received, free) values ($1, $2, $3, $4, $4)
     on conflict (id) do update set id = excluded.id returning product, received, opens_at`,
    [lot.id, lot.product, opensAt, lot.units],
  );
  if (before?.product !== lot.product || before.received !== lot.units || before.opens_at?.getTime() !== lot.opensAt)
    throw new Error(
      `lot ${lot.id} is known with ${before?.received} ${before?.product}, not ${lot.units} ${lot.product}: give the new receipt a name of its own`,
    );
}

/** Reserves all units or none from the lots open at `at`, oldest first; the same key again gets the same answer. */
export const reserveUnits = (database: Database, request: UnitsWanted): Promise<Reserved | Short> =>
  inTransaction(database, async (ledger) => {
    const { isNew: _isNew, ...answer } = await reserveUnitsIn(ledger, request);
    return answer;
  });

export interface UnitsWanted {
  readonly key: string;
  readonly orderId: string;
  readonly product: string;
  readonly units: number;
  readonly at: number;
}
interface Reserved {
  readonly outcome: 'reserved';
  readonly lots: readonly LotRow[];
}
interface Short {
  readonly outcome: 'short';
  readonly free: number;
}

/** The same within a transaction of the caller; `isNew` where the reservation was not made before. */
export async function reserveUnitsIn(ledger: Session, request: UnitsWanted): Promise<(Reserved | Short) & { readonly isNew: boolean }> {
  await lockKey(ledger, request.key);
  const [made] = await ledger.query<{ state: string }>('select state from reservations where key = $1', [request.key]);
  if (made?.state === 'released') throw new Error(`reservation ${request.key} was released: it cannot be made again`);
  if (made) return { outcome: 'reserved', lots: await lotsOf(ledger, request.key), isNew: false };
  const open = await ledger.query<LotRow>(
    `select id as lot, free as units from lots where product = $1 and free > 0 and (opens_at is null or opens_at <= $2)
     order by opens_at nulls first, id for update`,
    [request.product, date(request.at)],
  );
  const free = open.reduce((sum, lot) => sum + lot.units, 0);
  if (free < request.units) return { outcome: 'short', free, isNew: true };
  const taken = take(open, request.units);
  await ledger.query(`insert into reservations (key, order_id, state, made_at, changed_at) values ($1, $2, 'reserved', $3, $3)`, [
    request.key,
    request.orderId,
    date(request.at),
  ]);
  for (const { lot, units } of taken) {
    await ledger.query('insert into reservation_lots (reservation_key, lot_id, units) values ($1, $2, $3)', [request.key, lot, units]);
    await ledger.query('update lots set free = free - $2, reserved = reserved + $2 where id = $1', [lot, units]);
  }
  return { outcome: 'reserved', lots: await lotsOf(ledger, request.key), isNew: true };
}

/** Keeps so many units of a reservation, from its lots in the order of their names, and gives the others back; of one that has as few, all. */
export async function keepUnits(ledger: Session, key: string, units: number, at: number): Promise<void> {
  await lockKey(ledger, key);
  const [reservation] = await ledger.query<{ state: string }>('select state from reservations where key = $1 for update', [key]);
  if (reservation?.state !== 'reserved') return;
  let kept = 0;
  for (const lot of await lockLots(ledger, key)) {
    const keep = Math.min(lot.units, units - kept);
    kept += keep;
    if (keep === lot.units) continue;
    await ledger.query('update lots set reserved = reserved - $2, free = free + $2 where id = $1', [lot.lot, lot.units - keep]);
    if (keep > 0) await ledger.query('update reservation_lots set units = $3 where reservation_key = $1 and lot_id = $2', [key, lot.lot, keep]);
    else await ledger.query('delete from reservation_lots where reservation_key = $1 and lot_id = $2', [key, lot.lot]);
  }
  await ledger.query('update reservations set changed_at = $2 where key = $1', [key, date(at)]);
}

/** Calls with one key wait for each other. */
export const lockKey = (ledger: Session, key: string): Promise<unknown> => ledger.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [key]);

function take(open: readonly LotRow[], wanted: number): LotRow[] {
  let missing = wanted;
  return open.flatMap(({ lot, units }) => {
    const taken = Math.min(units, missing);
    missing -= taken;
    return taken > 0 ? [{ lot, units: taken }] : [];
  });
}

const lotsOf = (ledger: Session, key: string): Promise<LotRow[]> =>
  ledger.query<LotRow>('select lot_id as lot, units from reservation_lots where reservation_key = $1 order by lot_id', [key]);

/** What a reservation has of each lot, the lots locked until the transaction ends. */
async function lockLots(ledger: Session, key: string): Promise<LotRow[]> {
  await ledger.query('select 1 from lots where id in (select lot_id from reservation_lots where reservation_key = $1) order by id for update', [key]);
  return await lotsOf(ledger, key);
}

/**
 * Takes reserved units off stock for good, unless policy has changed for this order since `policyEpoch`: then nothing
 * happens and the changes are the answer. A shipment that was made before is answered as made.
 */
export const shipUnits = (database: Database, request: ShipmentWanted): Promise<ShipmentAnswer> =>
  inTransaction(database, (ledger) => shipUnitsIn<never>(ledger, request, () => Promise.resolve(undefined)));

export interface ShipmentWanted {
  readonly key: string;
  readonly orderId: string;
  readonly reservationKey: string;
  readonly policyEpoch: number;
  readonly at: number;
}
export type ShipmentAnswer = { readonly outcome: 'shipped' } | { readonly outcome: 'stale-epoch'; readonly changes: readonly PolicyChange[] };

/** The same within a transaction of the caller, unless something else forbids it: that is asked with the lots locked, and told how many units would leave. */
export async function shipUnitsIn<R extends object>(
  ledger: Session,
  request: ShipmentWanted,
  forbidden: (units: number) => Promise<R | undefined>,
): Promise<ShipmentAnswer | R> {
  const [made] = await ledger.query('select 1 from shipments where key = $1', [request.key]);
  if (made) return { outcome: 'shipped' };
  const changes = await changesAgainstShipping(ledger, request.orderId, request.policyEpoch);
  if (changes.length > 0) return { outcome: 'stale-epoch', changes };
  const lots = await lockLots(ledger, request.reservationKey);
  const refused = await forbidden(lots.reduce((sum, { units }) => sum + units, 0));
  if (refused) return refused;
  await move(ledger, request.reservationKey, 'reserved', 'shipped', request.at);
  await ledger.query('insert into shipments (key, order_id, reservation_key, policy_epoch, shipped_at) values ($1, $2, $3, $4, $5)', [
    request.key,
    request.orderId,
    request.reservationKey,
    request.policyEpoch,
    date(request.at),
  ]);
  return { outcome: 'shipped' };
}

/**
 * Gives the units of a reservation back: of one that was never made or given back before, none. Units of a shipment come
 * back too: an order wants that only after a person has settled that the goods never left.
 */
export const releaseUnits = (database: Database, request: ReleaseWanted): Promise<StepResults['release-stock']> =>
  inTransaction(database, (ledger) => releaseUnitsIn(ledger, request));

export interface ReleaseWanted {
  readonly orderId: string;
  readonly reservationKey: string;
  readonly at: number;
}

/** The same within a transaction of the caller. */
export async function releaseUnitsIn(ledger: Session, request: ReleaseWanted): Promise<StepResults['release-stock']> {
  await lockKey(ledger, request.reservationKey);
  const [reservation] = await ledger.query<{ state: 'reserved' | 'shipped' | 'released' }>('select state from reservations where key = $1 for update', [
    request.reservationKey,
  ]);
  if (!reservation) {
    // Kept, so that a call which was still on its way cannot reserve what nobody would give back.
    await ledger.query(`insert into reservations (key, order_id, state, made_at, changed_at) values ($1, $2, 'released', $3, $3)`, [
      request.reservationKey,
      request.orderId,
      date(request.at),
    ]);
    return { released: 0 };
  }
  if (reservation.state === 'released') return { released: 0 };
  const lots = await move(ledger, request.reservationKey, reservation.state, 'free', request.at);
  return { released: lots.reduce((sum, lot) => sum + lot.units, 0) };
}

/** Moves the units of a reservation from one column of their lots to another; the constraint keeps their sum. */
async function move(ledger: Session, key: string, from: 'reserved' | 'shipped', to: 'shipped' | 'free', at: number): Promise<LotRow[]> {
  const state = to === 'free' ? 'released' : 'shipped';
  const moved = await ledger.query('update reservations set state = $2, changed_at = $4 where key = $1 and state = $3 returning key', [
    key,
    state,
    from,
    date(at),
  ]);
  if (moved.length === 0) throw new Error(`reservation ${key} is not ${from}: its units cannot become ${state}`);
  const lots = await lotsOf(ledger, key);
  for (const { lot, units } of lots) await ledger.query(`update lots set ${from} = ${from} - $2, ${to} = ${to} + $2 where id = $1`, [lot, units]);
  return lots;
}

/** Keeps so many units of a reservation, the first lots by name, and gives the others back. Safe to repeat. */
export const reduceUnits = (database: Database, request: { reservationKey: string; units: number; at: number }): Promise<StepResults['reduce-stock']> =>
  inTransaction(database, async (ledger) => {
    await keepUnits(ledger, request.reservationKey, request.units, request.at);
    return { kept: request.units };
  });
