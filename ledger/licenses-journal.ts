import type { Session } from './database.ts';
import type { LicenseRow } from './licenses.ts';

/** What is kept of a license in units and in minor units; the constraints of the table say how they add up. */
export const amounts = ['units', 'revoked', 'free', 'reserved', 'used', 'value_minor', 'value_free', 'value_reserved', 'value_used'] as const;
/** What a change adds to each amount of a license, or takes from it. */
/** Columns of a table as one JSON object, in SQL. */
export const objectOf = (fields: readonly string[], table: string): string =>
  `jsonb_build_object(${fields.map((field) => `'${field}', ${table}.${field}`).join(', ')})`;
export type Amounts = { readonly [A in (typeof amounts)[number]]?: number };

/** A change of a license by an authority or by an order. Times in epoch milliseconds. */
export interface LicenseChange {
  readonly kind: 'recorded' | 'reserved' | 'released' | 'lost' | 'used' | 'taken-back' | 'revised' | 'suspended' | 'reinstated' | 'revoked';
  readonly key: string;
  readonly at: number;
  /** From when on it counts, where that is earlier. */
  readonly effectiveAt?: number;
  readonly amounts: Amounts;
  readonly orderId?: string;
  readonly reservationKey?: string;
  /** The authority's day of a use, YYYY-MM-DD. */
  readonly on?: string;
  /** The key of the authority's change that took a reservation away. */
  readonly causedBy?: string;
  /** Who made it, in the authority's name. */
  readonly by?: string;
  readonly reason?: string;
  /** SHA-256 of the document that tells it. */
  readonly evidence?: string;
}

/** What stands of a license besides its amounts, where a change alters it. */
export type NewStanding = Partial<Pick<LicenseRow, 'status' | 'expires_on' | 'parties'>>;

/** Writes a change into the journal and onto the license at once; the constraints of both refuse one that does not add up. The license is locked by the caller. */
export async function enter(ledger: Session, license: LicenseRow, change: LicenseChange, standing: NewStanding = {}): Promise<void> {
  const { kind, key, orderId, reservationKey, causedBy, at, on, effectiveAt = at, by, reason, evidence } = change;
  const added = amounts.map((amount) => change.amounts[amount] ?? 0);
  const { status, expires_on, parties } = { ...license, ...standing };
  await ledger.query(
    `update licenses set ${amounts.map((amount, index) => `${amount} = ${amount} + $${index + 5}`).join(', ')}, status = $2, expires_on = $3, parties = $4
     where number = $1`,
    [license.number, status, expires_on, parties, ...added],
  );
  await ledger.query(
    `insert into license_changes (license, kind, key, order_id, reservation_key, caused_by, status, expires_on, parties, changed_at, effective_at, on_day,
       changed_by, reason, evidence, ${amounts.join(', ')})
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, ${amounts.map((_, index) => `$${index + 16}`).join(', ')})`,
    [
      ...[license.number, kind, key, orderId ?? null, reservationKey ?? null, causedBy ?? null, status, expires_on, parties],
      ...[new Date(at), new Date(effectiveAt), on ?? null, by ?? null, reason ?? null, evidence ?? null, ...added],
    ],
  );
}
