import { countedBy, limitOf, limits, type Quota, type UnitsInUse } from './quota.ts';

/** Units in use, told apart: what orders hold, and what was shipped. */
export interface QuotaUse extends UnitsInUse {
  readonly reserved: number;
  readonly committed: number;
}

/** How a quota stands for a customer, for a product, or in all. Units. */
export interface QuotaStanding {
  readonly quota: string;
  readonly kind: Quota['kind'];
  /** Whose units are counted; null where all customers' are. */
  readonly customer: string | null;
  /** What is counted, pooled. */
  readonly products: readonly string[];
  /** `not published` where it is a share of a volume that is not: then it is no check. */
  readonly limit: number | 'not published';
  readonly reserved: number;
  readonly committed: number;
  readonly headroom: number | 'not published';
}

/** How quotas stand: of one customer or of each that has units in use, of one product or of all that are limited. */
export function quotaStandings(
  quotas: readonly Quota[],
  inUse: readonly QuotaUse[],
  asked: { readonly customer?: string | undefined; readonly product?: string | undefined },
): QuotaStanding[] {
  const { product } = asked;
  return quotas
    .filter((quota) => product === undefined || limits(quota, product))
    .flatMap((quota) => {
      if (quota.kind === 'share-of-us-volume') {
        const known = [...inUse.map((one) => one.product), ...Object.keys(quota.usVolume ?? {})];
        return distinct(product === undefined ? known : [product]).map((one) => standingOf(quota, null, [one], inUse));
      }
      if (quota.kind === 'units-in-all') return [standingOf(quota, null, quota.products, inUse)];
      const known = inUse.filter((one) => quota.products.includes(one.product)).map(({ customer }) => customer);
      return distinct(asked.customer === undefined ? known : [asked.customer]).map((customer) => standingOf(quota, customer, quota.products, inUse));
    });
}

function standingOf(quota: Quota, customer: string | null, products: readonly string[], inUse: readonly QuotaUse[]): QuotaStanding {
  const [product = ''] = products;
  const counted = countedBy(quota, { customer: customer ?? '', product }, inUse);
  const sum = (of: 'reserved' | 'committed'): number => counted.reduce((total, one) => total + one[of], 0);
  const [limit, reserved, committed] = [limitOf(quota, product), sum('reserved'), sum('committed')];
  const told =
    typeof limit === 'number'
      ? { limit, headroom: Math.max(0, limit - reserved - committed) }
      : ({ limit: 'not published', headroom: 'not published' } as const);
  return { quota: quota.name, kind: quota.kind, customer, products, ...told, reserved, committed };
}

const distinct = (all: readonly string[]): string[] => [...new Set(all)].toSorted();
