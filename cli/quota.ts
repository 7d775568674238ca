import type { Command } from 'commander';
import { type QuotaStanding, quotaStandings } from '../domain/rules/quota-standing.ts';
import { unitsInUse } from '../ledger/units-in-use.ts';
import { customerCodeOf, withLedger } from './desk.ts';
import { count, createOutput, subcommandsOf, table } from './output.ts';
import { policyAsked, today } from './policy-asked.ts';
import { productOf } from './stock-asked.ts';

interface Options {
  readonly customer?: string;
  readonly product?: string;
  readonly policy?: string;
  readonly json?: boolean;
}

export function addQuota(program: Command): void {
  const quota = program.command('quota').description('the caps beyond one order, and what is left of them');
  subcommandsOf(quota)('show', 'show limit, reserved, committed and headroom of each quota of a policy')
    .option('--customer <code>', 'as it stands for this customer; else for each that has units in use', customerCodeOf)
    .option('--product <code>', 'the quotas that limit this product', productOf)
    .option('--policy <id>', 'the policy whose quotas they are; else the one in force today')
    .addHelpText(
      'after',
      '\nReserved is what orders hold, committed what was shipped, over all orders.\nA share of a volume that the policy does not publish is no check.',
    )
    .action(show);
}

async function show({ customer, product, policy: id, json = false }: Options): Promise<void> {
  const out = createOutput(json);
  const policy = policyAsked(id, today());
  const quotas = quotaStandings(policy.quotas, await withLedger(unitsInUse), { customer, product });
  out.result({ policy: policy.id, quotas });
  out.say(`policy ${policy.id}`, '', quotas.length === 0 ? 'no quota of it counts anything here' : quotaTable(quotas));
}

const told = (units: number | string): string => (typeof units === 'number' ? count(units) : units);

const quotaTable = (quotas: readonly QuotaStanding[]): string =>
  table(
    ['quota', 'of', 'limit', 'reserved', 'committed', 'headroom'],
    quotas.map(({ quota, customer, products, limit, reserved, committed, headroom }) => [
      ...[quota.replaceAll('-', ' '), customer ?? products.join(', '), told(limit), count(reserved), count(committed), told(headroom)],
    ]),
  );
