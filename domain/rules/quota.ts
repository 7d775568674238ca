/** A cap beyond one order, as data. */
export type Quota =
  | PooledQuota
  | {
      readonly kind: 'share-of-us-volume';
      readonly name: string;
      readonly percent: number;
      /** Units of each product for the United States, where they are published. */
      readonly usVolume?: Readonly<Record<string, number>>;
    };

/** So many units of these products together, of each customer or of all. */
export interface PooledQuota {
  readonly kind: 'units-per-customer' | 'units-in-all';
  readonly name: string;
  readonly units: number;
  readonly products: readonly string[];
}

/** Units of a product that a customer's orders hold or have had shipped. */
export interface UnitsInUse {
  readonly customer: string;
  readonly product: string;
  readonly units: number;
}

/** Whose units of what a quota is asked about. */
type Ask = Pick<UnitsInUse, 'customer' | 'product'>;

/** Whether a quota limits units of a product. A share is taken of each product by itself. */
export const limits = (quota: Quota, product: string): boolean => quota.kind === 'share-of-us-volume' || quota.products.includes(product);

/** The most units of a product that a quota lets go, pooled over those it names; the reason where that is not published. */
export function limitOf(quota: Quota, product: string): number | { readonly notPublished: string } {
  if (quota.kind !== 'share-of-us-volume') return quota.units;
  const volume = quota.usVolume?.[product];
  if (volume === undefined) return { notPublished: `${quota.percent} % of a volume in the United States that is not published` };
  return Math.floor((volume * quota.percent) / 100);
}

/** The units in use that a quota counts where it is asked about a customer and a product. */
export function countedBy<U extends Ask>(quota: Quota, asked: Ask, inUse: readonly U[]): U[] {
  if (quota.kind === 'share-of-us-volume') return inUse.filter(({ product }) => product === asked.product);
  return inUse.filter(({ customer, product }) => quota.products.includes(product) && (quota.kind === 'units-in-all' || customer === asked.customer));
}
