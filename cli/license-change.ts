import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { Database } from '../ledger/database.ts';
import { licenseStanding } from '../ledger/licenses.ts';
import type { ChangeAnswer } from '../ledger/licenses-answers.ts';
import { type AuthorityChange, type ChangeRefused, reinstateLicense, reviseLicense, revokeLicense, suspendLicense } from '../ledger/licenses-changes.ts';
import { withLedger } from './desk.ts';
import { refused, usage } from './failure.ts';
import { digestOf } from './files.ts';
import { unknownLicense } from './license-shown.ts';
import { count, createOutput, moment } from './output.ts';
import { today } from './policy-asked.ts';
import { calendarDayOf, momentOf } from './times.ts';

interface Options {
  readonly reason: string;
  readonly units?: number;
  readonly expires?: string;
  readonly effective?: string;
  readonly authority: string;
  readonly evidence?: string;
  readonly json?: boolean;
}

type Change = (database: Database, change: AuthorityChange, options: Options) => Promise<ChangeAnswer | ChangeRefused>;

const changes: readonly {
  readonly name: string;
  readonly done: string;
  readonly says: string;
  readonly takes: readonly ('units' | 'expires')[];
  readonly make: Change;
}[] = [
  { name: 'suspend', done: 'suspended', says: 'stop all use of a license; what is set aside stays so', takes: [], make: suspendLicense },
  { name: 'reinstate', done: 'reinstated', says: 'let a suspended license be used again', takes: [], make: reinstateLicense },
  {
    name: 'revise',
    done: 'revised',
    says: 'set the units or the last day of a license to new figures',
    takes: ['units', 'expires'],
    make: (database, change, { units, expires }) =>
      reviseLicense(database, { ...change, to: { ...(units !== undefined && { units }), ...(expires !== undefined && { expires: calendarDayOf(expires) }) } }),
  },
  {
    name: 'revoke',
    done: 'revoked',
    says: 'take a license back for good, or so many of its unused units',
    takes: ['units'],
    make: (database, change, { units }) => revokeLicense(database, { ...change, ...(units !== undefined && { units }) }),
  },
];

/** Adds what Commerce may do to a license, each as a command of its own. */
export function addChanges(command: (name: string, description: string) => Command): void {
  for (const one of changes) {
    const made = command(one.name, one.says)
      .argument('<number>', 'number of the license')
      .requiredOption('--reason <text>', 'why')
      .option('--effective <moment>', 'from when on it counts, where that is earlier than now; tells what has been shipped since')
      .option('--authority <text>', 'who made it, as a code', 'us.commerce')
      .option('--evidence <file>', 'the document that tells it; its SHA-256 is kept');
    if (one.takes.includes('units')) made.option('--units <n>', 'so many units', unitsOf);
    if (one.takes.includes('expires')) made.option('--expires <day>', 'the last day on which it is good');
    made.action((number: string, options: Options) => change(one, number, options));
  }
}

function unitsOf(text: string): number {
  const units = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(units) && units > 0 && units < 2 ** 31) return units;
  throw usage(`--units ${text.slice(0, 40)}: expected a whole number from 1`, 'units-invalid');
}

async function change({ name, done, takes, make }: (typeof changes)[number], number: string, options: Options): Promise<void> {
  const out = createOutput(options.json ?? false);
  if (takes.length === 2 && options.units === undefined && options.expires === undefined) throw usage(`${name} what? --units N, --expires DAY, or both`);
  const asked = await changeOf(number, options);
  const answer = await withLedger(async (database) => {
    if (!(await licenseStanding(database, number, today()))) throw unknownLicense(number);
    return await make(database, asked, options);
  });
  if (answer.outcome === 'refused') throw refused(answer.code, answer.why);
  const { usesSince, lost, revokedUnits } = answer;
  out.result({ license: number, change: done, revokedUnits, usesSince: usesSince.map(({ at, ...use }) => ({ ...use, at: new Date(at).toISOString() })), lost });
  out.say(
    `license ${number} is ${done}${revokedUnits > 0 ? `: ${count(revokedUnits)} units` : ''}`,
    ...usesSince.map(({ orderId, units, at }) => `  shipped since then: ${orderId}, ${count(units)} units on ${moment(at)}`),
    ...lost.map(({ orderId, units }) => `  no longer set aside: ${count(units)} units of ${orderId}`),
  );
}

async function changeOf(number: string, { effective, authority, reason, evidence }: Options): Promise<AuthorityChange> {
  const at = Date.now();
  const effectiveAt = effective === undefined ? at : momentOf(effective);
  if (effectiveAt > at)
    throw usage(`--effective ${effective}: expected a moment that has come; a change that is to come is recorded when it has`, 'moment-invalid');
  const document = evidence === undefined ? undefined : await digestOf(evidence);
  return { key: randomUUID(), number, by: authority, at, effectiveAt, reason, ...(document !== undefined && { evidence: document }) };
}
