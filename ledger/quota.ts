import type { Quota } from '../domain/rules/quota.ts';
import { overQuota, type OverQuota } from '../domain/rules/quota-headroom.ts';
import { lockKey, type Session } from './database.ts';
import type { UnitsWanted } from './stock-taking.ts';
import { unitsInUseIn } from './units-in-use.ts';

/**
 * Orders that keep caps wait for each other until the transaction of the first ends: locked after the queues and before any lot. From then to its end no
 * other order that keeps caps can take of them, and units that come back meanwhile only leave more room.
 */
export const lockQuotas = (ledger: Session): Promise<unknown> => lockKey(ledger, 'quotas');

/** The first cap that an order does not fit into, undefined where it fits into all; quotas are locked. Throws where its id was never claimed. */
export async function overQuotaIn(ledger: Session, wanted: UnitsWanted, quotas: readonly Quota[]): Promise<OverQuota | undefined> {
  const { orderId, product, units } = wanted;
  const [order] = await ledger.query<{ customer: string }>(`select terms->>'customer' as customer from orders where id = $1`, [orderId]);
  if (!order) throw new Error(`order ${orderId} was never submitted to this ledger: nobody knows whose quotas it must keep`);
  return overQuota(quotas, { customer: order.customer, product, units }, await unitsInUseIn(ledger));
}

/** Keeps that a call was refused over a quota. */
export const enterRefusal = (
  ledger: Session,
  { key, orderId }: { readonly key: string; readonly orderId: string },
  { quota, limit, used, left }: OverQuota,
  at: number,
): Promise<unknown> =>
  ledger.query('insert into quota_refusals (key, order_id, quota, quota_limit, used, headroom, refused_at) values ($1, $2, $3, $4, $5, $6, $7)', [
    ...[key, orderId, quota, limit, used, left, new Date(at)],
  ]);

/** The cap over which a call was refused; undefined where it was not. */
export async function refusalOf(ledger: Session, key: string): Promise<OverQuota | undefined> {
  const [refusal] = await ledger.query<OverQuota & Record<string, unknown>>(
    'select quota, quota_limit as "limit", used, headroom as "left" from quota_refusals where key = $1',
    [key],
  );
  return refusal;
}
