import type { LicenseToRecord } from '../domain/license.ts';
import { type Database, inTransaction } from './database.ts';
import { setAsideImported } from './licenses-imported.ts';
import { keepPapers, type LicensePapers } from './licenses-papers.ts';
import { recordIn } from './licenses-record.ts';
import { releaseMade } from './licenses-reservations.ts';
import { keepUnits } from './stock.ts';

/** A license that was issued on an order. `key` is the step's own, `issued` the authority's day, `on` the one of `at`, which is in epoch milliseconds. */
export interface IssuedLicense extends LicensePapers {
  readonly key: string;
  readonly orderId: string;
  readonly customer: string;
  readonly number: string;
  readonly record: LicenseToRecord;
  readonly issued: string;
  readonly on: string;
  readonly at: number;
}

/**
 * Records a license and sets all of it aside for the order that it was issued to, gives back what the order had set aside on others, and, of
 * its stock, the units that are not licensed. Of an order that was imported with its license, what it has left is set aside. The same again changes nothing; throws `LicenseConflict` where the number stands for another.
 */
export const recordIssued = (database: Database, issued: IssuedLicense): Promise<void> =>
  inTransaction(database, async (ledger) => {
    const { key, orderId, customer, number, record, at } = issued;
    const { units, valueMinor, product, endUse, currency, expires, stockKey, givenBack } = record;
    // Stock before licenses, as everywhere.
    await keepUnits(ledger, stockKey, units, at);
    for (const other of givenBack) await releaseMade(ledger, { key: other, at });
    const license = { number, orderId, customer, parties: [], product, endUse, currency, units, valueMinor, issued: issued.issued, expires };
    if (record.usedBefore) {
      const whole = { units: units + record.usedBefore.units, valueMinor: valueMinor + record.usedBefore.valueMinor };
      await setAsideImported(
        ledger,
        { ...issued, ...license, ...whole, used: record.usedBefore, by: 'seller.desk' },
        { key, units, valueMinor, on: issued.on },
      );
      return;
    }
    await recordIn(ledger, license, at, { key, units, valueMinor });
    await keepPapers(ledger, number, issued);
  });
