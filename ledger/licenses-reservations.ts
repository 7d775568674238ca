import type { LicenseFault } from '../domain/license.ts';
import { type Database, inTransaction, lockKey, type Session } from './database.ts';
import { type Amount, type Coverage, hasFree, isExpired, type LicenseRow, lockCovering, lockLicense } from './licenses.ts';
import { enter } from './licenses-journal.ts';

export interface ReservationRow extends Record<string, unknown> {
  key: string;
  license: string | null;
  order_id: string;
  state: 'reserved' | 'used' | 'released' | 'lost';
  units_left: number;
  value_left: number;
}

/** What an order wants set aside: of a license by its number, or of whichever covers it. `on` is the authority's day, `at` epoch milliseconds. */
export type ReservationRequest = Amount & { readonly key: string; readonly orderId: string; readonly at: number } & (
    { readonly number: string; readonly on: string } | { readonly covering: Coverage }
  );

/** `short` names the license that would do, and what of it is free; `none`: there is no live one of that kind. */
export type ReservationAnswer =
  | { readonly outcome: 'reserved'; readonly number: string }
  | { readonly outcome: 'short'; readonly number: string; readonly balance: Amount }
  | { readonly outcome: 'refused'; readonly number: string; readonly code: Exclude<LicenseFault, 'license-balance'> }
  | { readonly outcome: 'none' };

/** Sets units and value of a license aside for an order, all or nothing; the same key again gets the same answer once it was reserved. */
export const reserveLicense = (database: Database, request: ReservationRequest): Promise<ReservationAnswer> =>
  inTransaction(database, (ledger) => reserveIn(ledger, request));

/** The same within a transaction of the caller. */
export async function reserveIn(ledger: Session, request: ReservationRequest): Promise<ReservationAnswer> {
  await lockKey(ledger, request.key);
  const made = await madeBefore(ledger, request);
  if (made !== undefined) return { outcome: 'reserved', number: made };
  const candidates = 'covering' in request ? await lockCovering(ledger, request.covering) : [await lockLicense(ledger, request.number)];
  const license = candidates.find((one) => hasFree(one, request)) ?? candidates[0];
  if (!license) return { outcome: 'none' };
  const code = standingFault(license, 'covering' in request ? request.covering.on : request.on);
  if (code) return { outcome: 'refused', number: license.number, code };
  if (!hasFree(license, request)) return { outcome: 'short', number: license.number, balance: { units: license.free, valueMinor: license.value_free } };
  await reserveOn(ledger, license, request);
  return { outcome: 'reserved', number: license.number };
}

/** The license that a key was reserved on, undefined where it was not. Throws where the key was given back, or stands for other amounts. */
async function madeBefore(ledger: Session, { key, orderId, units, valueMinor }: Amount & { key: string; orderId: string }): Promise<string | undefined> {
  const [made] = await ledger.query<{ state: ReservationRow['state']; license: string | null; is_same: boolean }>(
    `select state, license_reservations.license, change.order_id = $2 and change.reserved = $3 and change.value_reserved = $4 as is_same
     from license_reservations left join license_changes change on change.kind = 'reserved' and change.key = license_reservations.key
     where license_reservations.key = $1`,
    [key, orderId, units, valueMinor],
  );
  if (!made) return undefined;
  if (made.state === 'released' || made.license === null) throw new Error(`license reservation ${key} was released: it cannot be made again`);
  if (!made.is_same) throw new Error(`license reservation ${key} was made before for another amount or order: give the new one a key of its own`);
  return made.license;
}

/** Why a license may not be drawn on that day, whatever is left of it. */
export function standingFault(license: LicenseRow, on: string): Exclude<LicenseFault, 'license-balance'> | undefined {
  if (license.status !== 'live') return `license-${license.status}`;
  return isExpired(license, on) ? 'license-expired' : undefined;
}

/** Sets aside what the license, locked by the caller, has free. */
export async function reserveOn(ledger: Session, license: LicenseRow, request: Amount & { key: string; orderId: string; at: number }): Promise<void> {
  const { key, orderId, units, valueMinor, at } = request;
  await ledger.query(`insert into license_reservations (key, license, order_id, state, units_left, value_left) values ($1, $2, $3, 'reserved', $4, $5)`, [
    ...[key, license.number, orderId, units, valueMinor],
  ]);
  const amounts = { free: -units, reserved: units, value_free: -valueMinor, value_reserved: valueMinor };
  await enter(ledger, license, { kind: 'reserved', key, orderId, reservationKey: key, at, amounts });
}

/** What is left of a reservation, with its license locked; undefined where it was never made. */
export async function reservationOf(ledger: Session, key: string): Promise<ReservationRow | undefined> {
  const select = 'select key, license, order_id, state, units_left, value_left from license_reservations where key = $1';
  const [named] = await ledger.query<ReservationRow>(select, [key]);
  if (!named || named.license === null) return named;
  // The license first, as every other change does, so that none waits for another; what was read before it may be old.
  await lockLicense(ledger, named.license);
  return (await ledger.query<ReservationRow>(select, [key]))[0];
}

/** Gives back what is left of a reservation, and keeps one that was never made from being made. The same key again gets the same answer. */
export const releaseLicense = (database: Database, request: ReleaseRequest): Promise<{ released: number }> =>
  inTransaction(database, (ledger) => releaseIn(ledger, request));

interface ReleaseRequest {
  readonly key: string;
  readonly orderId: string;
  readonly at: number;
}

/** The same within a transaction of the caller. */
export async function releaseIn(ledger: Session, { key, orderId, at }: ReleaseRequest): Promise<{ released: number }> {
  await lockKey(ledger, key);
  if (!(await releaseMade(ledger, { key, at })))
    await ledger.query(`insert into license_reservations (key, order_id, state, units_left, value_left) values ($1, $2, 'released', 0, 0)`, [key, orderId]);
  const [given] = await ledger.query<{ released: number }>(`select -reserved as released from license_changes where kind = 'released' and key = $1`, [key]);
  return { released: given?.released ?? 0 };
}

/** Gives back what is left of a reservation that was made; answers whether it was, and leaves no trace of one that was not. */
export async function releaseMade(ledger: Session, { key, at }: { readonly key: string; readonly at: number }): Promise<boolean> {
  const reservation = await reservationOf(ledger, key);
  if (reservation?.state === 'reserved' && reservation.license !== null)
    await giveBack(ledger, await lockLicense(ledger, reservation.license), reservation, { kind: 'released', at });
  return reservation !== undefined;
}

/** Ends a reservation: what is left of it is free again. */
export async function giveBack(
  ledger: Session,
  license: LicenseRow,
  { key, order_id: orderId, units_left, value_left }: ReservationRow,
  why: { readonly kind: 'released' | 'lost'; readonly at: number; readonly causedBy?: string },
): Promise<void> {
  await ledger.query('update license_reservations set state = $2, units_left = 0, value_left = 0 where key = $1', [key, why.kind]);
  const amounts = { free: units_left, reserved: -units_left, value_free: value_left, value_reserved: -value_left };
  await enter(ledger, license, { ...why, key, orderId, reservationKey: key, amounts });
}
