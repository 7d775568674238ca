import type { Command } from 'commander';
import { auditLicenses } from '../ledger/licenses-audit.ts';
import { expiringLicenses } from '../ledger/licenses-expiry.ts';
import { licenseHistory } from '../ledger/licenses-history.ts';
import { licenseStanding, licenseStandings } from '../ledger/licenses.ts';
import { withLedger } from './desk.ts';
import { exitCodes } from './failure.ts';
import { addChanges } from './license-change.ts';
import { importLicenseFile } from './license-import.ts';
import { historyTable, licenseLines, licenseTable, unknownLicense, warnedDays } from './license-shown.ts';
import { count, createOutput, type Output, subcommandsOf, table } from './output.ts';
import { today } from './policy-asked.ts';
import { calendarDayOf } from './times.ts';

interface Options {
  readonly on?: string;
  readonly json?: boolean;
}

export function addLicense(program: Command): void {
  const license = program.command('license').description('what Commerce has licensed: how much is left, until when, and what it changes');
  const command = subcommandsOf(license);
  const dated = (name: string, description: string): Command => command(name, description).option('--on <day>', 'as of this day in Washington; else today');
  const asked = ({ on, json = false }: Options) => ({ on: on === undefined ? today() : calendarDayOf(on), out: createOutput(json) });

  dated('list', 'list every license, what is left of it and until when').action((options: Options) => list(asked(options)));
  dated('show', 'show a license and everything that ever happened to it')
    .argument('<number>', 'number of the license')
    .action((number: string, options: Options) => show(number, asked(options)));
  dated('expiring', `list the licenses that end within ${warnedDays.join(', ')} days while some of them is left`).action((options: Options) =>
    expiring(asked(options)),
  );
  command('audit', 'add every license up again from its journal; exit code 1 where a figure differs').action((options: Options) => audit(asked(options).out));
  command('import', 'take over licenses that are used in part from a file as twokey import reads it; the same file twice changes nothing')
    .argument('<file>', 'a YAML or JSON file with licenses')
    .option('--holder <code>', 'who of the desk signs, where several can here')
    .option('--confirm-by <code>', 'the second person, whose key is here too, where several can')
    .option('--unsigned', 'sign nothing although there are keys here: no order of signed acts leaves under them')
    .action(importLicenseFile);
  addChanges(command);
}

/** As of a day (YYYY-MM-DD), to somebody. */
interface Asked {
  readonly on: string;
  readonly out: Output;
}

async function list({ on, out }: Asked): Promise<void> {
  const licenses = await withLedger((database) => licenseStandings(database, on));
  out.result({ on, licenses });
  out.say(licenses.length === 0 ? 'no license is recorded' : licenseTable(licenses));
}

async function show(number: string, { on, out }: Asked): Promise<void> {
  const [license, history] = await withLedger(
    async (database) => [await licenseStanding(database, number, on), await licenseHistory(database, number)] as const,
  );
  if (!license) throw unknownLicense(number);
  out.result({ on, license, history: history.map(({ at, effectiveAt, ...entry }) => ({ ...entry, at: moment(at), effectiveAt: moment(effectiveAt) })) });
  out.say(...licenseLines(license), '', historyTable(history));
}

const moment = (at: number): string => new Date(at).toISOString();

async function expiring({ on, out }: Asked): Promise<void> {
  const licenses = await withLedger((database) => expiringLicenses(database, on, warnedDays));
  out.result({ on, within: warnedDays, licenses });
  const rows = licenses.map(({ number, expires, daysLeft, within, balance, orders }) => [
    ...[number, expires, count(daysLeft), `${within} days`, count(balance), orders.join(', ')],
  ]);
  out.say(
    rows.length === 0
      ? `no license ends within ${warnedDays[0]} days of ${on}`
      : table(['license', 'last day', 'days left', 'within', 'units left', 'orders'], rows, [12, 10, 9, 8, 10, 20]),
  );
}

async function audit(out: Output): Promise<void> {
  const difference = await withLedger(auditLicenses);
  out.result({ difference: difference ?? null });
  out.say(
    difference
      ? `${difference.of}: ${difference.what} is booked as ${JSON.stringify(difference.booked)}, and its journal adds up to ${JSON.stringify(difference.added)}`
      : 'every license is what its journal adds up to',
  );
  if (difference) process.exitCode = exitCodes.failed;
}
