import { WorkflowNotFoundError } from '@temporalio/client';
import { DeterminismViolationError } from '@temporalio/workflow';
import { orderUnknown } from '../engine/acts.ts';
import { workflowBundle } from '../engine/bundle.ts';
import type { Engine } from '../engine/connect.ts';
import { findHome } from '../engine/home.ts';
import { type OrderRecord, quietRuntime, readOrder } from '../engine/replay.ts';
import { endReplays } from '../engine/replay-worker.ts';
import { CommandFailure, exitCodes, refused } from './failure.ts';

/** An order from its history in Temporal. Throws `CommandFailure`: `no-worker`, `order-stuck`, `order-unknown`. */
export async function readRecord({ client }: Engine, order: string): Promise<OrderRecord> {
  quietRuntime();
  try {
    const record = await readOrder(client, await workflowBundle(findHome()), order);
    if (record) return record;
    throw new CommandFailure(exitCodes.unreachable, 'no-worker', `order ${order} was submitted, but no worker has taken it up yet: run npm start`);
  } catch (error) {
    if (error instanceof DeterminismViolationError)
      throw new CommandFailure(
        exitCodes.failed,
        'order-stuck',
        `the history of order ${order} does not replay: the worker repairs it, or twokey repair ${order}`,
      );
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    const { code, message } = orderUnknown(order);
    throw refused(code, message);
  } finally {
    await endReplays();
  }
}
