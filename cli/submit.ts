import type { Command } from 'commander';
import { readOrders, type WrittenOrder } from '../edge/order-file.ts';
import type { Engine } from '../engine/connect.ts';
import { orderLink } from '../engine/connect.ts';
import { startOrder } from '../engine/orders.ts';
import type { Database } from '../ledger/database.ts';
import { claimOrder } from '../ledger/orders.ts';
import { orderWorkflowId } from '../workflows/messages.ts';
import { defaultPolicy, policyById, withEngine, withLedger } from './desk.ts';
import { refused } from './failure.ts';
import { createOutput } from './output.ts';

export function addSubmit(program: Command): void {
  program
    .command('submit')
    .description('submit the orders of a YAML or JSON file; the same file twice changes nothing')
    .argument('<file>', 'one order or a list of orders')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample file: examples/order.yaml. Watch what happens with `twokey status ORDER`.')
    .action(async (file: string, options: { json?: boolean }) => {
      const out = createOutput(options.json ?? false);
      const orders = readOrders(file);
      const policies = orders.map((order) => policyById(order.policy ?? defaultPolicy));
      const submitted = await withEngine((engine) =>
        withLedger(async (database) => {
          const results = [];
          for (const [index, order] of orders.entries()) results.push(await submitOrder(engine, database, order, policies[index] ?? policyById(defaultPolicy)));
          return results;
        }),
      );
      for (const one of submitted)
        out.say(`${one.order} ${one.state === 'started' ? 'submitted' : 'was submitted before, nothing changed'}${one.ui ? `  ${one.ui}` : ''}`);
      out.result({ submitted });
    });
}

/** Claims the order's id and starts its workflow. Refused as `order-conflict` where the id stands for other content. */
async function submitOrder(
  engine: Engine,
  database: Database,
  { terms }: WrittenOrder,
  policy: ReturnType<typeof policyById>,
): Promise<{ order: string; state: 'started' | 'known'; policy: string; ui: string | null }> {
  const claim = await claimOrder(database, terms, policy.id);
  if (claim === 'conflict')
    throw refused('order-conflict', `order ${terms.id} was submitted before with other content: submit a change under a new id, or the same content again`);
  const state = await startOrder(engine.client, engine.taskQueue, terms, policy);
  const ui = engine.ui ? orderLink(engine.ui, engine.client.options.namespace, orderWorkflowId(terms.id)) : null;
  return { order: terms.id, state, policy: policy.id, ui };
}
