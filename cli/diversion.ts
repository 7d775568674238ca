import { type Command, Option } from 'commander';
import {
  diversionCase,
  type DiversionCloser,
  diversionClosers,
  type DiversionFinding,
  diversionFindings,
  type DiversionReporter,
  diversionReporters,
  numberOfCase,
} from '../domain/diversion.ts';
import type { Engine } from '../engine/connect.ts';
import { untoldChanges } from '../ledger/board-tidings.ts';
import type { Database } from '../ledger/database.ts';
import { closeCase, openCase } from '../ledger/diversions.ts';
import { type DiversionCase, diversionCases } from '../ledger/diversions-shown.ts';
import { tellOrders, type ToldOrder } from './customer-orders.ts';
import { customerCodeOf, orderIdOf, withEngine, withLedger } from './desk.ts';
import { deskPair } from './desk-pair.ts';
import { caseLines, caseTold } from './diversion-shown.ts';
import { refused, usage } from './failure.ts';
import { createOutput, type Output, subcommandsOf } from './output.ts';
import { refusingSecrets } from './passphrase.ts';
import { unitsOf } from './stock-asked.ts';
import { textOf } from './texts.ts';

interface Said {
  readonly as: string;
  readonly reason: string;
  readonly evidence: string;
  readonly json?: boolean;
}
type Reported = Said & { readonly order: string; readonly units?: number };
type Closed = Said & { readonly finding: DiversionFinding; readonly holder?: string; readonly confirmBy?: string };

export function addDiversion(program: Command): void {
  const diversion = program.command('diversion').description('reports that goods went where they may not: report, show, close');
  const command = subcommandsOf(diversion);
  const said = (name: string, description: string, roles: readonly string[]): Command =>
    command(name, description)
      .requiredOption('--reason <text>', 'what is said', textOf('--reason'))
      .requiredOption('--evidence <text>', 'the document or message that it rests on', textOf('--evidence'))
      .requiredOption('--as <role>', `${roles.join(', ')}`);

  said('report', 'open a case: every open order of the customer is held, and which ones is told; the same again changes nothing', diversionReporters)
    .argument('<customer>', "the customer's code", customerCodeOf)
    .requiredOption('--order <order>', 'the order whose goods are said to be diverted', orderIdOf)
    .option('--units <n>', 'how many of them, where that is known', unitsOf)
    .action((customer: string, options: Reported) => report(customer, options, createOutput(options.json ?? false)));
  command('show', 'open and closed cases: by whom, about which shipment, and which orders are held')
    .argument('[of]', 'a customer or a case; without it, all')
    .action((of: string | undefined, { json = false }: { json?: boolean }) => show(of, createOutput(json)));
  refusingSecrets(said('close', 'close a case: unfounded lifts its holds, substantiated keeps them', diversionClosers))
    .argument('<case>', 'such as diversion-1', caseOf)
    .addOption(new Option('--finding <which>', 'what came out').choices(diversionFindings).makeOptionMandatory())
    .option('--holder <code>', 'who of the desk closes it, where several can here')
    .option('--confirm-by <code>', 'the second person where the desk closes it, as compliance.second')
    .action((number: number, options: Closed) => close(number, options, createOutput(options.json ?? false)));
}

/** The number of a case by its name on a command line. Throws `CommandFailure`, `case-invalid`. */
function caseOf(text: string): number {
  const number = numberOfCase(text);
  if (number === undefined) throw usage(`case ${text.slice(0, 40)}: expected a name such as diversion-1`, 'case-invalid');
  return number;
}

function requireRole<R extends string>(role: string, roles: readonly R[], what: string): R {
  const found = roles.find((one) => one === role);
  if (found === undefined) throw refused('not-entitled', `${role.slice(0, 40)} may not ${what}. Accepted: ${what} by ${roles.join(' or ')}`);
  return found;
}

async function report(customer: string, { as, order, units, reason, evidence }: Reported, out: Output): Promise<void> {
  const by: DiversionReporter = requireRole(as, diversionReporters, 'report a diversion');
  const about = { ...{ customer, order, reason, evidence, by, at: Date.now() }, ...(units !== undefined && { units }) };
  const { isNew, orders, one } = await changed(async (database) => await openCase(database, about));
  out.result({ isNew, ...caseTold(one), orders });
  if (!isNew) out.say(`this was reported before as ${one.case}: nothing changed`);
  out.say(...caseLines(one));
}

async function close(number: number, { as, finding, reason, evidence, ...people }: Closed, out: Output): Promise<void> {
  const by: DiversionCloser = requireRole(as, diversionClosers, 'close a case');
  if (by !== 'seller.desk' && (people.holder ?? people.confirmBy) !== undefined)
    throw usage(`${by} closes a case by its own word: leave out --holder and --confirm-by`, 'second-refused');
  const desk = by === 'seller.desk' ? await deskPair(people, out) : undefined;
  const closing = { ...{ number, finding, reason, evidence, by, at: Date.now() }, ...(desk && { desk }) };
  const { isNew, orders, one } = await changed(async (database) => ({ number, ...(await closeCase(database, closing)) }));
  out.result({ isNew, ...caseTold(one), orders });
  if (!isNew) out.say(`${one.case} was closed so before: nothing changed`);
  out.say(...caseLines(one), ...orders.filter(({ outcome }) => outcome !== 'held').map(({ order, says }) => `  ${order}  ${says}`));
  if (finding === 'substantiated')
    out.say(
      `Its orders stay held until a person cancels them: npx twokey act ORDER cancel --as seller.desk --reason ...`,
      `What ${one.customer} submits from now on is held, too.`,
    );
}

/** What a case is after a change, and what its orders were told of it: also what somebody wrote and died before telling. */
async function changed(
  change: (database: Database) => Promise<{ readonly number: number; readonly isNew: boolean }>,
): Promise<{ readonly isNew: boolean; readonly orders: readonly ToldOrder[]; readonly one: DiversionCase }> {
  return await withEngine(async (engine: Engine) =>
    withLedger(async (database) => {
      const { number, isNew } = await change(database);
      const untold = (await untoldChanges(database)).filter(({ change: { id } }) => id === diversionCase(number));
      const orders = await tellOrders(engine, database, untold);
      const [one] = await diversionCases(database, { number });
      if (!one) throw new Error(`${diversionCase(number)} is not in the ledger that it was written into`);
      return { isNew, orders, one };
    }),
  );
}

async function show(of: string | undefined, out: Output): Promise<void> {
  const number = of === undefined ? undefined : numberOfCase(of);
  const asked = number !== undefined ? { number } : of === undefined ? {} : { customer: customerCodeOf(of) };
  const cases = await withLedger((database) => diversionCases(database, asked));
  if (number !== undefined && cases.length === 0) throw refused('case-unknown', `there is no case ${of}: twokey diversion show lists those there are`);
  out.result({ cases: cases.map(caseTold) });
  out.say(...(cases.length === 0 ? [`no diversion was reported${of === undefined ? '' : ` of ${of}`}`] : cases.flatMap(caseLines)));
}
