import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { commandOf } from '../domain/act-command.ts';
import { plainAct, sendAct, sendPolicyChange } from '../engine/acts.ts';
import type { Engine } from '../engine/connect.ts';
import { listOrders, waitingForAct } from '../engine/orders.ts';
import { trustOf } from '../engine/signed-acts.ts';
import { approveCustomer, removeCustomer, type ToldChange } from '../ledger/customer-holds.ts';
import { listedCustomers, recordCustomer } from '../ledger/customers.ts';
import { customerCodeOf, withEngine, withLedger } from './desk.ts';
import { createOutput, moment, type Output, table } from './output.ts';

interface Options {
  readonly reason: string;
  readonly json?: boolean;
}

export function addCustomer(program: Command): void {
  const command = program.command('customer').description('the customers that Commerce has vetted: list, approve, decline, remove');
  command
    .command('list')
    .description('every customer of whom Commerce has said something')
    .option('--json', 'print one JSON document')
    .action((options: { json?: boolean }) => list(createOutput(options.json ?? false)));
  for (const [name, says] of [
    ['approve', 'Commerce has approved a customer: orders that wait for it go on, and what its removal had held is lifted'],
    ['decline', 'Commerce has declined a customer: orders that wait for it end'],
    ['remove', 'Commerce has taken a customer off the list: none of its orders ships from now on, and every open one is held'],
  ] as const)
    command
      .command(name)
      .description(says)
      .argument('<customer>', "the customer's code", customerCodeOf)
      .requiredOption('--reason <text>', 'on what it rests')
      .option('--json', 'print one JSON document')
      .action((customer: string, options: Options) =>
        withEngine((engine) => words[name](engine, customer, options.reason, createOutput(options.json ?? false))),
      );
}

async function list(out: Output): Promise<void> {
  const customers = (await withLedger(listedCustomers)).map(({ at, ...one }) => ({ ...one, at: new Date(at).toISOString() }));
  out.result({ customers });
  const rows = customers.map(({ customer, standing, at, order, reason }) => [customer, standing, moment(at), order ?? '', reason]);
  out.say(rows.length === 0 ? 'Commerce has said nothing of any customer' : table(['customer', 'standing', 'since', 'order', 'reason'], rows));
}

const words = { approve, decline, remove };
const newWord = (customer: string, reason: string) => ({ key: randomUUID(), customer, reason, at: Date.now() });

async function approve(engine: Engine, customer: string, reason: string, out: Output): Promise<void> {
  const lifts = await withLedger((database) => approveCustomer(database, newWord(customer, reason)));
  const told = [...(await tellChanges(engine, lifts)), ...(await tellWaiting(engine, customer, 'approve-customer', reason))];
  tellOutcome({ customer, standing: 'approved' }, told, out);
}

async function decline(engine: Engine, customer: string, reason: string, out: Output): Promise<void> {
  await withLedger((database) => recordCustomer(database, { ...newWord(customer, reason), standing: 'declined', orderId: null }));
  tellOutcome({ customer, standing: 'declined' }, await tellWaiting(engine, customer, 'decline-customer', reason), out);
}

async function remove(engine: Engine, customer: string, reason: string, out: Output): Promise<void> {
  const holds = await withLedger((database) => removeCustomer(database, newWord(customer, reason)));
  tellOutcome({ customer, standing: 'removed' }, await tellChanges(engine, holds), out);
}

/** What became of one order. */
interface Told {
  readonly order: string;
  readonly result: string;
}

/** An order that is closed needs no telling; one of signed acts takes a lift only from the policy board's own people. */
async function tellChanges({ client }: Engine, changes: readonly ToldChange[]): Promise<Told[]> {
  const told: Told[] = [];
  for (const { order, change } of changes) {
    const untold = await sendPolicyChange(client, order, change);
    if (untold) continue;
    const trust = await trustOf(client, order);
    const isSigned = 'trust' in trust && trust.trust !== undefined;
    const stands = change.effect === 'hold' ? 'may not ship' : 'may ship again';
    const byAct = `by the board, ${stands}; its clocks follow a signed ${change.effect}: npx twokey act ${order} ${change.effect} --as policy.admin --hold ${change.id} --reason ...`;
    told.push({ order, result: isSigned ? byAct : change.effect === 'hold' ? 'held' : 'lifted' });
  }
  return told;
}

async function tellWaiting({ client }: Engine, customer: string, name: 'approve-customer' | 'decline-customer', reason: string): Promise<Told[]> {
  const waiting = (await listOrders(client, waitingForAct('us.commerce', name))).filter((one) => one.customer === customer);
  const told: Told[] = [];
  for (const { order } of waiting) {
    const trust = await trustOf(client, order);
    if ('trust' in trust && trust.trust) {
      told.push({ order, result: `takes signed acts: ${commandOf(order, name, 'us.commerce')}` });
      continue;
    }
    const answer = await sendAct(client, order, plainAct(name, { by: 'us.commerce', reason }, randomUUID()));
    told.push({ order, result: 'refused' in answer ? answer.refused.message : `now in ${answer.stage}` });
  }
  return told;
}

function tellOutcome(word: { readonly customer: string; readonly standing: string }, orders: readonly Told[], out: Output): void {
  out.result({ ...word, orders });
  out.say(`${word.customer} is ${word.standing}`, ...orders.map(({ order, result }) => `  ${order}  ${result}`));
}
