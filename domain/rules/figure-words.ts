import type { ProductSpec } from '../product.ts';
import { isWithin, type Range } from '../range.ts';
import { type FigureName, figureNames, type FigureRanges, sureFigure } from './possible-figures.ts';

const names: { readonly [F in FigureName]: string } = { tpp: 'TPP', bandwidth: 'DRAM bandwidth' };
const units: { readonly [F in FigureName]: string } = { tpp: '', bandwidth: ' GB/s' };

/** A number with commas between thousands. */
export function grouped(value: number): string {
  const [whole = '', fraction] = String(value).split('.');
  const parted = whole.includes('e') ? whole : whole.replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? parted : `${parted}.${fraction}`;
}

/** The bounds of a range: `above 14,000 and below 17,500`; `any` without bounds. */
export function boundsInWords(range: Range, figure: FigureName): string {
  const bounds = boundsOf(range, figure).map(({ words }) => words);
  return bounds.length === 0 ? 'any' : bounds.join(' and ');
}

interface Bound {
  readonly words: string;
  readonly alone: Range;
}

const boundsOf = ({ above, from, below }: Range, figure: FigureName): Bound[] => [
  ...(above === undefined ? [] : [{ words: `above ${grouped(above)}${units[figure]}`, alone: { above } }]),
  ...(from === undefined ? [] : [{ words: `at least ${grouped(from)}${units[figure]}`, alone: { from } }]),
  ...(below === undefined ? [] : [{ words: `below ${grouped(below)}${units[figure]}`, alone: { below } }]),
];

/** What a product's figures say to what a row asks, each sentence naming the figure and its bounds. */
export interface Comparison {
  /** Figures that lie where the row asks. */
  readonly within: readonly string[];
  /** Figures that do not: one of them, and the row is not about the product. */
  readonly outside: readonly string[];
  /** Figures that nobody knows well enough. */
  readonly unsure: readonly string[];
}

/** Holds a product's figures against what a row asks. */
export function compare(spec: ProductSpec, row: FigureRanges): Comparison {
  const asked = figureNames.flatMap((figure) => {
    const bounds = boundsOf(row[figure] ?? {}, figure);
    return bounds.length === 0 ? [] : [{ figure, bounds, value: sureFigure(spec, figure) }];
  });
  const known = asked.flatMap(({ figure, bounds, value }) => (value === undefined ? [] : [{ figure, bounds, value }]));
  const failed = known.map((one) => ({ ...one, bounds: one.bounds.filter(({ alone }) => !isWithin(one.value, alone)) }));
  return {
    within: known.flatMap((one, index) => (failed[index]?.bounds.length === 0 ? [sentence(one, 'is ')] : [])),
    outside: failed.flatMap((one) => (one.bounds.length === 0 ? [] : [sentence(one, 'is not ')])),
    unsure: asked.flatMap(({ figure, bounds, value }) =>
      value === undefined ? [`${names[figure]} ${whyUnsure(spec, figure)}, asked is ${bounds.map(({ words }) => words).join(' and ')}`] : [],
    ),
  };
}

const sentence = ({ figure, bounds, value }: { figure: FigureName; bounds: readonly Bound[]; value: number }, is: string): string =>
  `${names[figure]} ${grouped(value)}${units[figure]} ${is}${bounds.map(({ words }) => words).join(` and ${is === 'is not ' ? 'not ' : ''}`)}`;

function whyUnsure(spec: ProductSpec, figure: FigureName): string {
  const value = spec[figure];
  if (spec.certainty !== 'conflict') return 'is unknown';
  return value === 'unknown'
    ? 'is unknown, since sources contradict each other'
    : `${grouped(value)}${units[figure]} is unsure, since sources contradict each other`;
}
