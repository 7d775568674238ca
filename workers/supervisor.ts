import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import { messageOf } from '../engine/errors.ts';
import { repairOrder, stuckOrders } from '../engine/repair.ts';
import { orderIdOf } from '../workflows/messages.ts';

/**
 * Looks for orders that cannot go on and repairs them unasked, and lets `seal` look for closed ones to seal, until `ended`
 * says so. One that cannot be repaired is told each time.
 */
export async function superviseOrders(
  client: Client,
  bundlePath: string,
  everyMs: number,
  logger: Logger,
  ended: AbortSignal,
  seal: (ended: AbortSignal) => Promise<void>,
): Promise<void> {
  while (!ended.aborted) {
    try {
      for (const workflowId of await stuckOrders(client)) await repair(client, bundlePath, orderIdOf(workflowId), logger);
    } catch (error) {
      logger.warn({ error: messageOf(error) }, 'orders that cannot go on could not be looked for; the next look is in a moment');
    }
    try {
      await seal(ended);
    } catch (error) {
      logger.warn({ error: messageOf(error) }, 'closed orders could not be looked for; their records are sealed at a later look');
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
