import { randomUUID } from 'node:crypto';
import { type Client, isGrpcServiceError } from '@temporalio/client';
import { msToTs, tsToMs } from '@temporalio/common/lib/time.js';
import { EngineError } from './errors.ts';

/**
 * Time skipping of a development engine: each order has a clock of its own that can be moved ahead, firing its timers on
 * the way. The server marks the feature experimental, so all of it is in this file.
 */
const unimplemented = 12;
const notFound = 5;
const deadlineExceeded = 4;
const reached = 2;

/** An order's own time in epoch milliseconds; the engine's present where it was never moved. */
export async function orderTime(client: Client, workflowId: string): Promise<number> {
  const description = await client.workflow.getHandle(workflowId).describe();
  const virtual = description.raw.workflowExtendedInfo?.timeSkippingInfo?.currentTime;
  return virtual ? tsToMs(virtual) : Date.now();
}

/**
 * Lets `ms` of one order's time pass and returns when it has. Work that is due on the way is done on the way. Answers
 * whether the order is still open. Throws `engine-too-old` where the engine cannot skip time.
 */
export async function letTimePass(client: Client, workflowId: string, ms: number): Promise<'open' | 'closed'> {
  const request = { namespace: client.options.namespace, workflowExecution: { workflowId } };
  const fastForwardId = randomUUID();
  try {
    await client.workflowService.updateWorkflowExecutionOptions({
      ...request,
      identity: 'twokey skip',
      updateMask: { paths: ['time_skipping_config'] },
      workflowExecutionOptions: {
        timeSkippingConfig: { enabled: true, maxSessionSkipCount: 1_000, fastForwardConfig: { id: fastForwardId, duration: msToTs(ms) } },
      },
    });
  } catch (error) {
    if (isGrpcServiceError(error) && Number(error.code) === notFound) return 'closed';
    if (isGrpcServiceError(error) && Number(error.code) === unimplemented)
      throw new EngineError('engine-too-old', 'this Temporal server cannot skip time: skip works on the engine that npm start runs', { cause: error });
    throw error;
  }
  return await arrival(client, request, fastForwardId);
}

async function arrival(
  client: Client,
  request: { namespace: string; workflowExecution: { workflowId: string } },
  fastForwardId: string,
): Promise<'open' | 'closed'> {
  for (;;) {
    try {
      const poll = await client.withDeadline(Date.now() + 20_000, () =>
        client.workflowService.pollWorkflowExecutionTimeSkipping({ ...request, fastForwardId }),
      );
      if (Number(poll.fastForwardPollingResult) === reached) return 'open';
      if (JSON.stringify(poll).includes('execution ended')) return 'closed';
      throw new EngineError('engine-unreachable', `time of ${request.workflowExecution.workflowId} could not be moved: ${JSON.stringify(poll)}`);
    } catch (error) {
      if (isGrpcServiceError(error) && Number(error.code) === notFound) return 'closed';
      if (!isGrpcServiceError(error) || Number(error.code) !== deadlineExceeded) throw error;
    }
  }
}

/** Whether the engine can skip time: one that can looks for the order first. */
export async function canSkipTime(client: Client): Promise<boolean> {
  const workflowExecution = { workflowId: `no-such-order-${randomUUID()}` };
  try {
    await client.workflowService.updateWorkflowExecutionOptions({
      namespace: client.options.namespace,
      workflowExecution,
      updateMask: { paths: ['time_skipping_config'] },
      workflowExecutionOptions: { timeSkippingConfig: { enabled: true } },
    });
    return true;
  } catch (error) {
    if (isGrpcServiceError(error) && Number(error.code) === notFound) return true;
    if (isGrpcServiceError(error) && Number(error.code) === unimplemented) return false;
    throw error;
  }
}
