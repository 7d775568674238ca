import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { OrderInput } from '../workflows/messages.ts';
import { startInput } from './history.ts';
import { runsOf } from './replay.ts';

/** What an order began with, as its oldest run tells; undefined where there is none of this id. */
export async function beginningOf(client: Client, order: string): Promise<OrderInput | undefined> {
  try {
    const [first] = await runsOf(client, order);
    return first && startInput(first);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}
