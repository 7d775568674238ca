import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import { messageOf } from '../engine/errors.ts';
import { repairOrder, stuckOrders } from '../engine/repair.ts';
import { orderIdOf } from '../workflows/messages.ts';

/** What is done at each look besides, and what is said where it could not be. */
interface Duty {
  readonly work: (ended: AbortSignal) => Promise<void>;
  readonly undone: string;
}

/**
 * Looks for orders that cannot go on and repairs them unasked, and does the other duties, until `ended` says so. One that
 * cannot be repaired is told each time.
 */
export async function superviseOrders(
  client: Client,
  bundlePath: string,
  everyMs: number,
  logger: Logger,
  ended: AbortSignal,
  duties: readonly Duty[],
): Promise<void> {
  const repairStuck = async (): Promise<void> => {
    for (const workflowId of await stuckOrders(client)) await repair(client, bundlePath, orderIdOf(workflowId), logger);
  };
  const all = [{ work: repairStuck, undone: 'orders that cannot go on could not be looked for; the next look is in a moment' }, ...duties];
  while (!ended.aborted) {
    for (const { work, undone } of all) {
      try {
        await work(ended);
      } catch (error) {
        logger.warn({ error: messageOf(error) }, undone);
      }
    }
    await wait(everyMs, undefined, { signal: ended }).catch(() => undefined);
  }
}

async function repair(client: Client, bundlePath: string, order: string, logger: Logger): Promise<void> {
  try {
    const result = await repairOrder(client, bundlePath, order);
    if (result.outcome === 'repaired') logger.warn({ order, ...result }, 'an order that could not go on was repaired');
  } catch (error) {
    logger.error({ order, error: messageOf(error) }, 'an order that cannot go on could not be repaired: try `twokey repair`');
  }
}
