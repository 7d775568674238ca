import type { Session } from './database.ts';
import { type Amount, hasFree, lockLicense } from './licenses.ts';
import { giveBack, type ReservationRow } from './licenses-reservations.ts';

/**
 * Frees so much of a license as an authority takes away: reservations are lost, the newest first and each as a whole, until enough is free.
 * An order that loses its own can reserve what remains anew.
 */
export async function makeRoom(ledger: Session, number: string, wanted: Amount, why: { readonly at: number; readonly causedBy: string }): Promise<void> {
  const newest = await ledger.query<ReservationRow>(
    `select license_reservations.* from license_reservations join license_changes made on made.kind = 'reserved' and made.key = license_reservations.key
     where license_reservations.license = $1 and state = 'reserved' order by made.position desc`,
    [number],
  );
  for (const reservation of newest) {
    const license = await lockLicense(ledger, number);
    if (hasFree(license, wanted)) return;
    await giveBack(ledger, license, reservation, { kind: 'lost', ...why });
  }
}
