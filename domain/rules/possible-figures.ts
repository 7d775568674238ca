import type { ProductSpec } from '../product.ts';
import { isWithin, type Range } from '../range.ts';

/** The figures of a product that rules hold against bounds, in the order in which they are told. */
export const figureNames = ['tpp', 'bandwidth'] as const;
export type FigureName = (typeof figureNames)[number];
export type Figures = { readonly [F in FigureName]: number };
/** A row of a rule that asks for figures: those that it leaves out may be any. */
export type FigureRanges = { readonly [F in FigureName]?: Range };

/** What a product's figure is; undefined where it is not known, or where its sources contradict each other. */
export function sureFigure(spec: ProductSpec, figure: FigureName): number | undefined {
  const value = spec[figure];
  return value === 'unknown' || spec.certainty === 'conflict' ? undefined : value;
}

export const liesWithin = (figures: Figures, ranges: FigureRanges): boolean => figureNames.every((name) => isWithin(figures[name], ranges[name] ?? {}));

/**
 * The figures that a product may have, as far as `rows` tell them apart: one of what is known; of what is not, each bound and one number on
 * either side of it, since no row tells two numbers apart that have the same bounds below and above them.
 */
export function possibleFigures(spec: ProductSpec, rows: readonly FigureRanges[]): Figures[] {
  const of = (name: FigureName): number[] => {
    const sure = sureFigure(spec, name);
    return sure === undefined ? oneOfEachKind(rows.flatMap((row) => boundsOf(row[name] ?? {}))) : [sure];
  };
  return of('tpp').flatMap((tpp) => of('bandwidth').map((bandwidth) => ({ tpp, bandwidth })));
}

const boundsOf = ({ above, from, below }: Range): number[] => [above, from, below].filter((bound) => bound !== undefined);

/** No figure is less than 0. */
function oneOfEachKind(bounds: readonly number[]): number[] {
  const sorted = [...new Set([0, ...bounds.filter((bound) => bound > 0)])].toSorted((a, b) => a - b);
  return sorted.flatMap((bound, index) => {
    const next = sorted[index + 1];
    return [bound, next === undefined ? bound + 1 : (bound + next) / 2];
  });
}
