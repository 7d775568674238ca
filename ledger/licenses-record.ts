import { type Database, inTransaction, lockKey, type Session } from './database.ts';
import { type Amount, type License, lockLicense } from './licenses.ts';
import { enter } from './licenses-journal.ts';
import { reservationOf, reserveOn } from './licenses-reservations.ts';

/** A license number stands for another license than the one that is recorded under it now. */
export class LicenseConflict extends Error {
  override readonly name = 'LicenseConflict';
}

/**
 * Records a license that was issued, `at` in epoch milliseconds. What the order it was issued to needs of it can be reserved in the same
 * transaction, so that no other order comes in between. The same license again changes nothing; throws `LicenseConflict` where the number
 * stands for another.
 */
export const recordLicense = (database: Database, license: License, at: number, reservation?: Reservation): Promise<void> =>
  inTransaction(database, (ledger) => recordIn(ledger, license, at, reservation));

type Reservation = Amount & { readonly key: string };

/** The same within a transaction of the caller. */
export async function recordIn(ledger: Session, license: License, at: number, reservation?: Reservation): Promise<void> {
  const { number, orderId, customer, parties, product, endUse, currency, issued, expires, units, valueMinor } = license;
  const made = await ledger.query(
    `insert into licenses (number, order_id, customer, parties, product, end_use, currency, issued_on, expires_on, status)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'live') on conflict do nothing returning number`,
    [number, orderId, customer, parties, product, endUse, currency, issued, expires],
  );
  if (made.length === 0) return assertSame(ledger, license);
  const amounts = { units, free: units, value_minor: valueMinor, value_free: valueMinor };
  await enter(ledger, await lockLicense(ledger, number), { kind: 'recorded', key: number, orderId, at, amounts });
  if (reservation && !(await isGivenUp(ledger, reservation.key))) await reserveOn(ledger, await lockLicense(ledger, number), { ...reservation, orderId, at });
}

/** Whether the order has given the reservation back before its license came: it ended meanwhile. */
export async function isGivenUp(ledger: Session, key: string): Promise<boolean> {
  await lockKey(ledger, key);
  return (await reservationOf(ledger, key))?.state === 'released';
}

/** What was recorded first is told by the journal: the license itself may have been revised since. */
async function assertSame(ledger: Session, license: License): Promise<void> {
  const { number, orderId, customer, parties, product, endUse, currency, issued, expires, units, valueMinor } = license;
  const same = await ledger.query(
    `select 1 from licenses join license_changes first on first.license = licenses.number and first.kind = 'recorded'
     where number = $1 and licenses.order_id = $2 and customer = $3 and first.parties = $4::text[] and product = $5 and end_use = $6 and currency = $7
       and issued_on = $8 and first.expires_on is not distinct from $9::date and first.units = $10 and first.value_minor = $11`,
    [number, orderId, customer, parties, product, endUse, currency, issued, expires, units, valueMinor],
  );
  if (same.length === 0) throw new LicenseConflict(`license ${number} was recorded before with other content: revise it, or give the new one its own number`);
}
