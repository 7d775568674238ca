/**
 * The levy on revenue in minor units, rounded half up to the minor unit: 25 % of invoiced revenue under the announcement
 * of 8 December 2025, 15 % before. Exact for every safe integer. `basisPoints`: 2500 is 25 %.
 */
export function levyOn(revenueMinor: number, basisPoints: number): number {
  if (!Number.isSafeInteger(revenueMinor) || revenueMinor < 0)
    throw new RangeError(`revenue ${revenueMinor} is not a whole number of minor units from 0 to 2^53`);
  return Number((BigInt(revenueMinor) * BigInt(basisPoints) + 5_000n) / 10_000n);
}
