import type { LevyBand, LevyRules, Policy } from '../policy.ts';
import type { ProductSpec } from '../product.ts';
import { liesWithin, possibleFigures } from './possible-figures.ts';

/** What a levy is for one product: its rate, and what it is taken on, from whom and when. */
export interface Levy extends Omit<LevyRules, 'bands' | 'exemptions'> {
  /** 2500 is 25 %; `unknown` where the product's figures are not known and leave more than one rate open. */
  readonly basisPoints: number | 'unknown';
  /** The band that the product's figures lie in; `null` outside all that have bounds, and where more than one is open. */
  readonly band: string | null;
}

/**
 * The levy on a product by a policy's bands: that of the first band that it lies in, 0 outside all of them (HTS 9903.79.01 and .02 for the
 * duty of the proclamation of 14 January 2026). Never a guess where figures are not known.
 */
export function levyOf({ bands, exemptions: _shown, ...rules }: LevyRules, spec: ProductSpec): Levy {
  const lie = possibleFigures(spec, bands).map((figures) => bands.find((band) => liesWithin(figures, band)));
  return { ...rules, basisPoints: only(lie.map(rateOf)) ?? 'unknown', band: only(lie.map(nameOf)) ?? null };
}

const rateOf = (band: LevyBand | undefined): number => band?.basisPoints ?? 0;
// A row without bounds is for every product, or for all that lie in no band: nothing that figures lie in.
const nameOf = (band: LevyBand | undefined): string | null => (band?.tpp || band?.bandwidth ? band.name : null);

/** The value that all of them are, undefined where they differ. */
const only = <T>([first, ...others]: readonly T[]): T | undefined => (others.every((other) => other === first) ? first : undefined);

/**
 * The levy's rate for the ordered product in basis points. A rate that is not known is taken as 0: such a product needs a ruling, and an order
 * of it waits for that before anything is sold.
 */
export function levyBasisPoints(policy: Policy): number {
  if (policy.edition === 1) return policy.levyBasisPoints;
  const { basisPoints } = levyOf(policy.levy, policy.product);
  return basisPoints === 'unknown' ? 0 : basisPoints;
}

/** A levy in minor units, rounded half up to the minor unit. Exact for every safe integer. `basisPoints`: 2500 is 25 %. */
export function levyOn(baseMinor: number, basisPoints: number): number {
  if (!Number.isSafeInteger(baseMinor) || baseMinor < 0)
    throw new RangeError(`the base of a levy, ${baseMinor}, is not a whole number of minor units from 0 to 2^53`);
  return Number((BigInt(baseMinor) * BigInt(basisPoints) + 5_000n) / 10_000n);
}
