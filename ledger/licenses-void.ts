import type { StepResults } from '../domain/steps.ts';
import { type Database, query } from './database.ts';
import { revokeLicense } from './licenses-changes.ts';

/** A license that an order has recorded by mistake; `at` in epoch milliseconds. */
interface Mistake {
  readonly key: string;
  readonly orderId: string;
  readonly licenseNumber: string;
  readonly reason: string;
  readonly at: number;
}

/**
 * Makes a license void that was recorded by mistake: nothing leaves under it any more, and its history says why. Only the license of this very order
 * is: the number may have been mistaken for another's. One that Commerce has revoked meanwhile is void already.
 */
export async function voidLicense(database: Database, { key, orderId, licenseNumber, reason, at }: Mistake): Promise<StepResults['void-license']> {
  const own = await query(database, 'select 1 from licenses where number = $1 and order_id = $2', [licenseNumber, orderId]);
  if (own.length === 0) return { outcome: 'not-recorded' };
  await revokeLicense(database, { key, number: licenseNumber, by: 'seller.desk', at, effectiveAt: at, reason: `recorded by mistake: ${reason}` });
  return { outcome: 'voided' };
}
