import { describe, expect, it } from 'vitest';
import type { EligibilityRow } from '../../../domain/product.ts';
import { classify } from '../../../domain/rules/eligibility.ts';
import { chips, januaryRows, product } from './january-rule.ts';

const byName: readonly EligibilityRow[] = [
  { name: 'named', products: ['H200', 'MI325X'], route: 'case-by-case' },
  { name: 'ruled out', products: ['B200'], route: 'presumption-of-denial' },
];

describe('the route of a product under the rule of January 2026', () => {
  it.each([
    ['H200', 'case-by-case'],
    ['H100', 'case-by-case'],
    ['MI300X', 'case-by-case'],
    ['MI325X', 'case-by-case'],
    ['B30A', 'presumption-of-denial'],
    ['Gaudi3', 'needs-ruling'],
  ] as const)('%s: %s', (code, route) => {
    expect(classify(chips[code], januaryRows).route).toBe(route);
  });

  it.each([
    [20_999, 6_499, 'case-by-case'],
    [20_999.99, 6_499.99, 'case-by-case'],
    [21_000, 6_499, 'presumption-of-denial'],
    [20_999, 6_500, 'presumption-of-denial'],
    [21_000, 6_500, 'presumption-of-denial'],
    [0, 0, 'case-by-case'],
  ] as const)('TPP %d and %d GB/s: %s, since exactly a limit is not below it', (tpp, bandwidth, route) => {
    expect(classify(product({ tpp, bandwidth }), januaryRows).route).toBe(route);
  });

  it('tells which figure failed by which bound, and which row matched', () => {
    expect(classify(chips.B30A, januaryRows).reasons).toEqual([
      'row "below both limits" does not match: TPP 30,000 is not below 21,000',
      'row "anything else" matches, presumption-of-denial: it is about every product',
    ]);
    expect(classify(chips.H200, januaryRows).reasons).toEqual([
      'row "below both limits" matches, case-by-case: TPP 15,832 is below 21,000; DRAM bandwidth 4,800 GB/s is below 6,500 GB/s',
    ]);
  });

  it('says where a figure that decides is from memory', () => {
    expect(classify(chips.MI325X, januaryRows).reasons.at(-1)).toBe('the figures of MI325X are from memory: read them in a source before filing');
  });
});

describe('a figure that is not known', () => {
  it('is no guess: the product needs a ruling, and the reason names row, figure and bound', () => {
    expect(classify(product({ tpp: 'unknown' }), januaryRows)).toEqual({
      route: 'needs-ruling',
      reasons: [
        'row "below both limits" cannot be decided: TPP is unknown, asked is below 21,000',
        'row "anything else" matches, presumption-of-denial: it is about every product',
        'by what H200 may be, the route is one of case-by-case, presumption-of-denial: ask for a ruling',
      ],
    });
  });

  it('does no harm where the other figure decides', () => {
    expect(classify(product({ tpp: 'unknown', bandwidth: 8_000 }), januaryRows).route).toBe('presumption-of-denial');
  });

  it('does no harm where every value gives the same route', () => {
    const rows: readonly EligibilityRow[] = [
      { name: 'small', tpp: { below: 4_800 }, route: 'case-by-case' },
      { name: 'large', tpp: { from: 4_800 }, route: 'case-by-case' },
    ];
    const { route, reasons } = classify(product({ tpp: 'unknown' }), rows);
    expect(route).toBe('case-by-case');
    expect(reasons.at(-1)).toBe('whatever these figures are, the route is case-by-case');
  });

  it.each([
    [{ below: 4_800 }, { above: 4_800 }],
    [{ above: 0 }, { from: 5 }],
  ])('leaves open the one value that %j and %j leave out', (first, second) => {
    const rows: readonly EligibilityRow[] = [
      { name: 'first', tpp: first, route: 'case-by-case' },
      { name: 'second', tpp: second, route: 'case-by-case' },
    ];
    expect(classify(product({ tpp: 'unknown' }), rows).route).toBe('needs-ruling');
  });

  it('counts as not known where sources contradict each other about the product', () => {
    const { route, reasons } = classify(product({ certainty: 'conflict' }), januaryRows);
    expect(route).toBe('needs-ruling');
    expect(reasons[0]).toContain('TPP 15,832 is unsure, since sources contradict each other, asked is below 21,000');
    expect(classify(chips.Gaudi3, januaryRows).reasons[0]).toContain('TPP is unknown, since sources contradict each other');
  });

  it('is not asked for by a row that names the product', () => {
    expect(classify(product({ tpp: 'unknown', bandwidth: 'unknown' }), byName)).toEqual({
      route: 'case-by-case',
      reasons: ['row "named" matches, case-by-case: it names H200'],
    });
  });
});

describe('a table by names', () => {
  it('is about the products that it names', () => {
    expect(classify(product({ code: 'B200' }), byName).route).toBe('presumption-of-denial');
  });

  it('leaves every other product to a ruling', () => {
    expect(classify(chips.H100, byName)).toEqual({ route: 'needs-ruling', reasons: ['no row of the policy matches H100: ask for a ruling'] });
  });

  it('gives the first row that matches, also where a later one does', () => {
    expect(classify(product(), [...byName, ...januaryRows].toReversed()).route).toBe('presumption-of-denial');
  });
});
