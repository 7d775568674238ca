import type { PolicyChange } from '../domain/policy-change.ts';
import { type Database, inTransaction, type Session } from './database.ts';
import { changesAgainstShipping } from './policy-board.ts';
import { type LotUnits, splitUnits, sumOf } from '../domain/lots.ts';
import { moveUnits } from './stock-journal.ts';
import { assertUnits } from './stock-refused.ts';
import { lockLots, lockOrder, lockQuotaUse, lockReservation, settle, takeFromReservation } from './stock-reservations.ts';

/** Goods that are to leave under a key of their own: so many of what is reserved, the first lots by name, or all of it. `at` in epoch milliseconds. */
export interface ShipmentWanted {
  readonly key: string;
  readonly orderId: string;
  readonly reservationKey: string;
  readonly policyEpoch: number;
  readonly units?: number;
  readonly at: number;
}
export type ShipmentAnswer = { readonly outcome: 'shipped' } | { readonly outcome: 'stale-epoch'; readonly changes: readonly PolicyChange[] };

/** What would leave. `isLast` where nothing stays reserved for a later shipment. */
export interface Leaving {
  readonly units: number;
  readonly isLast: boolean;
}

/**
 * Takes reserved units off stock for good, unless policy has changed for this order since `policyEpoch`: then nothing
 * happens and the changes are the answer. A shipment that was made before is answered as made. Throws where fewer are reserved, or a person has
 * settled meanwhile that this shipment never left.
 */
export const shipUnits = (database: Database, request: ShipmentWanted): Promise<ShipmentAnswer> =>
  inTransaction(database, (ledger) => shipUnitsIn<never>(ledger, request, () => Promise.resolve(undefined)));

/** The same within a transaction of the caller, unless something else forbids it: that is asked with the lots locked. */
export async function shipUnitsIn<R extends object>(
  ledger: Session,
  request: ShipmentWanted,
  forbidden: (leaving: Leaving) => Promise<R | undefined>,
): Promise<ShipmentAnswer | R> {
  const { key, orderId, reservationKey, policyEpoch, at } = request;
  await lockOrder(ledger, orderId);
  if (await isMade(ledger, key)) return { outcome: 'shipped' };
  const changes = await changesAgainstShipping(ledger, orderId, policyEpoch);
  if (changes.length > 0) return { outcome: 'stale-epoch', changes };
  const reservation = await lockReservation(ledger, reservationKey);
  if (reservation?.state !== 'reserved') throw new Error(`reservation ${reservationKey} is not reserved: its units cannot become shipped`);
  const held = await lockLots(ledger, reservationKey);
  const leaving = leavingOf(request, held);
  const isLast = sumOf(leaving) === sumOf(held);
  await lockQuotaUse(ledger, reservationKey);
  const refused = await forbidden({ units: sumOf(leaving), isLast });
  if (refused) return refused;
  for (const part of leaving) await takeFromReservation(ledger, reservation, part, at);
  if (isLast) await settle(ledger, reservation, 'shipped', at);
  await moveUnits(ledger, { kind: 'shipped', key, reservation: { key: reservationKey, orderId: reservation.order_id }, at }, leaving);
  await enterShipment(ledger, request, leaving);
  return { outcome: 'shipped' };
}

async function isMade(ledger: Session, key: string): Promise<boolean> {
  const [made] = await ledger.query<{ state: string }>('select state from shipments where key = $1', [key]);
  if (made?.state === 'never-left')
    throw new Error(`shipment ${key} never left, as a person has settled, and its units are stock again: goods that leave now need a key of their own`);
  return made !== undefined;
}

function leavingOf({ key, reservationKey, units }: ShipmentWanted, held: readonly LotUnits[]): LotUnits[] {
  const reserved = sumOf(held);
  if (units !== undefined) assertUnits(units, `shipment ${key}`);
  if (reserved < (units ?? 1)) throw new Error(`reservation ${reservationKey} has ${reserved} units reserved, and ${units ?? 'all'} are to leave`);
  return splitUnits(held, units ?? reserved).first;
}

async function enterShipment(ledger: Session, { key, orderId, reservationKey, policyEpoch, at }: ShipmentWanted, parts: readonly LotUnits[]): Promise<void> {
  await ledger.query('insert into shipments (key, order_id, reservation_key, policy_epoch, shipped_at) values ($1, $2, $3, $4, $5)', [
    ...[key, orderId, reservationKey, policyEpoch, new Date(at)],
  ]);
  await ledger.query('insert into shipment_lots (shipment_key, lot_id, units) select $1, lot, units from unnest($2::text[], $3::int[]) as part (lot, units)', [
    ...[key, parts.map(({ lot }) => lot), parts.map(({ units }) => units)],
  ]);
}
