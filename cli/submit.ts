import type { Command } from 'commander';
import type { OrderTerms, Policy } from '../domain/terms.ts';
import { readOrders } from '../edge/order-file.ts';
import { defaultPolicy } from '../edge/policies.ts';
import type { Engine } from '../engine/connect.ts';
import { orderLink } from '../engine/connect.ts';
import { startOrder } from '../engine/orders.ts';
import { claimOrders } from '../ledger/orders.ts';
import { orderWorkflowId } from '../workflows/messages.ts';
import { policyById, withEngine, withLedger } from './desk.ts';
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
      const orders = readOrders(file).map(({ terms, policy }) => ({ terms, policy: policyById(policy ?? defaultPolicy) }));
      const submitted = await withEngine(async (engine) => {
        await withLedger((database) =>
          claimOrders(
            database,
            orders.map(({ terms, policy }) => ({ terms, policy: policy.id })),
            Date.now(),
          ),
        );
        return await Promise.all(orders.map(({ terms, policy }) => start(engine, terms, policy)));
      });
      for (const one of submitted)
        out.say(`${one.order} ${one.state === 'started' ? 'submitted' : 'was submitted before, nothing changed'}${one.ui ? `  ${one.ui}` : ''}`);
      out.result({ submitted });
    });
}

async function start(engine: Engine, terms: OrderTerms, policy: Policy) {
  const state = await startOrder(engine.client, engine.taskQueue, terms, policy);
  const ui = engine.ui ? orderLink(engine.ui, engine.client.options.namespace, orderWorkflowId(terms.id)) : null;
  return { order: terms.id, state, policy: policy.id, ui };
}
