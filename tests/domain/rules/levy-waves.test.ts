import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { levyOn } from '../../../domain/rules/levy.ts';
import { levyOnWave } from '../../../domain/rules/levy-waves.ts';
import { limits } from '../../../domain/terms.ts';

const basisPoints = fc.oneof(fc.constantFrom(0, 1, 1_500, 2_500, 9_999, 10_000), fc.integer({ min: 0, max: 10_000 }));
const cents = fc.integer({ min: 1, max: 12 });
const billions = fc.integer({ min: 1, max: limits.revenueMinor / 20 });
/** Up to 20 waves, worth 10^15 minor units at most. */
const waves = fc.array(fc.oneof(cents, billions), { minLength: 1, maxLength: 20 });

const leviesOf = (amounts: readonly number[], rate: number): number[] => {
  let before = 0;
  return amounts.map((amount) => {
    const levy = levyOnWave(before, amount, rate);
    before += amount;
    return levy;
  });
};
const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

describe('the levies of waves', () => {
  it('add up to the levy on the whole, in every order of the waves', () => {
    fc.assert(
      fc.property(
        waves.chain((amounts) => fc.tuple(fc.constant(amounts), fc.shuffledSubarray(amounts, { minLength: amounts.length }))),
        basisPoints,
        ([amounts, shuffled], rate) => {
          const whole = levyOn(sum(amounts), rate);
          expect(sum(leviesOf(amounts, rate))).toBe(whole);
          expect(sum(leviesOf(shuffled, rate))).toBe(whole);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('add up when 10^15 minor units leave in one-cent steps around the end', () => {
    const amounts = [limits.revenueMinor - 5, 1, 1, 1, 1, 1];
    expect(sum(leviesOf(amounts, 2_500))).toBe(levyOn(limits.revenueMinor, 2_500));
  });

  it('are each less than one minor unit away from the exact share, never below 0 and never more than the wave', () => {
    fc.assert(
      fc.property(waves, basisPoints, (amounts, rate) => {
        for (const [index, levy] of leviesOf(amounts, rate).entries()) {
          const amount = amounts[index] ?? 0;
          const away = BigInt(levy) * 10_000n - BigInt(amount) * BigInt(rate);
          expect(away > -10_000n && away < 10_000n).toBe(true);
          expect(levy).toBeGreaterThanOrEqual(0);
          expect(levy).toBeLessThanOrEqual(amount);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('are the plain levy where there is one wave', () => {
    fc.assert(
      fc.property(fc.oneof(cents, billions), basisPoints, (amount, rate) => {
        expect(leviesOf([amount], rate)).toEqual([levyOn(amount, rate)]);
      }),
    );
  });

  it('differ from the levy on each wave alone, which would lose what rounding leaves', () => {
    expect(leviesOf([1, 1, 1, 1], 2_500)).toEqual([0, 1, 0, 0]);
    expect([1, 1, 1, 1].map((amount) => levyOn(amount, 2_500))).toEqual([0, 0, 0, 0]);
  });

  it.each([
    [-1, 1],
    [1, -1],
    [0.5, 1],
    [1, Number.NaN],
    [Number.MAX_SAFE_INTEGER, 1],
  ])('are refused of %d before and %d now, which is no exact number of minor units', (before, wave) => {
    expect(() => levyOnWave(before, wave, 2_500)).toThrow(RangeError);
  });
});
