import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { CustomerStanding } from '../domain/steps.ts';
import { requireWorker } from '../engine/acts.ts';
import type { Engine } from '../engine/connect.ts';
import { approveCustomer, removeCustomer } from '../ledger/customer-holds.ts';
import { declineCustomer, listedCustomers } from '../ledger/customers.ts';
import { tellOrders, tellWaiting, type ToldOrder, waitingFor } from './customer-orders.ts';
import { customerCodeOf, withEngine, withLedger } from './desk.ts';
import { refused } from './failure.ts';
import { createOutput, moment, type Output, subcommandsOf, table } from './output.ts';
import { textOf } from './texts.ts';

interface Options {
  readonly reason: string;
  readonly json?: boolean;
}

export function addCustomer(program: Command): void {
  const customers = program.command('customer').description('the customers that Commerce has vetted: list, approve, decline, remove');
  const command = subcommandsOf(customers);

  command('list', 'every customer of whom Commerce has said something').action((options: { json?: boolean }) => list(createOutput(options.json ?? false)));
  for (const [name, says] of [
    ['approve', 'Commerce has approved a customer: orders that wait for it go on, and what its removal had held is lifted'],
    ['decline', 'Commerce has declined a customer: orders that wait for it end'],
    ['remove', 'Commerce has taken a customer off the list: none of its orders ships from now on, and every open one is held'],
  ] as const)
    command(name, says)
      .argument('<customer>', "the customer's code", customerCodeOf)
      .requiredOption('--reason <text>', 'on what it rests', textOf('--reason'))
      .action((customer: string, { reason, json = false }: Options) =>
        withEngine(async (engine) => tellOutcome(await words[name](engine, customer, reason), createOutput(json))),
      );
}

async function list(out: Output): Promise<void> {
  const customers = (await withLedger(listedCustomers)).map(({ at, ...one }) => ({ ...one, at: new Date(at).toISOString() }));
  out.result({ customers });
  const rows = customers.map(({ customer, standing, at, order, reason }) => [customer, standing, moment(at), order ?? '', reason]);
  out.say(rows.length === 0 ? 'Commerce has said nothing of any customer' : table(['customer', 'standing', 'since', 'order', 'reason'], rows));
}

/** What Commerce has said, and what became of the customer's orders by it. */
interface Outcome {
  readonly customer: string;
  readonly standing: CustomerStanding;
  readonly orders: readonly ToldOrder[];
}

const words = { approve, decline, remove };
const newWord = (customer: string, reason: string) => ({ key: randomUUID(), customer, reason, at: Date.now() });

async function approve(engine: Engine, customer: string, reason: string): Promise<Outcome> {
  await requireTakers(engine, customer, 'approve-customer');
  const lifted = await withLedger(async (database) => tellOrders(engine, database, await approveCustomer(database, newWord(customer, reason))));
  const orders = [...lifted, ...(await tellWaiting(engine, customer, 'approve-customer', reason))];
  return { customer, standing: 'approved', orders };
}

async function decline(engine: Engine, customer: string, reason: string): Promise<Outcome> {
  await requireTakers(engine, customer, 'decline-customer');
  const standing = await withLedger((database) => declineCustomer(database, newWord(customer, reason)));
  if (standing === 'approved')
    throw refused('customer-approved', `customer ${customer} is approved. Accepted: twokey customer remove ${customer}, which holds its open orders as well`);
  return { customer, standing, orders: await tellWaiting(engine, customer, 'decline-customer', reason) };
}

async function remove(engine: Engine, customer: string, reason: string): Promise<Outcome> {
  const orders = await withLedger(async (database) => tellOrders(engine, database, await removeCustomer(database, newWord(customer, reason))));
  return { customer, standing: 'removed', orders };
}

/** Where orders wait for the word, nothing is written before somebody is there who takes it. Throws `no-worker`. */
async function requireTakers(engine: Engine, customer: string, name: 'approve-customer' | 'decline-customer'): Promise<void> {
  if ((await waitingFor(engine, customer, name)).length > 0) await requireWorker(engine.client, engine.taskQueue);
}

function tellOutcome({ customer, standing, orders }: Outcome, out: Output): void {
  out.result({ customer, standing, orders });
  out.say(`${customer} is ${standing}`, ...orders.map(({ order, says }) => `  ${order}  ${says}`));
}
