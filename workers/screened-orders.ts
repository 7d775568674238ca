import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { DeterminismViolationError } from '@temporalio/workflow';
import type { ScreenedOrders } from '../activities/nightly-screening.ts';
import type { OrderEvent } from '../domain/events.ts';
import { plan } from '../domain/plan.ts';
import { tellBoardChange } from '../engine/board-told.ts';
import { type OrderRecord, readOrder } from '../engine/replay.ts';

/** Open orders as nightly screening sees them: it reads their histories, and tells them of what the policy board has written. */
export const screenedOrders = (client: Client, bundlePath: string): ScreenedOrders => ({
  async answered(order) {
    const read = await readIfReadable(client, bundlePath, order);
    if (!read) return [];
    return plan(read.order).closed ? 'closed' : answeredIn(read.events);
  },
  tell: (order, change) => tellBoardChange(client, order, change),
});

/** Undefined where nobody has begun the order, or its history cannot be read: then nothing in it speaks against a hold. */
async function readIfReadable(client: Client, bundlePath: string, order: string): Promise<OrderRecord | undefined> {
  try {
    return await readOrder(client, bundlePath, order);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError || error instanceof DeterminismViolationError) return undefined;
    throw error;
  }
}

/** Every match on which the order was asked or is: one that was true has ended it. */
const answeredIn = (events: readonly OrderEvent[]): string[] => events.flatMap((event) => (event.type === 'screening-hit' ? event.matches : []));
