import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EligibilityRow, ProductSpec } from '../../domain/product.ts';
import { tableFaults, type TableRow, unreachableNames } from '../../edge/policy-tables.ts';

const highest = 6;
const bound = fc.integer({ min: 0, max: highest });
const range = fc.oneof(
  fc.constant({}),
  bound.map((from) => ({ from })),
  bound.map((above) => ({ above })),
  bound.map((below) => ({ below })),
  fc.record({ from: bound, below: bound }),
  fc.record({ above: bound, below: bound }),
);
const table: fc.Arbitrary<TableRow[]> = fc
  .array(fc.record({ tpp: range, bandwidth: range }), { maxLength: 5 })
  .map((rows) => rows.map((row, index) => ({ name: `row-${index}`, ...row })));
/** A table that is cut up as a person would: most are whole. */
const cutTable: fc.Arbitrary<TableRow[]> = fc.record({ at: bound, width: fc.integer({ min: 1, max: 3 }), from: fc.boolean() }).map(({ at, width, from }) => [
  { name: 'low', tpp: { below: at } },
  { name: 'middle', tpp: { from: at, below: at + width } },
  { name: 'high', tpp: from ? { from: at + width } : { above: at + width } },
]);

/** Every quarter from 0 to beyond the highest bound: bounds are whole, so each kind of figure is among them. */
const quarters = Array.from({ length: (highest + 5) * 4 }, (_, index) => index / 4);
const grid = quarters.flatMap((tpp) => quarters.map((bandwidth) => ({ tpp, bandwidth })));

/** Whether a row is about a point, said a second time. */
function isAbout(row: TableRow, point: { readonly tpp: number; readonly bandwidth: number }): boolean {
  return (['tpp', 'bandwidth'] as const).every((figure) => {
    const { above, from, below } = row[figure] ?? {};
    const value = point[figure];
    return (above === undefined || value > above) && (from === undefined || value >= from) && (below === undefined || value < below);
  });
}

const boundsIn = ({ tpp = {}, bandwidth = {} }: TableRow): number => Object.keys(tpp).length + Object.keys(bandwidth).length;

/** What is wrong with a table by looking at every point of the grid. */
function bruteForce(rows: readonly TableRow[]): { readonly gap: boolean; readonly unreachable: number[]; readonly overlaps: [string, number][] } {
  const unreachable = rows.flatMap((row, index) =>
    grid.some((point) => isAbout(row, point) && !rows.slice(0, index).some((earlier) => isAbout(earlier, point))) ? [] : [index],
  );
  return {
    gap: grid.some((point) => !rows.some((row) => isAbout(row, point))),
    unreachable,
    overlaps: rows.flatMap((row, index) =>
      unreachable.includes(index) || boundsIn(row) === 0
        ? []
        : rows
            .slice(0, index)
            .filter((earlier) => boundsIn(earlier) > 0 && grid.some((point) => isAbout(row, point) && isAbout(earlier, point)))
            .map((earlier): [string, number] => [earlier.name, index]),
    ),
  };
}

const asBruteForce = (rows: readonly TableRow[]): ReturnType<typeof bruteForce> => {
  const faults = tableFaults(rows);
  return {
    gap: faults.some(({ code }) => code === 'gap'),
    unreachable: faults.flatMap(({ code, row }) => (code === 'unreachable-row' && row !== undefined ? [row] : [])),
    overlaps: faults.flatMap(({ code, row, message }): [string, number][] =>
      code === 'overlap' && row !== undefined ? [[/and so is ([a-z0-9-]+);/.exec(message)?.[1] ?? 'unnamed', row]] : [],
    ),
  };
};

