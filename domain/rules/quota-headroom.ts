/** A cap beyond one order, as data. */
export type Quota =
  | { readonly kind: 'units-per-customer' | 'units-in-all'; readonly name: string; readonly units: number; readonly products: readonly string[] }
  | { readonly kind: 'share-of-us-volume'; readonly name: string; readonly percent: number };

/** Units of a product that a customer's orders hold or have had shipped. */
export interface UnitsInUse {
  readonly customer: string;
  readonly product: string;
  readonly units: number;
}

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

type Ask = Pick<UnitsInUse, 'customer' | 'product' | 'units'>;

/** The headroom of every quota that counts the ordered product; `inUse` is undefined where no ledger tells it. */
export function headroomOf(quotas: readonly Quota[], order: Ask, inUse: readonly UnitsInUse[] | undefined): Headroom[] {
  return quotas.flatMap((quota): Headroom[] => {
    const named = { quota: quota.name, kind: quota.kind };
    if (quota.kind === 'share-of-us-volume')
      return [
        {
          ...named,
          limit: 'unknown',
          used: 'unknown',
          left: 'unknown',
          fits: null,
          why: `${quota.percent} % of a volume in the United States that is not known here`,
        },
      ];
    if (!quota.products.includes(order.product)) return [];
    if (!inUse) return [{ ...named, limit: quota.units, used: 'unknown', left: 'unknown', fits: null, why: 'no ledger tells what is used' }];
    const used = usedOf(quota, order, inUse);
    return [{ ...named, limit: quota.units, used, left: Math.max(0, quota.units - used), fits: order.units <= quota.units - used, why: null }];
  });
}

/** Pooled over the products that the quota names. */
function usedOf(quota: Exclude<Quota, { kind: 'share-of-us-volume' }>, order: Ask, inUse: readonly UnitsInUse[]): number {
  const counted = inUse.filter(({ customer, product }) => quota.products.includes(product) && (quota.kind === 'units-in-all' || customer === order.customer));
  return counted.reduce((sum, { units }) => sum + units, 0);
}
