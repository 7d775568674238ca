import type { PolicyChange } from '../domain/policy-change.ts';
import type { StepResults } from '../domain/steps.ts';
import { type Database, inTransaction, type Session } from './database.ts';
import { changesAgainstShipping } from './policy-board.ts';
import { giveBackAtOnce } from './stock-at-once.ts';
import type { LotUnits } from './stock-journal.ts';
import { lockLots, lockOrder, lockQuotaUse, lockReservation, lotsOf, moveReserved, reservationOf, settle, takeFromReservation } from './stock-reservations.ts';
import { leaveWaitlist } from './waitlist.ts';

/** Keeps so many units of a reservation, from its lots in the order of their names, and gives the others back; of one that has as few, all. */
export async function keepUnits(ledger: Session, key: string, units: number, at: number): Promise<void> {
  const reservation = await lockReservation(ledger, key);
  if (reservation?.state !== 'reserved') return;
  let left = units;
  const back = (await lotsOf(ledger, key)).flatMap((one) => {
    const kept = Math.min(one.units, left);
    left -= kept;
    return kept < one.units ? [{ lot: one.lot, units: one.units - kept }] : [];
  });
  if (back.length === 0) return;
  for (const part of back) await takeFromReservation(ledger, reservation, part, at);
  await moveReserved(ledger, reservation, { kind: 'released', key, at }, back);
}

/** Keeps so many units of a reservation, the first lots by name, and gives the others back. Safe to repeat. */
export const reduceUnits = (database: Database, request: { reservationKey: string; units: number; at: number }): Promise<StepResults['reduce-stock']> =>
  inTransaction(database, async (ledger) => {
    await keepUnits(ledger, request.reservationKey, request.units, request.at);
    return { kept: request.units };
  });

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
  const { key, orderId, reservationKey, policyEpoch, at } = request;
  const [made] = await ledger.query('select 1 from shipments where key = $1', [key]);
  if (made) return { outcome: 'shipped' };
  const changes = await changesAgainstShipping(ledger, orderId, policyEpoch);
  if (changes.length > 0) return { outcome: 'stale-epoch', changes };
  const reservation = await lockReservation(ledger, reservationKey);
  if (reservation?.state !== 'reserved') throw new Error(`reservation ${reservationKey} is not reserved: its units cannot become shipped`);
  const lots = await lockLots(ledger, reservationKey);
  await lockQuotaUse(ledger, reservationKey);
  const refused = await forbidden(sumOf(lots));
  if (refused) return refused;
  await settle(ledger, reservation, 'shipped', at);
  await moveReserved(ledger, reservation, { kind: 'shipped', key, at }, lots);
  await ledger.query('insert into shipments (key, order_id, reservation_key, policy_epoch, shipped_at) values ($1, $2, $3, $4, $5)', [
    ...[key, orderId, reservationKey, policyEpoch, new Date(at)],
  ]);
  return { outcome: 'shipped' };
}

const sumOf = (lots: readonly LotUnits[]): number => lots.reduce((sum, { units }) => sum + units, 0);

/**
 * Gives the units of a reservation back: of one that was never made or given back before, none. Units of a shipment come
 * back too: an order wants that only after a person has settled that the goods never left.
 */
export async function releaseUnits(database: Database, request: ReleaseWanted): Promise<StepResults['release-stock']> {
  const released = await giveBackAtOnce(database, request);
  return released === undefined ? await inTransaction(database, (ledger) => releaseUnitsIn(ledger, request)) : { released };
}

export interface ReleaseWanted {
  readonly orderId: string;
  readonly reservationKey: string;
  readonly at: number;
}

/** The same within a transaction of the caller. */
export async function releaseUnitsIn(ledger: Session, { orderId, reservationKey, at }: ReleaseWanted): Promise<StepResults['release-stock']> {
  await lockOrder(ledger, orderId);
  const setAside = await leaveWaitlist(ledger, orderId, at);
  if (setAside !== undefined && setAside !== reservationKey) await giveBack(ledger, orderId, setAside, at);
  return { released: await giveBack(ledger, orderId, reservationKey, at) };
}

async function giveBack(ledger: Session, orderId: string, key: string, at: number): Promise<number> {
  // Kept also where none was made, so that a call which was still on its way cannot reserve what nobody would give back.
  const [never] = await ledger.query(
    `insert into reservations (key, order_id, state, made_at, changed_at) values ($1, $2, 'released', $3, $3) on conflict do nothing returning 1`,
    [key, orderId, new Date(at)],
  );
  const reservation = never ? undefined : await reservationOf(ledger, key);
  if (!reservation || reservation.state === 'released') return 0;
  const lots = await lotsOf(ledger, key);
  await settle(ledger, reservation, 'released', at);
  await moveReserved(ledger, reservation, { kind: reservation.state === 'shipped' ? 'returned' : 'released', key, at }, lots);
  return sumOf(lots);
}
