import type { EligibilityRow, ProductSpec, Route } from '../product.ts';
import { compare } from './figure-words.ts';
import { type Figures, liesWithin, possibleFigures } from './possible-figures.ts';

/** How an application for a product is looked at, and why: one sentence for each row that had to be looked at. */
export interface Classification {
  readonly route: Route;
  readonly reasons: readonly string[];
}

/**
 * The route of a product by a policy's eligibility table: that of the first row that matches (15 CFR 742.6 as amended by 91 FR 1684 for the
 * figures of the rule of January 2026). Figures that are not known, or that sources contradict each other about, are no guess: the answer is
 * `needs-ruling`, unless every value that they may have gives the same route. What no row is about needs a ruling, too.
 */
export function classify(spec: ProductSpec, rows: readonly EligibilityRow[]): Classification {
  const about = rows.filter(({ products }) => products === undefined || products.includes(spec.code));
  const routes = [...new Set(possibleFigures(spec, about).map((figures) => routeOf(figures, about)))];
  const looked = lookedAt(spec, about);
  const [route = 'needs-ruling'] = routes.length > 1 ? [] : routes;
  return { route, reasons: [...looked.flatMap(({ reasons }) => reasons), ...conclusion(spec, looked.at(-1)?.verdict, routes)] };
}

const routeOf = (figures: Figures, rows: readonly EligibilityRow[]): Route => rows.find((row) => liesWithin(figures, row))?.route ?? 'needs-ruling';

interface Look {
  readonly verdict: 'matches' | 'undecided' | 'does-not-match';
  readonly reasons: readonly string[];
}

/** The rows as a person reads them: up to the first that matches for certain. */
function lookedAt(spec: ProductSpec, rows: readonly EligibilityRow[]): Look[] {
  const looks = rows.map((row) => look(spec, row));
  const matched = looks.findIndex(({ verdict }) => verdict === 'matches');
  return matched === -1 ? looks : looks.slice(0, matched + 1);
}

function look(spec: ProductSpec, row: EligibilityRow): Look {
  const { within, outside, unsure } = compare(spec, row);
  if (outside.length > 0) return { verdict: 'does-not-match', reasons: [`row "${row.name}" does not match: ${outside.join('; ')}`] };
  if (unsure.length > 0) return { verdict: 'undecided', reasons: [`row "${row.name}" cannot be decided: ${unsure.join('; ')}`] };
  const why = [...(row.products ? [`it names ${spec.code}`] : []), ...within];
  return {
    verdict: 'matches',
    reasons: [`row "${row.name}" matches, ${row.route}: ${why.length > 0 ? why.join('; ') : 'it is about every product'}`, ...doubts(spec, within)],
  };
}

/** A figure that nobody has read in a source decides, but says so. */
const doubts = (spec: ProductSpec, figures: readonly string[]): string[] =>
  spec.certainty === 'memory' && figures.length > 0 ? [`the figures of ${spec.code} are from memory: read them in a source before filing`] : [];

function conclusion(spec: ProductSpec, last: Look['verdict'] | undefined, routes: readonly Route[]): string[] {
  if (routes.length > 1) return [`by what ${spec.code} may be, the route is one of ${routes.join(', ')}: ask for a ruling`];
  if (last === 'matches') return [];
  return last === 'undecided' ? [`whatever these figures are, the route is ${routes.join()}`] : [`no row of the policy matches ${spec.code}: ask for a ruling`];
}
