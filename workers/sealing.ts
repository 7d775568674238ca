import type { Client } from '@temporalio/client';
import { DeterminismViolationError } from '@temporalio/workflow';
import type { Logger } from 'pino';
import { plan } from '../domain/plan.ts';
import { messageOf } from '../engine/errors.ts';
import { listOrders } from '../engine/orders.ts';
import { readOrder } from '../engine/replay.ts';
import type { Database } from '../ledger/database.ts';
import { sealRecord, unsealedOf } from '../ledger/sealed-records.ts';
import { chainOf, chainText } from '../record/chain.ts';
import { sealOf } from '../record/leaf.ts';

/** So many records are sealed before the supervisor looks for other work again. */
const atOnce = 20;
/** By how much Temporal's list of closed orders may lag behind them. */
const lagMs = 600_000;

/** Whose orders are sealed, and where. A ledger belongs to the desk that serves this task queue. */
export interface SealingDesk {
  readonly client: Client;
  readonly bundlePath: string;
  readonly taskQueue: string;
  readonly database: Database;
  readonly logger: Logger;
}

/**
 * A look for closed orders whose record is not in the ledger yet, which seals them. It reads histories and writes nothing
 * to them, may be done at any time by any number of workers, and after the first time looks at what closed since.
 */
export function sealingOf(desk: SealingDesk): (ended: AbortSignal) => Promise<void> {
  const unreadable = new Set<string>();
  let since: number | undefined;
  return async (ended) => {
    const began = Date.now();
    const left = (await closedUnsealed(desk, since)).filter((order) => !unreadable.has(order));
    let isDone = left.length <= atOnce;
    for (const order of left.slice(0, atOnce)) {
      if (ended.aborted) return;
      const answer = await seal(desk, order);
      if (answer === 'unreadable') unreadable.add(order);
      if (answer === 'failed') isDone = false;
    }
    if (isDone) since = began - lagMs;
  };
}

async function closedUnsealed({ client, taskQueue, database }: SealingDesk, since: number | undefined): Promise<string[]> {
  const closed = `ExecutionStatus = 'Completed' AND TaskQueue = '${taskQueue}'`;
  const orders = await listOrders(client, since === undefined ? closed : `${closed} AND CloseTime > '${new Date(since).toISOString()}'`);
  return orders.length === 0 ? [] : await unsealedOf(database, [...new Set(orders.map(({ order }) => order))]);
}

async function seal({ client, bundlePath, database, logger }: SealingDesk, order: string): Promise<'sealed' | 'open' | 'failed' | 'unreadable'> {
  try {
    const read = await readOrder(client, bundlePath, order);
    // A rehearsal may have begun a new order under the id of a closed one.
    if (!read || !plan(read.order).closed) return 'open';
    const chain = chainOf(read.order, read.events, read.envelopes);
    const answer = await sealRecord(database, { ...sealOf(chain), record: chainText(chain) }, Date.now());
    if (answer === 'sealed') logger.info({ order, entries: chain.entries.length }, 'the record of a closed order was sealed');
    return 'sealed';
  } catch (error) {
    logger.error({ order, error: messageOf(error) }, 'the record of a closed order could not be sealed');
    return error instanceof DeterminismViolationError ? 'unreadable' : 'failed';
  }
}
