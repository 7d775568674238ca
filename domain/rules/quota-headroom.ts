import { countedBy, limitOf, limits, type Quota, type UnitsInUse } from './quota.ts';

/** What is left of a quota before an order takes from it, in units; `unknown` with the reason where that cannot be told. */
export interface Headroom {
  readonly quota: string;
  readonly kind: Quota['kind'];
  /** Units, or `unknown` where the quota is a share of something that is not known. */
  readonly limit: number | 'unknown';
  readonly used: number | 'unknown';
  readonly left: number | 'unknown';
  /** Whether the order fits in; `null` where what is left is unknown. */
  readonly fits: boolean | null;
  /** Why something is unknown; `null` where nothing is. */
  readonly why: string | null;
}

/** A cap that an order does not fit into, in units. */
export interface OverQuota {
  readonly quota: string;
  readonly limit: number;
  readonly used: number;
  readonly left: number;
}

/** The headroom of every quota that counts the ordered product; `inUse` is undefined where no ledger tells it. */
export function headroomOf(quotas: readonly Quota[], order: UnitsInUse, inUse: readonly UnitsInUse[] | undefined): Headroom[] {
  return quotas
    .filter((quota) => limits(quota, order.product))
    .map((quota): Headroom => {
      const told = { quota: quota.name, kind: quota.kind };
      const unknown = { used: 'unknown', left: 'unknown', fits: null } as const;
      const limit = limitOf(quota, order.product);
      if (typeof limit !== 'number') return { ...told, limit: 'unknown', ...unknown, why: limit.notPublished };
      if (!inUse) return { ...told, limit, ...unknown, why: 'no ledger tells what is used' };
      const used = countedBy(quota, order, inUse).reduce((sum, { units }) => sum + units, 0);
      return { ...told, limit, used, left: Math.max(0, limit - used), fits: order.units <= limit - used, why: null };
    });
}

/** The first cap that an order does not fit into, undefined where it fits into all. A cap that is a share of an unknown volume is none. */
export function overQuota(quotas: readonly Quota[], order: UnitsInUse, inUse: readonly UnitsInUse[]): OverQuota | undefined {
  for (const { quota, limit, used, left, fits } of headroomOf(quotas, order, inUse))
    if (fits === false && limit !== 'unknown' && used !== 'unknown' && left !== 'unknown') return { quota, limit, used, left };
  return undefined;
}
