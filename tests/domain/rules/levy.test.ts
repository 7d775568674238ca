import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { levyOn } from '../../../domain/rules/levy.ts';
import { limits } from '../../../domain/terms.ts';

describe('the levy on invoiced revenue', () => {
  it.each([
    { cents: 0, levy: 0 },
    { cents: 1, levy: 0 },
    { cents: 2, levy: 1 },
    { cents: 3, levy: 1 },
    { cents: 5, levy: 1 },
    { cents: 6, levy: 2 },
    { cents: 18_000_000_000, levy: 4_500_000_000 },
    { cents: 999_999_999_999_998, levy: 250_000_000_000_000 },
    { cents: 999_999_999_999_999, levy: 250_000_000_000_000 },
    { cents: 1_000_000_000_000_000, levy: 250_000_000_000_000 },
  ])('is 25 % of $cents cents, rounded half up: $levy', ({ cents, levy }) => {
    expect(levyOn(cents, 2_500)).toBe(levy);
  });

  it.each([
    { cents: 1, levy: 0 },
    { cents: 3, levy: 0 },
    { cents: 4, levy: 1 },
    { cents: 10, levy: 2 },
    { cents: 18_000_000_000, levy: 2_700_000_000 },
    { cents: 999_999_999_999_997, levy: 150_000_000_000_000 },
    { cents: 1_000_000_000_000_000, levy: 150_000_000_000_000 },
  ])('was 15 % before: of $cents cents $levy', ({ cents, levy }) => {
    expect(levyOn(cents, 1_500)).toBe(levy);
  });

  it('is never further from the exact share than half a cent, and a half cent goes up', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.constantFrom(1_500, 2_500), fc.boolean(), (any, basisPoints, isSmall) => {
        const revenue = isSmall ? any % 1_000 : any;
        const excess = BigInt(levyOn(revenue, basisPoints)) * 10_000n - BigInt(revenue) * BigInt(basisPoints);
        expect(excess > -5_000n && excess <= 5_000n).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('never falls when revenue grows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: limits.revenueMinor - 1 }), fc.constantFrom(1_500, 2_500), (revenue, basisPoints) => {
        expect(levyOn(revenue + 1, basisPoints)).toBeGreaterThanOrEqual(levyOn(revenue, basisPoints));
      }),
      { numRuns: 300 },
    );
  });

  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 2 ** 53, 1e21])(
    'is refused on %s, which is no exact number of cents',
    (revenue) => {
      expect(() => levyOn(revenue, 2_500)).toThrow(RangeError);
    },
  );
});
