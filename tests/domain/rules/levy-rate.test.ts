import { describe, expect, it } from 'vitest';
import type { LevyRules } from '../../../domain/policy.ts';
import { levyBasisPoints, levyOf } from '../../../domain/rules/levy.ts';
import { policyOfToday } from '../../support/orders.ts';
import { chips, januaryLevy, januaryRows, product } from './january-rule.ts';

describe('the duty of January 2026', () => {
  it.each([
    ['H200', 2_500, 'band 1'],
    ['MI325X', 2_500, 'band 2'],
    ['H100', 0, null],
    ['MI300X', 0, null],
    ['B30A', 0, null],
  ] as const)('of %s is %i basis points, band %s', (code, basisPoints, band) => {
    expect(levyOf(januaryLevy, chips[code])).toMatchObject({ basisPoints, band });
  });

  it.each([
    [14_000, 4_800, 0],
    [14_001, 4_800, 2_500],
    [17_499, 4_800, 2_500],
    [17_500, 4_800, 0],
    [15_832, 4_500, 0],
    [15_832, 4_501, 2_500],
    [15_832, 4_999, 2_500],
    [15_832, 5_000, 0],
    [20_800, 6_000, 0],
    [20_801, 5_801, 2_500],
    [21_099, 6_199, 2_500],
    [21_100, 6_000, 0],
    [20_900, 5_800, 0],
    [20_900, 6_200, 0],
  ])('of TPP %i and %i GB/s is %i: all bounds are strict', (tpp, bandwidth, basisPoints) => {
    expect(levyOf(januaryLevy, product({ tpp, bandwidth })).basisPoints).toBe(basisPoints);
  });

  it('is on the entered value, of the importer of record, on entry, and not refunded', () => {
    expect(levyOf(januaryLevy, chips.H200)).toEqual({
      basisPoints: 2_500,
      band: 'band 1',
      base: 'entered-value',
      payer: 'importer-of-record',
      borneBy: 'unknown',
      trigger: 'on-entry',
      refundable: 'no',
    });
  });
});

describe('a rate for every product', () => {
  const whole: LevyRules = { ...januaryLevy, bands: [{ name: 'revenue-share', basisPoints: 1_500 }] };

  it('hangs on no figure and lies in no band', () => {
    expect(levyOf(whole, chips.Gaudi3)).toMatchObject({ basisPoints: 1_500, band: null });
  });

  it('may be 0 for what lies in no band', () => {
    const rest = { ...januaryLevy, bands: [...januaryLevy.bands, { name: 'others', basisPoints: 0 }] };
    expect(levyOf(rest, chips.H100)).toMatchObject({ basisPoints: 0, band: null });
    expect(levyOf(rest, chips.H200)).toMatchObject({ basisPoints: 2_500, band: 'band 1' });
  });
});

describe('a rate that hangs on a figure which is not known', () => {
  it('is unknown, and so is the band', () => {
    expect(levyOf(januaryLevy, product({ tpp: 'unknown' }))).toMatchObject({ basisPoints: 'unknown', band: null });
    expect(levyOf(januaryLevy, chips.Gaudi3)).toMatchObject({ basisPoints: 'unknown', band: null });
  });

  it('is known where the other figure decides', () => {
    expect(levyOf(januaryLevy, product({ tpp: 'unknown', bandwidth: 5_300 }))).toMatchObject({ basisPoints: 0, band: null });
  });

  it('is known where all bands that may be have the same', () => {
    const bands: LevyRules['bands'] = [
      { name: 'small', tpp: { below: 100 }, basisPoints: 1_500 },
      { name: 'large', basisPoints: 1_500 },
    ];
    expect(levyOf({ ...januaryLevy, bands }, product({ tpp: 'unknown' }))).toMatchObject({ basisPoints: 1_500, band: null });
  });
});

describe('the rate of an order', () => {
  const second = policyOfToday({}, { eligibility: januaryRows, levy: januaryLevy, product: chips.H200 });

  it('is the number of a policy of the first edition', () => {
    expect(levyBasisPoints({ id: '2025-08', edition: 1, opinionMs: 1, levyBasisPoints: 1_500 })).toBe(1_500);
  });

  it('is that of the pinned product, later', () => {
    expect(levyBasisPoints(second)).toBe(2_500);
    expect(levyBasisPoints({ ...second, product: chips.H100 })).toBe(0);
  });

  it('is 0 as long as nobody knows it', () => {
    expect(levyBasisPoints({ ...second, product: chips.Gaudi3 })).toBe(0);
  });
});
