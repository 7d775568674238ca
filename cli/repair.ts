import { WorkflowNotFoundError } from '@temporalio/client';
import type { Command } from 'commander';
import { orderUnknown } from '../engine/acts.ts';
import { workflowBundle } from '../engine/bundle.ts';
import { findHome } from '../engine/home.ts';
import { repairOrder } from '../engine/repair.ts';
import { endReplays } from '../engine/replay-worker.ts';
import { quietRuntime } from '../engine/replay.ts';
import { orderIdOf, withEngine } from './desk.ts';
import { refused } from './failure.ts';
import { createOutput } from './output.ts';

export function addRepair(program: Command): void {
  program
    .command('repair')
    .description('repair an order whose history cannot go on; a healthy one is left alone')
    .argument('<order>', 'id of the order', orderIdOf)
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nThe worker does this unasked; see docs/how-to/repair-an-order.md.')
    .action(async (orderId: string, options: { json?: boolean }) => {
      const out = createOutput(options.json ?? false);
      quietRuntime();
      const repair = await withEngine(async ({ client }) => {
        try {
          return await repairOrder(client, await workflowBundle(findHome()), orderId);
        } catch (error) {
          if (!(error instanceof WorkflowNotFoundError)) throw error;
          const { code, message } = orderUnknown(orderId);
          throw refused(code, message);
        } finally {
          await endReplays();
        }
      });
      out.result({ order: orderId, ...repair });
      out.say(
        repair.outcome === 'healthy'
          ? `${orderId} replays: nothing to repair`
          : `${orderId} was reset to before event ${repair.resetTo} and took ${repair.retold} acts and policy changes again`,
      );
    });
}
