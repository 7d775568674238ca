import type { LicenseDraw, LicenseNeed, LicenseToRecord } from '../../domain/license.ts';
import { releaseLicensed, reserveLicensed, shipLicensed } from '../../ledger/licensed-stock.ts';
import { recordIssued } from '../../ledger/licenses-issued.ts';
import { licenseStanding } from '../../ledger/licenses.ts';
import { receiveLot } from '../../ledger/stock-receipt.ts';
import { withLedger } from './with-ledger.ts';
import { at, on, worth } from './with-licenses.ts';

/** What a customer of this name orders; each test has its own, and a product of its own. */
export const needOf = (name: string, units: number): LicenseNeed => ({
  customer: name,
  endUse: 'research',
  currency: 'USD',
  valueMinor: worth(units).valueMinor,
});
export const key = (order: string, step: string): string => `${order}/${step}/0`;

type SetAside = 'reserve-stock' | 'notify-license';
export const draw = (order: string, number: string, units: number, of: SetAside): LicenseDraw => ({ number, ...worth(units), reservationKey: key(order, of) });

/** The ledger of one test file with what its tests do to stock and licenses together, in short. */
export function withLicensedStock() {
  const ledger = withLedger();
  const reserve = (name: string, order: string, units: number, database = ledger.database) =>
    reserveLicensed(database, {
      ...{ key: key(order, 'reserve-stock'), orderId: order, product: name, units, customerClass: 'core', at, on, license: needOf(name, units) },
    });
  const issue = (name: string, order: string, number: string, record: LicenseToRecord, proof?: object): Promise<void> =>
    recordIssued(ledger.database, {
      ...{ key: key(order, 'notify-license'), orderId: order, customer: name, number, record, issued: on, on, at },
      ...{ conditions: ['no transfer'], ...(proof && { proof }) },
    });
  return {
    ledger,
    reserve,
    issue,
    /** An order reserves stock and is licensed for all or a part of it under a number. */
    licensed: async (name: string, order: string, number: string, units: number, given: { part?: number; expires?: string } = {}) => {
      await reserve(name, order, units);
      const part = given.part ?? units;
      const record = { ...needOf(name, part), product: name, units: part, issuedAt: at, expires: given.expires ?? null };
      const asked: LicenseToRecord = { ...record, stockKey: key(order, 'reserve-stock'), givenBack: [key(order, 'reserve-stock')] };
      await issue(name, order, number, asked);
      return asked;
    },
    release: (order: string, left?: readonly string[]) =>
      releaseLicensed(ledger.database, {
        ...{ orderId: order, reservationKey: key(order, 'reserve-stock'), at: at + 1, licenseKeys: [key(order, 'notify-license')], ...(left && { left }) },
      }),
    /** Ships all that is reserved, or so many units of it. */
    ship: (order: string, license: LicenseDraw, { wish = 0, day = on, units }: { wish?: number; day?: string; units?: number } = {}) =>
      shipLicensed(ledger.database, {
        ...{ key: `${order}/ship/${wish}`, orderId: order, reservationKey: key(order, 'reserve-stock'), policyEpoch: 0, at: at + 2, on: day, license },
        ...(units !== undefined && { units }),
      }),
    stands: async (number: string) => {
      const found = await licenseStanding(ledger.database, number, on);
      return found && { free: found.free.units, reserved: found.reserved.units, used: found.used.units };
    },
    stock: (name: string, units: number): Promise<unknown> => receiveLot(ledger.database, { id: `lot-${name}`, product: name, units }, at),
  };
}
