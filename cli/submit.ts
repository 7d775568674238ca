import type { Command } from 'commander';
import type { OrderTerms } from '../domain/terms.ts';
import type { Policy } from '../domain/policy.ts';
import { readOrders } from '../edge/order-file.ts';
import { pinned } from '../edge/policy-pinned.ts';
import type { Engine } from '../engine/connect.ts';
import { orderLink } from '../engine/connect.ts';
import { startOrder } from '../engine/orders.ts';
import { trustOf } from '../engine/signed-acts.ts';
import { unheardHolds } from '../ledger/board-tidings.ts';
import { claimOrders } from '../ledger/orders.ts';
import { orderWorkflowId } from '../workflows/messages.ts';
import { tellOrders } from './customer-orders.ts';
import { withEngine, withLedger } from './desk.ts';
import { createOutput, type Output } from './output.ts';
import { policyAsked, specOf, today } from './policy-asked.ts';
import { refusingSecrets } from './passphrase.ts';
import { type Submitter, submitterHere } from './signed-submission.ts';

interface Options {
  readonly holder?: string;
  readonly unsigned?: boolean;
  readonly json?: boolean;
}

export function addSubmit(program: Command): void {
  refusingSecrets(program.command('submit'))
    .description('submit the orders of a YAML or JSON file; the same file twice changes nothing')
    .argument('<file>', 'one order or a list of orders')
    .option('--holder <code>', 'who of the desk signs, where several can here')
    .option('--unsigned', 'sign nothing although there are keys here: the orders take plain acts')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      '\nExample file: examples/order.yaml. Watch what happens with `twokey status ORDER`.' +
        '\nWhere this home has keys, each submission is signed by a key of seller.desk, and its order takes signed acts alone.',
    )
    .action((file: string, options: Options) => submit(file, options, createOutput(options.json ?? false)));
}

async function submit(file: string, options: Options, out: Output): Promise<void> {
  const orders = readOrders(file).map(({ terms, policy }) => ({ terms, policy: pinned(policyAsked(policy, today()), specOf(terms)) }));
  const submitter = await submitterHere(options, out);
  const { submitted, held } = await withEngine(async (engine) => {
    await withLedger((database) =>
      claimOrders(
        database,
        orders.map(({ terms, policy }) => ({ terms, policy: policy.id })),
        Date.now(),
      ),
    );
    const started = await Promise.all(orders.map(({ terms, policy }) => start(engine, terms, policy, submitter)));
    const ids = started.map(({ order }) => order);
    return { submitted: started, held: await withLedger(async (database) => tellOrders(engine, database, await unheardHolds(database, ids))) };
  });
  for (const one of submitted) out.say(`${one.order} ${sentenceOf(one, submitter, options)}${one.ui ? `  ${one.ui}` : ''}`);
  for (const { order, says } of held) out.say(`  ${order}  ${says}`);
  out.result({ submitted, held });
}

interface Submitted {
  readonly order: string;
  readonly state: 'started' | 'known';
  readonly policy: string;
  /** Whether the order takes signed acts alone, or plain ones; of one that was known, as it was submitted then. */
  readonly takes: 'signed' | 'plain';
  readonly ui: string | null;
}

async function start({ client, taskQueue, ui }: Engine, terms: OrderTerms, policy: Policy, submitter: Submitter | 'none'): Promise<Submitted> {
  const trust = submitter === 'none' ? undefined : await submitter.trustFor(terms, policy);
  const state = await startOrder(client, taskQueue, terms, policy, { ...(trust && { trust }) });
  const known = state === 'known' ? await trustOf(client, terms.id) : { trust };
  const takes = 'trust' in known && known.trust ? 'signed' : 'plain';
  const link = ui ? orderLink(ui, client.options.namespace, orderWorkflowId(terms.id)) : null;
  return { order: terms.id, state, policy: policy.id, takes, ui: link };
}

/** Where there are no keys, nothing is said of signatures. */
function sentenceOf({ state, takes }: Submitted, submitter: Submitter | 'none', { unsigned = false }: Options): string {
  const isAsAsked = takes === (submitter === 'none' ? 'plain' : 'signed');
  if (state === 'known') return `was submitted before, nothing changed${isAsAsked ? '' : `; it takes ${takes} acts`}`;
  return submitter === 'none' ? `submitted${unsigned ? ', unsigned' : ''}` : `submitted, signed by ${submitter.holder}`;
}
