import type { Headroom } from '../domain/rules/quota-headroom.ts';
import { levyLines } from './levy-shown.ts';
import { count, money } from './output.ts';
import type { Quote } from './quote-for.ts';

/** A quote as a person reads it. */
export function quoteLines(quote: Quote): string[] {
  const { order, units, product, customer, policy, filedOn, route, reasons, endUse } = quote;
  return [
    `${order}: ${count(units)} ${product} for ${customer}`,
    `policy ${policy}, filed on ${filedOn}`,
    '',
    `route ${route}`,
    ...reasons.map((reason) => `  ${reason}`),
    ...levyOfOrder(quote),
    ...listed('quotas', quote.quotas.map(quotaLine)),
    ...listed(
      'papers',
      quote.papers.map(({ name, when, from }) => `${when.replaceAll('-', ' ')}: ${name.replaceAll('-', ' ')}, from ${from}`),
    ),
    ...listed(
      'certifications before filing, by two people',
      quote.certifications.map(({ says }) => says),
    ),
    `end use ${endUse.use}`,
    `  United States: ${endUse.us}; China: ${endUse.china}`,
    ...(endUse.conflict === null ? [] : [`  CONFLICT: ${endUse.conflict}`]),
    'days, where every clock runs to its end',
    ...quote.dates.flatMap(({ what, day, rule }) => [`  ${day ?? 'no date   '}  ${what.replaceAll('-', ' ')}`, `              ${rule}`]),
  ];
}

function levyOfOrder({ levy: { rate, amountMinor, baseMinor, currency, note, ...levy } }: Quote): string[] {
  const amount = amountMinor === 'unknown' ? 'not known' : money(amountMinor, currency);
  const basisPoints = rate === 'unknown' ? rate : Math.round(rate * 10_000);
  return [...levyLines({ ...levy, basisPoints }), `  ${amount} on ${money(baseMinor, currency)}`, ...(note === null ? [] : [`  ${note}`])];
}

function quotaLine({ quota, limit, used, left, fits, why }: Headroom): string {
  const counted = (units: number | 'unknown'): string => (units === 'unknown' ? units : count(units));
  const told = `${quota.replaceAll('-', ' ')}: left ${counted(left)} of ${counted(limit)}, used ${counted(used)}`;
  return why === null ? `${told}${fits ? '' : '; THE ORDER DOES NOT FIT IN'}` : `${told} (${why})`;
}

const listed = (title: string, lines: readonly string[]): string[] => (lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)]);
