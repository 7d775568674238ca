import type { EligibilityRow, ProductSpec } from '../domain/product.ts';
import { type FigureRanges, type Figures, liesWithin, possibleFigures } from '../domain/rules/possible-figures.ts';
import type { PolicyIssue } from './policy-fault.ts';

/** A row of a table over TPP and DRAM bandwidth. One without bounds is about all that is left. */
export interface TableRow extends FigureRanges {
  readonly name: string;
}

/** A product of which nothing is known may have any figures. */
const anything: ProductSpec = { code: '', maker: '', tpp: 'unknown', bandwidth: 'unknown', memoryGb: 'unknown', certainty: 'memory' };

const isBounded = ({ tpp = {}, bandwidth = {} }: FigureRanges): boolean => [tpp, bandwidth].some((range) => Object.values(range).length > 0);
const told = ({ tpp, bandwidth }: Figures): string => `a TPP of ${tpp} and a bandwidth of ${bandwidth} GB/s, for one`;

interface Found extends Omit<PolicyIssue, 'path'> {
  /** The row, by its place in the table; a gap is of the whole table. */
  readonly row?: number;
}

/**
 * Where the rows of a table leave out figures, where two are about the same, and which never come first. Exact: it looks at each bound and at one
 * number on either side of it, and no row tells two numbers apart that have the same bounds below and above them.
 */
export function tableFaults(rows: readonly TableRow[]): Found[] {
  const points = possibleFigures(anything, rows).map((figures) => ({
    ...{ figures, hit: rows.flatMap((row, index) => (liesWithin(figures, row) ? [index] : [])) },
  }));
  const gap = points.find(({ hit }) => hit.length === 0);
  return [
    ...(gap ? [{ code: 'gap' as const, message: `no row is about ${told(gap.figures)}; expected one, or a last row without bounds` }] : []),
    ...rows.flatMap((row, index): Found[] => {
      const within = points.filter(({ hit }) => hit.includes(index));
      if (!within.some(({ hit }) => hit[0] === index)) return [unreachable(row, index, within.length === 0)];
      // What is about all that is left is meant to come last, and overlaps nothing.
      return isBounded(row) ? overlaps(rows, index, within) : [];
    }),
  ];
}

const unreachable = ({ name }: TableRow, row: number, isEmpty: boolean): Found => ({
  ...{ code: 'unreachable-row', row },
  message: isEmpty ? `no figure lies within the bounds of ${name}` : `all that ${name} is about is in earlier rows, expected a row that can come first`,
});

/** The earlier rows that are about some of the same. */
const overlaps = (rows: readonly TableRow[], index: number, within: readonly { readonly figures: Figures; readonly hit: readonly number[] }[]): Found[] =>
  rows.slice(0, index).flatMap((earlier, other): Found[] => {
    const both = within.find(({ hit }) => hit.includes(other));
    return both
      ? [{ code: 'overlap', row: index, message: `is about ${told(both.figures)}, and so is ${earlier.name}; expected rows that share nothing` }]
      : [];
  });

/** Names of products in a table of which an earlier row always comes first. `spec` tells what is known of a product. */
export function unreachableNames(rows: readonly EligibilityRow[], spec: (code: string) => ProductSpec | undefined): (Found & { readonly name: number })[] {
  return rows.flatMap((row, index) =>
    (row.products ?? []).flatMap((code, name) => {
      const about = rows.filter(({ products }) => products === undefined || products.includes(code));
      const comesFirst = possibleFigures(spec(code) ?? anything, about).some((figures) => about.find((one) => liesWithin(figures, one)) === row);
      return comesFirst
        ? []
        : [{ code: 'unreachable-row' as const, row: index, name, message: `${code} is always in an earlier row, or never within the bounds` }];
    }),
  );
}
