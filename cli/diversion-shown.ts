import type { DiversionCase } from '../ledger/diversions-shown.ts';
import { toSign } from './customer-orders.ts';
import { count, moment, money, part } from './output.ts';

const iso = (at: number): string => new Date(at).toISOString();

/** A case as a script reads it. */
export const caseTold = ({ at, shipped, finding, ...one }: DiversionCase) => ({
  ...{ ...one, at: iso(at), shipped: shipped.map(({ units, at: left }) => ({ units, at: iso(left) })) },
  finding: finding && { ...finding, at: iso(finding.at) },
});

/** A case as a person reads it, with every order that it holds. */
export const caseLines = (one: DiversionCase): string[] => [
  `${one.case}  ${one.finding?.finding ?? 'open'}  ${one.customer}, order ${one.order}${one.units === null ? '' : `, ${count(one.units)} units`}`,
  `  reported   ${moment(one.at)} by ${one.by}: ${one.reason}`,
  `  evidence   ${one.evidence}`,
  ...one.shipped.map(({ units, at }) => `  shipped    ${moment(at)}, ${count(units)} units`),
  ...(one.finding ? closedLines(one.finding) : []),
  ...heldLines(one),
];

function closedLines({ finding, at, by, holder, confirmedBy, reason, evidence }: NonNullable<DiversionCase['finding']>): string[] {
  const people = holder === null ? '' : ` (${holder}, confirmed by ${confirmedBy})`;
  return [`  closed     ${moment(at)} by ${by}${people} as ${finding}: ${reason}`, `  evidence   ${evidence}`];
}

const heldLines = ({ case: hold, held }: DiversionCase): string[] =>
  held.length === 0
    ? ['  holds no order']
    : [
        ...part(
          ['order', 'product', 'units', 'value', 'is'],
          [20, 9, 10, 20, 60],
          held.map(({ order, product, units, valueMinor, currency, told }) => [
            ...[order, product, count(units), money(valueMinor, currency)],
            told === 'to-sign' ? toSign(order, 'hold', hold) : `held by ${hold}`,
          ]),
        ),
        '',
      ];
