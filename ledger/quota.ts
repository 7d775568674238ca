import type { Quota } from '../domain/rules/quota.ts';
import { headroomOf } from '../domain/rules/quota-headroom.ts';
import { type Database, inTransaction, lockKey, type Session } from './database.ts';
import { type ReserveAnswer, reserveOrWait } from './stock-queue.ts';
import { unitsInUseIn } from './units-in-use.ts';
import type { WaitingUnits } from './waitlist.ts';

/** What an order wants of stock, and the caps of its policy that it must keep. */
export type CappedUnits = WaitingUnits & { readonly customer: string; readonly quotas: readonly Quota[] };

/** A cap that the order does not fit into, in units; nothing was reserved. */
export interface OverQuota {
  readonly outcome: 'over-quota';
  readonly quota: string;
  readonly limit: number;
  readonly used: number;
  readonly left: number;
}

/** Reserves stock where every cap that can be told leaves room for it; the same key again gets the same answer, whatever is left by then. */
export const reserveWithinQuotas = (database: Database, request: CappedUnits): Promise<ReserveAnswer | OverQuota> =>
  inTransaction(database, async (ledger) => {
    const over = await overQuota(ledger, request);
    if (over) return over;
    const { isNew: _isNew, ...answer } = await reserveOrWait(ledger, request);
    return answer;
  });

/**
 * The first cap that an order does not fit into, undefined where it fits into all or has its units already. Asked in the transaction that
 * reserves, before it touches a lot: from then to its end no other order that keeps caps can take of them, and units that come back meanwhile
 * only leave more room. A cap that is a share of an unknown volume is none.
 */
async function overQuota(ledger: Session, { key, customer, product, units, quotas }: CappedUnits): Promise<OverQuota | undefined> {
  if (quotas.length === 0) return undefined;
  await lockKey(ledger, 'quotas');
  const [made] = await ledger.query('select 1 from reservations where key = $1', [key]);
  if (made) return undefined;
  for (const { quota, limit, used, left, fits } of headroomOf(quotas, { customer, product, units }, await unitsInUseIn(ledger)))
    if (fits === false && limit !== 'unknown' && used !== 'unknown' && left !== 'unknown') return { outcome: 'over-quota', quota, limit, used, left };
  return undefined;
}
