import { type Database, query, type Session } from './database.ts';

/** What Commerce licensed, as it was issued. Days are calendar days of the authority, YYYY-MM-DD. */
export interface License {
  readonly number: string;
  /** The order it was issued to. */
  readonly orderId: string;
  /** A code, never a name, as are the parties. */
  readonly customer: string;
  /** Those besides the customer: consignees, distributors, end users. */
  readonly parties: readonly string[];
  readonly product: string;
  readonly endUse: string;
  readonly units: number;
  readonly valueMinor: number;
  readonly currency: string;
  readonly issued: string;
  /** The last day on which it is good; null where it names none. */
  readonly expires: string | null;
}

/** So many units for so much money, in minor units of the license's currency. */
export interface Amount {
  readonly units: number;
  readonly valueMinor: number;
}

/** A license as it stands on a day. `free`, `reserved` and `used` add up to its units less the revoked ones, and to its whole value. */
export interface LicenseStanding extends License {
  readonly status: 'live' | 'suspended' | 'revoked' | 'expired';
  readonly free: Amount;
  readonly reserved: Amount;
  readonly used: Amount;
  readonly revokedUnits: number;
}

/** What an order needs a license for, and on which day. */
export interface Coverage {
  readonly customer: string;
  readonly product: string;
  readonly endUse: string;
  readonly currency: string;
  readonly on: string;
}

export interface LicenseRow extends Record<string, unknown> {
  number: string;
  order_id: string;
  customer: string;
  parties: string[];
  product: string;
  end_use: string;
  currency: string;
  issued_on: string;
  expires_on: string | null;
  status: 'live' | 'suspended' | 'revoked';
  units: number;
  revoked: number;
  free: number;
  reserved: number;
  used: number;
  value_minor: number;
  value_free: number;
  value_reserved: number;
  value_used: number;
}

// Days are told as text: the driver would make moments of them, in the machine's own zone.
const columns = `number, order_id, customer, parties, product, end_use, currency, to_char(issued_on, 'YYYY-MM-DD') as issued_on,
  to_char(expires_on, 'YYYY-MM-DD') as expires_on, status, units, revoked, free, reserved, used, value_minor, value_free, value_reserved, value_used`;

/** A license, locked against all other changes until the transaction ends. Throws for a number that was never recorded. */
export async function lockLicense(ledger: Session, number: string): Promise<LicenseRow> {
  const [row] = await ledger.query<LicenseRow>(`select ${columns} from licenses where number = $1 for update`, [number]);
  if (!row) throw new Error(`license ${number} is not in the ledger: record it when it is issued`);
  return row;
}

/** Whether a license is past its last day; days are written so that their order as text is their order in time. */
export const isExpired = (row: LicenseRow, on: string): boolean => row.expires_on !== null && row.expires_on < on;

/** A license as it stands on a day; undefined for a number that was never recorded. */
export async function licenseStanding(database: Database, number: string, on: string): Promise<LicenseStanding | undefined> {
  const [row] = await query<LicenseRow>(database, `select ${columns} from licenses where number = $1`, [number]);
  return row && standingOf(row, on);
}

/** Every license as it stands on a day, by number. */
export const licenseStandings = async (database: Database, on: string): Promise<LicenseStanding[]> =>
  (await query<LicenseRow>(database, `select ${columns} from licenses order by number`)).map((row) => standingOf(row, on));

/** The live licenses that are about the same as an order, whatever is left of them, the one that expires first at the head; locked until the transaction ends. */
export const lockCovering = (ledger: Session, { customer, product, endUse, currency, on }: Coverage): Promise<LicenseRow[]> =>
  ledger.query<LicenseRow>(
    `select ${columns} from licenses where customer = $1 and product = $2 and end_use = $3 and currency = $4 and status = 'live'
     and issued_on <= $5 and (expires_on is null or expires_on >= $5) order by licenses.expires_on nulls last, number for update`,
    [customer, product, endUse, currency, on],
  );

/** Whether so much of a license is neither reserved nor used. */
export const hasFree = (row: LicenseRow, { units, valueMinor }: Amount): boolean => row.free >= units && row.value_free >= valueMinor;

const standingOf = (row: LicenseRow, on: string): LicenseStanding => ({
  number: row.number,
  orderId: row.order_id,
  customer: row.customer,
  parties: row.parties,
  product: row.product,
  endUse: row.end_use,
  units: row.units,
  valueMinor: row.value_minor,
  currency: row.currency,
  issued: row.issued_on,
  expires: row.expires_on,
  status: row.status !== 'revoked' && isExpired(row, on) ? 'expired' : row.status,
  free: { units: row.free, valueMinor: row.value_free },
  reserved: { units: row.reserved, valueMinor: row.value_reserved },
  used: { units: row.used, valueMinor: row.value_used },
  revokedUnits: row.revoked,
});
