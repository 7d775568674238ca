import type { Amount, LicenseStanding } from '../ledger/licenses.ts';
import type { LicenseEntry } from '../ledger/licenses-history.ts';
import { type CommandFailure, refused } from './failure.ts';
import { count, moment, money, table } from './output.ts';

/** A license is told of when its end comes within so many days, and some of it is left. */
export const warnedDays = [90, 30, 7] as const;

/** No license of this number is in the ledger. */
export const unknownLicense = (number: string): CommandFailure =>
  refused('license-unknown', `license ${number.slice(0, 64)} is not in the ledger; twokey license list names those that are`);

const endOf = ({ expires }: Pick<LicenseStanding, 'expires'>): string => expires ?? 'no day named';

/** Licenses as a table: what each is for, and what of it is free, set aside and used. */
export function licenseTable(licenses: readonly LicenseStanding[]): string {
  const rows = licenses.map((one) => [
    ...[one.number, one.status, endOf(one), one.customer, one.product],
    ...[one.free, one.reserved, one.used].map(({ units }) => count(units)),
  ]);
  return table(['license', 'status', 'last day', 'customer', 'product', 'free', 'reserved', 'used'], rows);
}

/** A license as a person reads it. */
export function licenseLines(license: LicenseStanding): string[] {
  const { number, status, customer, product, endUse, orderId, issued, units, valueMinor, currency, revokedUnits } = license;
  const told = (what: string, { units: some, valueMinor: worth }: Amount): string => `${what.padEnd(9)} ${count(some)} units, ${money(worth, currency)}`;
  return [
    `license ${number} is ${status}`,
    `for ${product} of ${customer}, ${endUse}`,
    `issued on ${issued} to order ${orderId}, last day ${license.expires ?? 'not named'}`,
    told('licensed', { units, valueMinor }),
    told('free', license.free),
    told('reserved', license.reserved),
    told('used', license.used),
    ...(revokedUnits > 0 ? [`revoked   ${count(revokedUnits)} units`] : []),
  ];
}

/** What happened to a license, the oldest first. */
export function historyTable(history: readonly LicenseEntry[]): string {
  const rows = history.map(({ at, kind, by, orderId, balance, status, reason }) => [
    ...[moment(at), kind, by ?? orderId ?? '', count(balance), status, reason ?? ''],
  ]);
  return table(['at', 'what', 'by', 'left', 'status', 'reason'], rows);
}
