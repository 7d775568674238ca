import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EligibilityRow, type ProductSpec, routes } from '../../../domain/product.ts';
import { isWithin, type Range } from '../../../domain/range.ts';
import { classify } from '../../../domain/rules/eligibility.ts';
import { product } from './january-rule.ts';

/** Few numbers, so that figures often lie exactly on a bound. */
const number = fc.integer({ min: 0, max: 8 });
const range: fc.Arbitrary<Range> = fc.record({ above: number, from: number, below: number }, { requiredKeys: [] });
const row: fc.Arbitrary<EligibilityRow> = fc.record(
  { name: fc.constant('row'), route: fc.constantFrom(...routes), tpp: range, bandwidth: range, products: fc.constantFrom(['H200'], ['B200']) },
  { requiredKeys: ['name', 'route'] },
);
const rows = fc.array(row, { maxLength: 5 });
const spec: fc.Arbitrary<ProductSpec> = fc
  .record({ tpp: fc.oneof(number, fc.constant('unknown' as const)), bandwidth: fc.oneof(number, fc.constant('unknown' as const)) })
  .map((figures) => product(figures));

/** Every value on or between the bounds: they are whole numbers up to 8. */
const grid = Array.from({ length: 40 }, (_none, index) => index / 4);
const valuesOf = (figure: number | 'unknown'): readonly number[] => (figure === 'unknown' ? grid : [figure]);

/** The rule told once more in the plainest way: try all that the product may be. */
function routesByTrying({ code, tpp, bandwidth }: ProductSpec, table: readonly EligibilityRow[]): Set<string> {
  const found = valuesOf(tpp).flatMap((t) =>
    valuesOf(bandwidth).map((b) => {
      const hit = table.find((one) => (one.products?.includes(code) ?? true) && isWithin(t, one.tpp ?? {}) && isWithin(b, one.bandwidth ?? {}));
      return hit?.route ?? 'needs-ruling';
    }),
  );
  return new Set(found);
}

describe('of random tables and products', () => {
  it('the route is the one that every possible value gives, else a ruling is needed', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(spec, rows, (one, table) => {
        const tried = routesByTrying(one, table);
        const { route } = classify(one, table);
        seen.add(`${tried.size > 1 ? 'open' : 'one'} ${route}`);
        expect(route).toBe(tried.size === 1 ? [...tried][0] : 'needs-ruling');
      }),
      { numRuns: 2_000 },
    );
    expect([...seen].toSorted()).toEqual(['one case-by-case', 'one needs-ruling', 'one no-license-required', 'one presumption-of-denial', 'open needs-ruling']);
  });

  it('to learn a figure never takes back a route that was certain', () => {
    fc.assert(
      fc.property(rows, number, number, (table, tpp, bandwidth) => {
        const before = classify(product({ tpp: 'unknown', bandwidth: 'unknown' }), table);
        fc.pre(before.route !== 'needs-ruling');
        expect(classify(product({ tpp, bandwidth }), table).route).toBe(before.route);
      }),
      { numRuns: 1_000 },
    );
  });

  it('there is always a reason, and no reason for a row after the one that matched', () => {
    fc.assert(
      fc.property(spec, rows, (one, table) => {
        const { reasons } = classify(one, table);
        expect(reasons.length).toBeGreaterThan(0);
        const matched = reasons.findIndex((reason) => / matches, /.test(reason));
        if (matched !== -1) expect(reasons.slice(matched + 1).filter((reason) => reason.startsWith('row '))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