describe('the checker of tables', () => {
  it.each([
    ['random tables', table],
    ['tables cut up by one figure', cutTable],
  ])('says of %s what looking at every point says', (_what, tables) => {
    const verdicts = { whole: 0, faulty: 0 };
    fc.assert(
      fc.property(tables, (rows) => {
        verdicts[tableFaults(rows).length === 0 ? 'whole' : 'faulty'] += 1;
        expect(asBruteForce(rows)).toEqual(bruteForce(rows));
      }),
      { numRuns: 400 },
    );
    expect(verdicts.faulty).toBeGreaterThan(0);
    expect(verdicts.whole).toBeGreaterThan(0);
  });

  it('names figures that really are in no row', () => {
    fc.assert(
      fc.property(table, (rows) => {
        const [, tpp, bandwidth] =
          /TPP of ([\d.]+) and a bandwidth of ([\d.]+)/.exec(tableFaults(rows).find(({ code }) => code === 'gap')?.message ?? '') ?? [];
        const isInARow = rows.some((row) => isAbout(row, { tpp: Number(tpp), bandwidth: Number(bandwidth) }));
        expect(tpp !== undefined && isInARow).toBe(false);
      }),
    );
  });

  it('takes a last row without bounds as what is left, and one before the last as the end of the table', () => {
    const [low, rest]: TableRow[] = [{ name: 'low', tpp: { below: 3 } }, { name: 'rest' }];
    expect(tableFaults([low, rest].flatMap((row) => row ?? []))).toEqual([]);
    expect(tableFaults([rest, low].flatMap((row) => row ?? [])).map(({ code, row }) => [code, row])).toEqual([['unreachable-row', 1]]);
  });
});

const codes = ['A', 'B'] as const;
const figure = fc.oneof(fc.constant('unknown' as const), fc.integer({ min: 0, max: highest + 1 }));
const namedTable: fc.Arbitrary<EligibilityRow[]> = fc
  .array(fc.record({ products: fc.option(fc.uniqueArray(fc.constantFrom(...codes), { minLength: 1 }), { nil: undefined }), tpp: range, bandwidth: range }), {
    maxLength: 5,
  })
  .map((rows) => rows.map(({ products, ...row }, index) => ({ name: `row-${index}`, route: 'case-by-case', ...row, ...(products && { products }) })));

/** Names that never come first, by looking at every figure that a product may have. */
const namesByBruteForce = (rows: readonly EligibilityRow[], specs: ReadonlyMap<string, ProductSpec>): [number, number][] =>
  rows.flatMap((row, index) =>
    (row.products ?? []).flatMap((code, name): [number, number][] => {
      const { tpp = 'unknown', bandwidth = 'unknown' } = specs.get(code) ?? {};
      const points = grid.filter((point) => (tpp === 'unknown' || point.tpp === tpp) && (bandwidth === 'unknown' || point.bandwidth === bandwidth));
      const first = (point: (typeof grid)[number]): number => rows.findIndex((one) => (one.products?.includes(code) ?? true) && isAbout(one, point));
      return points.some((point) => first(point) === index) ? [] : [[index, name]];
    }),
  );

describe('the checker of names in a table', () => {
  it('says what looking at every figure of the product says', () => {
    const found = { some: 0, none: 0 };
    fc.assert(
      fc.property(namedTable, fc.tuple(figure, figure), fc.tuple(figure, figure), (rows, ...figures) => {
        const specs = new Map(codes.map((code, index) => [code as string, specOf(code, figures[index] ?? ['unknown', 'unknown'])]));
        const faults = unreachableNames(rows, (code) => specs.get(code));
        found[faults.length > 0 ? 'some' : 'none'] += 1;
        expect(faults.map(({ row, name }) => [row, name])).toEqual(namesByBruteForce(rows, specs));
      }),
      { numRuns: 300 },
    );
    expect(found.some).toBeGreaterThan(0);
    expect(found.none).toBeGreaterThan(0);
  });
});

const specOf = (code: string, [tpp, bandwidth]: readonly [number | 'unknown', number | 'unknown']): ProductSpec => ({
  ...{ code, maker: 'M', tpp, bandwidth, memoryGb: 'unknown', certainty: 'memory' },
});
