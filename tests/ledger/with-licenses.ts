import { inTransaction } from '../../ledger/database.ts';
import type { Coverage, License } from '../../ledger/licenses.ts';
import type { AuthorityChange } from '../../ledger/licenses-changes.ts';
import { recordLicense } from '../../ledger/licenses-record.ts';
import { reserveLicense } from '../../ledger/licenses-reservations.ts';
import { useLicense } from '../../ledger/licenses-use.ts';
import { withLedger } from './with-ledger.ts';

/** 4 February 2026 in Washington, 12:00. */
export const at = Date.UTC(2026, 1, 4, 17);
export const on = '2026-02-04';
export const hour = 3_600_000;
/** What a unit of the licenses below costs. */
const price = 250;

/** A license of a customer of its own, so that no test finds that of another: 100 units at 250. */
export const license = (number: string, given: Partial<License> = {}): License => ({
  number,
  orderId: `${number}-order`,
  customer: `${number}-customer`,
  parties: [],
  product: 'H200',
  endUse: 'model-training',
  units: 100,
  valueMinor: (given.units ?? 100) * price,
  currency: 'USD',
  issued: '2026-02-01',
  expires: '2026-12-31',
  ...given,
});
export const coverage = ({ customer, product, endUse, currency }: License): Coverage => ({ customer, product, endUse, currency, on });
export const worth = (units: number): { units: number; valueMinor: number } => ({ units, valueMinor: units * price });

/** The ledger of one test file with what its tests do to licenses, in short. */
export function withLicenses() {
  const ledger = withLedger();
  return {
    ledger,
    issued: async (number: string, given: Partial<License> = {}): Promise<License> => {
      const one = license(number, given);
      await recordLicense(ledger.database, one, at);
      return one;
    },
    reserve: (number: string, key: string, units: number, day = on) =>
      reserveLicense(ledger.database, { key: `${number}/${key}`, orderId: key, number, ...worth(units), at, on: day }),
    /** Ships under a license, on a day of its own where one is given, from the order's reservation where it has one. */
    use: (number: string, key: string, units: number, given: { reservation?: string; at?: number; on?: string; valueMinor?: number } = {}) =>
      inTransaction(ledger.database, (session) =>
        useLicense(session, {
          ...worth(units),
          ...(given.valueMinor !== undefined && { valueMinor: given.valueMinor }),
          ...(given.reservation !== undefined && { reservationKey: `${number}/${given.reservation}` }),
          ...{ key: `${number}/${key}`, number, orderId: given.reservation ?? key, at: given.at ?? at, on: given.on ?? on },
        }),
      ),
  };
}

/** A change that Commerce makes of a license, with what a test says of it. */
export const change = (number: string, key: string, given: Partial<AuthorityChange> = {}): AuthorityChange => ({
  ...{ key: `${number}/${key}`, number, by: 'commerce-1', at, effectiveAt: at, reason: 'new finding', ...given },
});
