import { type Database, query } from './database.ts';

/** A license that ends soon while some of it is left. */
export interface ExpiringLicense {
  readonly number: string;
  /** Its last good day, YYYY-MM-DD. */
  readonly expires: string;
  readonly daysLeft: number;
  /** The nearest of the limits within which it lies. */
  readonly within: number;
  /** Units neither used nor revoked. */
  readonly balance: number;
  /** The order that it was issued to, and those that have some of it set aside. */
  readonly orders: readonly string[];
}

/** The licenses that have units left and whose last day lies within so many days of `on` (YYYY-MM-DD, the authority's day), the first to end first. */
export async function expiringLicenses(database: Database, on: string, within: readonly number[]): Promise<ExpiringLicense[]> {
  const rows = await query<Omit<ExpiringLicense, 'within'> & Record<string, unknown>>(
    database,
    `select number, to_char(expires_on, 'YYYY-MM-DD') as expires, expires_on - $1::date as "daysLeft", free + reserved as balance,
       array(select order_id from licenses self where self.number = licenses.number
             union select order_id from license_reservations where license = licenses.number and state = 'reserved' order by 1) as orders
     from licenses where status <> 'revoked' and free + reserved > 0 and expires_on between $1::date and $1::date + $2::int order by expires_on, number`,
    [on, Math.max(...within)],
  );
  return rows.map((row) => ({ ...row, within: Math.min(...within.filter((days) => days >= row.daysLeft)) }));
}
