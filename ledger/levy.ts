import { type Database, query } from './database.ts';

/** Accrues a levy once by key; a second entry with the same key is the first. Amounts in minor units. */
export async function accrueLevy(
  database: Database,
  entry: { key: string; orderId: string; policy: string; revenueMinor: number; amountMinor: number; currency: string; at: number },
): Promise<void> {
  await query(
    database,
    `insert into levy_entries (key, order_id, policy, revenue_minor, amount_minor, currency, accrued_at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (key) do nothing`,
    [entry.key, entry.orderId, entry.policy, entry.revenueMinor, entry.amountMinor, entry.currency, new Date(entry.at)],
  );
}
