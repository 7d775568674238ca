import type { LicenseBalances, LicenseFault } from '../domain/license.ts';
import type { Session } from './database.ts';
import { type Amount, type LicenseRow, lockLicense } from './licenses.ts';
import { enter } from './licenses-journal.ts';
import { reservationOf, standingFault } from './licenses-reservations.ts';

/** A shipment under a license. `key` is the shipment's; `on` the authority's day, `at` epoch milliseconds. */
export interface LicenseUse extends Amount {
  readonly key: string;
  readonly number: string;
  readonly orderId: string;
  /** What the order has set aside is drawn on first. */
  readonly reservationKey?: string;
  readonly at: number;
  readonly on: string;
}

/** Balances are of the license: units that are neither used nor revoked, those set aside among them. `available` is what this order could use. */
export type UseAnswer =
  | { readonly outcome: 'used'; readonly balance: LicenseBalances }
  | { readonly outcome: 'refused'; readonly code: LicenseFault; readonly number: string; readonly available: Amount };

/**
 * Takes a shipment off its license, in the transaction that ships. Refused, and nothing changed, where the license is revoked, suspended or
 * past its last day, or less is left than is shipped. The same key again gets the same answer.
 */
export async function useLicense(ledger: Session, use: LicenseUse): Promise<UseAnswer> {
  const license = await lockLicense(ledger, use.number);
  const before = await usedBefore(ledger, use);
  if (before) return before;
  const left = await leftOf(ledger, use);
  const available = { units: license.free + left.units, valueMinor: license.value_free + left.valueMinor };
  const code = standingFault(license, use.on) ?? (isOver(use, available) ? 'license-balance' : undefined);
  if (code) return { outcome: 'refused', code, number: license.number, available };
  await draw(ledger, license, use, left);
  const held = license.free + license.reserved;
  return { outcome: 'used', balance: { before: held, after: held - use.units } };
}

const isOver = (use: Amount, available: Amount): boolean => use.units > available.units || use.valueMinor > available.valueMinor;

/** The answer that this key got before. */
async function usedBefore(ledger: Session, { key, number, orderId, units, valueMinor }: LicenseUse): Promise<UseAnswer | undefined> {
  const balance = await balancesOf(ledger, key);
  if (!balance) return undefined;
  const [made] = await ledger.query<{ is_same: boolean; is_over: boolean }>(
    `select license = $2 and order_id = $3 and used = $4 and value_used = $5 as is_same,
       exists (select 1 from license_changes later where later.kind = 'taken-back' and later.key = made.key) as is_over
     from license_changes made where kind = 'used' and key = $1`,
    [key, number, orderId, units, valueMinor],
  );
  if (!made?.is_same) throw new Error(`use ${key} of license ${number} was made before otherwise: a shipment is taken off its license once`);
  if (made.is_over) throw new Error(`use ${key} of license ${number} was taken back: a shipment made anew has a key of its own`);
  return { outcome: 'used', balance };
}

/** What a license had before the shipment of this key and after it, as the journal tells; undefined where the shipment left on none. */
export async function balancesOf(ledger: Session, key: string): Promise<LicenseBalances | undefined> {
  const [made] = await ledger.query<{ before: number; used: number }>(
    `select used, (select sum(free + reserved)::int from license_changes earlier where earlier.license = made.license and earlier.position < made.position) as before
     from license_changes made where kind = 'used' and key = $1`,
    [key],
  );
  return made && { before: made.before, after: made.before - made.used };
}

/** What the order has left of its reservation; nothing where it was lost to a change of the license, or the order never made one. */
async function leftOf(ledger: Session, { number, orderId, reservationKey }: LicenseUse): Promise<Amount> {
  if (reservationKey === undefined) return { units: 0, valueMinor: 0 };
  const reservation = await reservationOf(ledger, reservationKey);
  if (!reservation || reservation.state === 'released' || reservation.license !== number || reservation.order_id !== orderId)
    throw new Error(`license reservation ${reservationKey} is not held by order ${orderId} on license ${number}: reserve before it ships`);
  return { units: reservation.units_left, valueMinor: reservation.value_left };
}

async function draw(ledger: Session, license: LicenseRow, use: LicenseUse, left: Amount): Promise<void> {
  const { key, orderId, reservationKey, at, on, units, valueMinor } = use;
  const reserved = Math.min(units, left.units);
  // With its last unit a reservation gives back the money that it set aside in excess.
  const value = reserved === left.units ? left.valueMinor : Math.min(valueMinor, left.valueMinor);
  if (reserved > 0)
    await ledger.query(
      `update license_reservations set units_left = units_left - $2, value_left = value_left - $3,
         state = case when units_left = $2 then 'used' else 'reserved' end where key = $1`,
      [reservationKey, reserved, value],
    );
  const amounts = { used: units, reserved: -reserved, free: reserved - units, value_used: valueMinor, value_reserved: -value, value_free: value - valueMinor };
  await enter(ledger, license, { kind: 'used', key, orderId, ...(reservationKey !== undefined && { reservationKey }), at, on, amounts });
}

/**
 * Takes a use back, once a person has settled that the goods never left: its units are free again, or revoked where the license is. Of a
 * use that was never made, none; the same key again gets the same answer.
 */
export async function takeBackUse(ledger: Session, { key, at }: { readonly key: string; readonly at: number }): Promise<{ takenBack: number }> {
  const find = `select license, order_id, used, value_used from license_changes where kind = 'used' and key = $1`;
  const [made] = await ledger.query<{ license: string; order_id: string; used: number; value_used: number }>(find, [key]);
  if (!made) return { takenBack: 0 };
  const license = await lockLicense(ledger, made.license);
  const before = await ledger.query(`select 1 from license_changes where kind = 'taken-back' and key = $1`, [key]);
  if (before.length === 0) {
    const goesTo = license.status === 'revoked' ? 'revoked' : 'free';
    const amounts = { used: -made.used, [goesTo]: made.used, value_used: -made.value_used, value_free: made.value_used };
    await enter(ledger, license, { kind: 'taken-back', key, orderId: made.order_id, at, amounts });
  }
  return { takenBack: made.used };
}
