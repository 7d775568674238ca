import type { FoundLicense, LicenseBalances, LicenseDraw, LicenseNeed } from '../domain/license.ts';
import type { StepResults } from '../domain/steps.ts';
import { type Database, inTransaction, type Session } from './database.ts';
import { foundLicense } from './licenses-papers.ts';
import { releaseIn, releaseMade, reserveIn } from './licenses-reservations.ts';
import { balancesOf, takeBackUse, useLicense } from './licenses-use.ts';
import { type ReleaseWanted, releaseUnitsIn } from './stock.ts';
import { reserveOrWait, reserveUnits } from './stock-queue.ts';
import { type ShipmentAnswer, type ShipmentWanted, shipUnitsIn } from './stock-shipments.ts';
import type { UnitsWanted } from './stock-taking.ts';
import type { WaitingUnits } from './waitlist.ts';

/** Reserves stock within quotas, or puts the order on the list of those who wait for it, and in the same transaction as much of a live license that covers the order, where there is one. `on` is the authority's day. */
export const reserveLicensed = (
  database: Database,
  request: WaitingUnits & { readonly license?: LicenseNeed; readonly on: string },
): Promise<StepResults['reserve-stock']> => {
  const { license: need } = request;
  if (!need) return reserveUnits(database, request);
  return inTransaction(database, async (ledger) => {
    const { isNew, ...stock } = await reserveOrWait(ledger, request);
    if (stock.outcome !== 'reserved') return stock;
    const license = isNew ? await coverIn(ledger, request, need) : await coveredBefore(ledger, request.key);
    return { ...stock, ...(license && { license }) };
  });
};

async function coverIn(
  ledger: Session,
  { key, orderId, product, units, at, on }: UnitsWanted & { readonly on: string },
  need: LicenseNeed,
): Promise<FoundLicense | undefined> {
  const { customer, endUse, currency, valueMinor } = need;
  const answer = await reserveIn(ledger, { key, orderId, units, valueMinor, at, covering: { customer, product, endUse, currency, on } });
  return answer.outcome === 'reserved' ? await foundLicense(ledger, answer.number) : undefined;
}

/** What the order was told when it was covered, whatever became of it since: that is for its shipment to find. */
async function coveredBefore(ledger: Session, key: string): Promise<FoundLicense | undefined> {
  const [made] = await ledger.query<{ license: string }>(`select license from license_changes where kind = 'reserved' and key = $1`, [key]);
  return made && (await foundLicense(ledger, made.license));
}

/** What the license had before a shipment and has after it, there where it left on one. */
type LicensedShipment =
  (Extract<ShipmentAnswer, { outcome: 'shipped' }> & { readonly license?: LicenseBalances }) | Exclude<ShipmentAnswer, { outcome: 'shipped' }> | LicenseRefusal;
type LicenseRefusal = Extract<StepResults['ship'], { outcome: 'license-refused' }>;

/** Ships stock and takes it off its license, both or neither: where the license does not carry it, that is the answer. `on` is the authority's day. */
export const shipLicensed = (
  database: Database,
  { license, on, ...request }: ShipmentWanted & { readonly license?: LicenseDraw; readonly on: string },
): Promise<LicensedShipment> =>
  inTransaction(database, async (ledger) => {
    const answer = await shipUnitsIn<LicenseRefusal>(ledger, request, async ({ units, isLast }) => {
      if (!license) return undefined;
      if (units !== license.units)
        throw new Error(
          `${units} units of reservation ${request.reservationKey} are to leave, and ${license.units} are to be taken off license ${license.number}`,
        );
      const { key, orderId, at } = request;
      const answer = await useLicense(ledger, { ...license, key, orderId, at, on });
      if (answer.outcome === 'refused')
        return { outcome: 'license-refused', code: answer.code, licenseNumber: answer.number, available: answer.available.units };
      // An order that became smaller meanwhile has set aside more than it ships.
      if (isLast) await releaseMade(ledger, { key: license.reservationKey, at });
      return undefined;
    });
    if (answer.outcome !== 'shipped') return answer;
    const balances = await balancesOf(ledger, request.key);
    return { ...answer, ...(balances && { license: balances }) };
  });

/** Gives stock back and, in the same transaction, what the order has set aside on licenses; of shipments that never left, their use of one. */
export const releaseLicensed = (
  database: Database,
  { licenseKeys = [], ...request }: ReleaseWanted & { readonly licenseKeys?: readonly string[] },
): Promise<StepResults['release-stock']> =>
  inTransaction(database, async (ledger) => {
    const { orderId, reservationKey, at } = request;
    const answer = await releaseUnitsIn(ledger, request);
    const undone = await ledger.query<{ key: string }>(`select key from shipments where reservation_key = $1 and state = 'never-left' order by key`, [
      reservationKey,
    ]);
    for (const { key } of undone) await takeBackUse(ledger, { key, at });
    // Where no stock was reserved under this key, no license was.
    await releaseMade(ledger, { key: reservationKey, at });
    for (const key of licenseKeys) await releaseIn(ledger, { key, orderId, at });
    return answer;
  });
