import type { Command } from 'commander';
import { policyDocument, policyIds } from '../edge/policies.ts';
import { exitCodes } from './failure.ts';
import { createOutput, type Output, subcommandsOf, table } from './output.ts';
import { policyAsked, today } from './policy-asked.ts';
import { checked, faultLines } from './policy-checked.ts';
import { differences, differencesTable } from './policy-differences.ts';
import { policyLines } from './policy-shown.ts';

interface Options {
  readonly json?: boolean;
}

export function addPolicy(program: Command): void {
  const policy = program.command('policy').description('read the dated rules that orders pin: their numbers, and who says so');
  const command = subcommandsOf(policy);

  command('list', 'list the policies of this release, and which of them an order has that is submitted today').action((options: Options) =>
    list(createOutput(options.json ?? false)),
  );
  command('show', 'show everything that a policy says, each part with its sources')
    .argument('<id>', 'id of the policy')
    .action((id: string, options: Options) => show(id, createOutput(options.json ?? false)));
  command('diff', 'show what differs between two policies, by where it stands')
    .argument('<id>', 'id of a policy')
    .argument('<other>', 'id of another')
    .action((id: string, other: string, options: Options) => diff(id, other, createOutput(options.json ?? false)));
  command('check', 'look for what is wrong with policy files; exit code 1 where something is')
    .argument('[policy...]', 'ids of policies or files; without any, all of this release')
    .addHelpText('after', '\nFaults are told as file:line:column: path: what is wrong (kind).')
    .action((policies: string[], options: Options) => check(policies, createOutput(options.json ?? false)));
}

function list(out: Output): void {
  const day = today();
  const inForce = policyAsked(undefined, day).id;
  const policies = policyIds()
    .flatMap((id) => policyDocument(id) ?? [])
    .map(({ id, title, effective, inForce: how }) => ({ id, title, effective, inForce: how, isInForceToday: id === inForce }));
  out.result({ today: day, policies });
  out.say(table(['policy', 'effective', 'in force today', 'title'], policies.map(rowOf), [22, 10, 14, 28]));
}

const rowOf = ({
  id,
  title,
  effective,
  inForce,
  isInForceToday,
}: {
  id: string;
  title: string;
  effective: string;
  inForce: string;
  isInForceToday: boolean;
}) => [id, effective, isInForceToday ? 'yes' : inForce === 'by-name' ? 'by name only' : 'no', title];

function show(id: string, out: Output): void {
  const policy = policyAsked(id, today());
  out.result(policy);
  out.say(...policyLines(policy));
}

function diff(id: string, other: string, out: Output): void {
  const [from, to] = [policyAsked(id, today()), policyAsked(other, today())];
  const changes = differences(from, to);
  out.result({ from: from.id, to: to.id, changes });
  out.say(changes.length === 0 ? `${from.id} and ${to.id} say the same` : differencesTable(from.id, to.id, changes));
}

function check(policies: readonly string[], out: Output): void {
  const results = checked(policies);
  out.result({ checked: results });
  out.say(...results.flatMap(faultLines));
  if (results.some(({ faults }) => faults.length > 0)) process.exitCode = exitCodes.failed;
}
