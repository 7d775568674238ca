import type { Claims } from '../domain/signing/claims.ts';
import { subjectOf } from '../domain/signing/subjects.ts';
import type { Order } from '../domain/state.ts';
import { count, moment, money } from './output.ts';

/** What is said of a decision before anybody has signed it. */
export type Decision = Pick<Claims, 'act' | 'role' | 'fields' | 'expires' | 'evidence'>;

/** What is being decided on, as a short block for the eyes of who signs: the act, the order, the act's fields, and the facts that are signed along. */
export function decisionLines(order: Order, { act, role, fields, expires, evidence }: Decision): string[] {
  const { id, units, product, customer, unitPriceMinor, currency } = order.terms;
  const rows: [string, string][] = [
    ['order', `${id}, ${count(units)} x ${product} for ${customer}, ${money(units * unitPriceMinor, currency)}, policy ${order.policy.id}`],
    ...factsIn(fields).map(([name, text]): [string, string] => ['says', `${name} ${text}`]),
    ...factsIn(subjectOf(order, act)).map(([name, text]): [string, string] => ['about', `${name} ${text}`]),
    ...(evidence
      ? [['evidence', `${evidence.issuerNumber}, decided ${moment(evidence.decidedAt)} UTC, document sha256 ${evidence.document}`] satisfies [string, string]]
      : []),
    ['good until', `${moment(expires)} UTC`],
  ];
  return [`${act} as ${role}${evidence ? ', recorded by seller.desk' : ''}`, ...rows.map(([name, text]) => `  ${name.padEnd(10)}  ${text}`)];
}

/** Every fact with its path, nested ones after another. */
function factsIn(value: unknown, path = ''): [string, string][] {
  if (typeof value !== 'object' || value === null) return [[path, value === null ? 'none' : typeof value === 'string' ? value : JSON.stringify(value)]];
  const entries = Object.entries(value);
  if (entries.length === 0) return path === '' ? [] : [[path, 'none']];
  return entries.flatMap(([name, one]) => factsIn(one, path === '' ? name : `${path}.${name}`));
}
