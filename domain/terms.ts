/** Product codes that an order may name, those that are denied or need a ruling too; what is known of each is data (policies/products.yaml). */
export const products = ['H200', 'H100', 'H20', 'B200', 'B300', 'B30A', 'MI325X', 'MI300X', 'MI308', 'Gaudi3'] as const;
type Product = (typeof products)[number];

export const customerClasses = ['core', 'standard', 'academic', 'startup', 'reseller'] as const;
export const endUses = ['model-training', 'civil-cloud', 'research', 'civil-ai', 'autonomous-driving', 'resale'] as const;
export const currencies = ['USD'] as const;

export const limits = {
  /** More units than the whole reported Chinese demand: a larger number is a typing error. */
  units: 10_000_000,
  /** Invoiced revenue of one order in minor units; below 2^53, so that sums stay exact. */
  revenueMinor: 1_000_000_000_000_000,
} as const;

/** What was ordered and on which terms. Fixed when the order is submitted. */
export interface OrderTerms {
  /** Names the order everywhere; letters, digits, dot, hyphen, underscore. */
  readonly id: string;
  /** A code, never a name: it is shown unencrypted in Temporal's list. */
  readonly customer: string;
  readonly customerClass: (typeof customerClasses)[number];
  readonly product: Product;
  readonly units: number;
  /** Price of one unit in minor units (cents) of `currency`. */
  readonly unitPriceMinor: number;
  readonly currency: (typeof currencies)[number];
  readonly endUse: (typeof endUses)[number];
  /** Whether the Chinese review is asked for after the US key has turned or at the same time. */
  readonly reviews: 'in-sequence' | 'side-by-side';
  /** `when-allocated`: the submission carries the filing; `by-act`: the desk files by `submit-application`. */
  readonly fileApplication: 'when-allocated' | 'by-act';
  /** The calendar day, YYYY-MM-DD, on which the goods should have left; shown, decides nothing. */
  readonly shipBy?: string;
  /** The order that this one takes the place of, where its authorization could not be amended; shown, decides nothing. */
  readonly replaces?: string;
}
