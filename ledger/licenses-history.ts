import { type Database, query } from './database.ts';
import { amounts, type LicenseChange, objectOf } from './licenses-journal.ts';
import type { LicenseRow } from './licenses.ts';

/** A change as the journal has it, and how the license stood after it. `balance` is what was neither used nor revoked, in units. */
export type LicenseEntry = LicenseChange & {
  readonly effectiveAt: number;
  readonly status: LicenseRow['status'];
  readonly expires: string | null;
  readonly balance: number;
};

interface EntryRow extends Record<string, unknown> {
  kind: LicenseChange['kind'];
  key: string;
  order_id: string | null;
  reservation_key: string | null;
  caused_by: string | null;
  changed_at: Date;
  effective_at: Date;
  on_day: string | null;
  changed_by: string | null;
  reason: string | null;
  evidence: string | null;
  status: LicenseRow['status'];
  expires: string | null;
  balance: number;
  amounts: Record<(typeof amounts)[number], number>;
}

/** Everything that ever happened to a license, the oldest first; empty for a number that was never recorded. */
export async function licenseHistory(database: Database, number: string): Promise<LicenseEntry[]> {
  const rows = await query<EntryRow>(
    database,
    `select kind, key, order_id, reservation_key, caused_by, changed_at, effective_at, to_char(on_day, 'YYYY-MM-DD') as on_day, changed_by, reason, evidence,
       status, to_char(expires_on, 'YYYY-MM-DD') as expires, (sum(free + reserved) over (order by position))::int as balance, ${objectOf(amounts, 'license_changes')} as amounts
     from license_changes where license = $1 order by position`,
    [number],
  );
  return rows.map(({ kind, key, status, expires, balance, ...row }) => ({
    kind,
    key,
    at: row.changed_at.getTime(),
    effectiveAt: row.effective_at.getTime(),
    amounts: Object.fromEntries(Object.entries(row.amounts).filter(([, amount]) => amount !== 0)),
    ...(row.order_id !== null && { orderId: row.order_id }),
    ...(row.reservation_key !== null && { reservationKey: row.reservation_key }),
    ...(row.on_day !== null && { on: row.on_day }),
    ...(row.caused_by !== null && { causedBy: row.caused_by }),
    ...(row.changed_by !== null && { by: row.changed_by }),
    ...(row.reason !== null && { reason: row.reason }),
    ...(row.evidence !== null && { evidence: row.evidence }),
    status,
    expires,
    balance,
  }));
}
