import { condition, continueAsNew, proxyActivities, setCurrentDetails, setHandler, workflowInfo } from '@temporalio/workflow';
import type { Given, StockActivities } from '../activities/stock-receipt.ts';
import { stockChangedSignal } from './messages.ts';

/** How many orders have been told in runs before. */
interface StockReceiptInput {
  readonly told: number;
}

/** A ledger that is away is asked again until it answers: what is set aside for an order stays so. */
const { 'give-stock': give } = proxyActivities<StockActivities>({
  startToCloseTimeout: '2 minutes',
  heartbeatTimeout: '30 seconds',
  retry: { maximumInterval: '1 minute' },
});

/** Gives stock that has come free to the orders that wait for it, order by order, and waits for lots that open later. */
export async function stockReceipt({ told: before }: StockReceiptInput = { told: 0 }): Promise<void> {
  let changed = true;
  let told = before;
  setHandler(stockChangedSignal, () => void (changed = true), { description: 'Units have come free, or a lot has come in. Sent by whoever brought it about.' });
  for (;;) {
    const { opensAt } = await giveAll();
    if (changed) continue;
    if (opensAt === null) return;
    setCurrentDetails(`## Waits for a lot that opens on ${new Date(opensAt).toISOString()}\n\n${toldSoFar(told)}`);
    if (workflowInfo().continueAsNewSuggested) return continueAsNew<typeof stockReceipt>({ told });
    changed ||= !(await condition(() => changed, Math.max(1, opensAt - Date.now())));
  }

  async function giveAll(): Promise<Given> {
    for (;;) {
      changed = false;
      const given = await give.executeWithOptions({ summary: `stock for those who wait: ${toldSoFar(told)}` }, [{ at: Date.now() }]);
      told += given.told;
      if (given.isDone) return given;
    }
  }
}

const toldSoFar = (count: number): string => `${count} order${count === 1 ? '' : 's'} told of stock`;
