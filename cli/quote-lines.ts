import type { Headroom } from '../domain/rules/quota-headroom.ts';
import { levyLines } from './levy-shown.ts';
import { count, money, part } from './output.ts';
import type { Quote } from './quote-for.ts';
import { reasonsTable } from './reasons-shown.ts';

/** A quote as a person reads it, at 80 columns. */
export function quoteLines(quote: Quote): string[] {
  const { order, units, product, customer, policy, filedOn, route, reasons, endUse } = quote;
  return [
    `${order}: ${count(units)} ${product} for ${customer}`,
    `policy ${policy}, filed on ${filedOn}`,
    '',
    `route ${route}`,
    reasonsTable(reasons),
    '',
    ...levyOfOrder(quote),
    ...part(['quota', 'limit', 'used', 'left', 'says'], [20, 9, 9, 9, 25], quote.quotas.map(quotaRow)),
    ...part(
      ['paper', 'when', 'from'],
      [30, 15, 31],
      quote.papers.map(({ name, when, from }) => [name.replaceAll('-', ' '), when.replaceAll('-', ' '), from]),
    ),
    ...part(
      ['certified by two people before filing'],
      [78],
      quote.certifications.map(({ says }) => [says]),
    ),
    '',
    `end use ${endUse.use}: ${endUse.us} in the United States, ${endUse.china} in China`,
    ...(endUse.conflict === null ? [] : [`CONFLICT: ${endUse.conflict}`]),
    ...part(
      ['day', 'if no clock is stopped', 'rule'],
      [10, 26, 40],
      quote.dates.map(({ what, day, rule }) => [day ?? 'no date', what.replaceAll('-', ' '), rule]),
    ),
  ];
}

function levyOfOrder({ levy: { rate, amountMinor, baseMinor, currency, note, ...levy } }: Quote): string[] {
  const amount = amountMinor === 'unknown' ? 'not known' : money(amountMinor, currency);
  const basisPoints = rate === 'unknown' ? rate : Math.round(rate * 10_000);
  return [...levyLines({ ...levy, basisPoints }), `  ${amount} on ${money(baseMinor, currency)}`, ...(note === null ? [] : [`  ${note}`])];
}

function quotaRow({ quota, limit, used, left, fits, why }: Headroom): string[] {
  const counted = (units: number | 'unknown'): string => (units === 'unknown' ? units : count(units));
  return [quota.replaceAll('-', ' '), counted(limit), counted(used), counted(left), why ?? (fits ? 'the order fits in' : 'THE ORDER DOES NOT FIT IN')];
}
