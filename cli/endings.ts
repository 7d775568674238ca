import { styleText } from 'node:util';
import type { Scenario } from '../edge/scenario.ts';
import type { Told } from '../rehearsal/told.ts';
import { count, money, table } from './output.ts';

/** How the orders of a story ended, a line each. */
export function endingLines({ orders }: Scenario, told: Told): string[] {
  const rows = orders.flatMap(({ terms }) => {
    const was = told.orders[terms.id];
    if (!was) return [];
    const where = was.outcome ?? `open in ${was.stage}, waits on ${was.waitingOn.join(', ') || 'nobody'}`;
    return [[terms.id, where, `${count(was.units)} x ${terms.product}`, money(was.levyMinor, terms.currency)]];
  });
  return table(['order', 'outcome', 'ordered', 'levy'], rows).split('\n');
}

/** The first thing that did not come as expected, and how many more there are; nothing where all did. */
export function differenceLines({ differences }: Told): string[] {
  const [first, ...others] = differences;
  if (!first) return [];
  return [
    styleText('red', `not as expected: ${first.where}`),
    `  expected  ${first.expected}`,
    `  was       ${first.was}`,
    ...(others.length > 0 ? [`  and ${others.length} more (--json tells all)`] : []),
  ];
}
