import { WorkflowFailedError } from '@temporalio/client';
import type { Command } from 'commander';
import { requireWorker } from '../engine/acts.ts';
import { messageOf } from '../engine/errors.ts';
import { screenNow } from '../engine/screening.ts';
import type { Database } from '../ledger/database.ts';
import { lastRun, lookedAt, type ScreeningRun } from '../ledger/screening-runs.ts';
import { standingHolds } from '../ledger/screening-holds.ts';
import { changeSimulatedList } from '../ledger/simulated-list.ts';
import { customerCodeOf, withEngine, withLedger } from './desk.ts';
import { CommandFailure, exitCodes } from './failure.ts';
import { createOutput, type Output, subcommandsOf } from './output.ts';
import { customerLines, foundIn, heldLines, listsIn, runLine, tally } from './screening-shown.ts';

interface Options {
  readonly off?: boolean;
  readonly json?: boolean;
}

export function addScreening(program: Command): void {
  const screening = program.command('screening').description('the customers of open orders against the lists of today: run, show');
  const command = subcommandsOf(screening);

  command('run', 'look at the customers of all open orders now, and hold those with a new match; safe to repeat').action(({ json = false }: Options) =>
    run(createOutput(json)),
  );
  command('show', 'what the last screening found, and every order that one holds').action(({ json = false }: Options) => show(createOutput(json)));
  command('simulate', 'put a customer on the simulated list, for a desk that has not connected its own')
    .argument('<customer>', "the customer's code", customerCodeOf)
    .option('--off', 'take it off the list instead')
    .action((customer: string, { off = false, json = false }: Options) => simulate(customer, !off, createOutput(json)));
}

async function run(out: Output): Promise<void> {
  const name = await withEngine(async ({ client, taskQueue }) => {
    await requireWorker(client, taskQueue);
    return await screenNow(client, taskQueue).catch(asFailure);
  });
  const customers = await withLedger((database) => foundBy(database, name));
  out.result({ run: name, customers });
  out.say(...(customers.length === 0 ? ['no order is open'] : customers.flatMap(customerLines)));
}

/** A list that does not answer is no fault of this program. */
function asFailure(error: unknown): never {
  if (!(error instanceof WorkflowFailedError)) throw error;
  const cause = error.cause?.cause ?? error.cause;
  throw new CommandFailure(exitCodes.failed, 'screening-failed', `not every customer was looked at: ${messageOf(cause)}. Run it again: it is safe to repeat`);
}

async function show(out: Output): Promise<void> {
  const { last, customers, held } = await withLedger(async (database) => {
    const found = await lastRun(database);
    return { last: found, customers: found ? await foundBy(database, found.run) : [], held: await standingHolds(database) };
  });
  const iso = (at: number): string => new Date(at).toISOString();
  const told = last && { run: last.run, begun: iso(last.begun), finished: last.finished === null ? null : iso(last.finished), lists: listsIn(customers) };
  out.result({ last: told ? { ...told, ...tally(customers) } : null, held: held.map(({ since, ...one }) => ({ ...one, since: iso(since) })) });
  out.say(...(last ? lastLines(last, customers) : ['no screening was run yet']), ...heldLines(held));
}

const lastLines = (last: ScreeningRun, customers: Parameters<typeof tally>[0]): string[] => [
  runLine(last, listsIn(customers)),
  Object.entries(tally(customers))
    .map(([outcome, count]) => `${count} ${outcome}`)
    .join(', '),
];

const foundBy = async (database: Database, name: string) => foundIn(await lookedAt(database, name), await standingHolds(database));

async function simulate(customer: string, isListed: boolean, out: Output): Promise<void> {
  await withLedger((database) => changeSimulatedList(database, customer, isListed, Date.now()));
  out.result({ customer, isListed });
  out.say(`${customer} is ${isListed ? 'on' : 'off'} the simulated list`);
}
