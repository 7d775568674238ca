import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { DeterminismViolationError } from '@temporalio/workflow';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { stuckOrders } from '../../engine/repair.ts';
import { startOrder } from '../../engine/orders.ts';
import { plantFault } from '../../ledger/simulation.ts';
import { receiveLot } from '../../ledger/stock-receipt.ts';
import { orderWorkflowId } from '../../workflows/messages.ts';
import { Cli } from '../support/cli.ts';
import { Desk } from '../support/desk.ts';
import { policy, terms } from '../support/orders.ts';
import { startWorkerProcess, type WorkerProcess } from '../support/worker-process.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open({ worker: false });
});
afterAll(() => desk.close());

/** For how long Temporal keeps a task for the worker that has the order in memory, unless told otherwise. */
const temporalsDefault = 10_000;

const booted: WorkerProcess[] = [];
async function boot(settings: { stickyTimeoutMs?: number; repairEveryMs?: number } = {}): Promise<WorkerProcess> {
  const where = { address: inject('address'), databaseUrl: inject('databaseUrl'), taskQueue: desk.engine.taskQueue, folder: inject('folder') };
  const worker = await startWorkerProcess({ ...where, ...settings });
  booted.push(worker);
  return worker;
}
afterEach(() => Promise.all(booted.splice(0).map((worker) => worker.kill())));

async function until(what: string, isSo: () => Promise<boolean>, patienceMs = 60_000): Promise<void> {
  for (const end = Date.now() + patienceMs; Date.now() < end; await wait(100)) if (await isSo()) return;
  throw new Error(`never: ${what}`);
}

/** What the Temporal UI asks each order that a person looks at. */
const look = (order: string): Promise<string> =>
  desk.client.workflow
    .getHandle(orderWorkflowId(order))
    .query<unknown, []>('__temporal_workflow_metadata')
    .then(
      (metadata) => JSON.stringify(metadata),
      () => '',
    );

const isRunning = async (order: string, step: string): Promise<boolean> => {
  const { raw } = await desk.client.workflow.getHandle(orderWorkflowId(order)).describe();
  return (raw.pendingActivities ?? []).some((activity) => activity.activityType?.name === step && Number(activity.state) === 2);
};

/** Whether the order's present run begins with a reset. */
async function wasReset(order: string): Promise<boolean> {
  const { runId, raw } = await desk.client.workflow.getHandle(orderWorkflowId(order)).describe();
  const { events } = await desk.client.workflow.getHandle(orderWorkflowId(order), runId).fetchHistory();
  return !raw.pendingWorkflowTask && (events ?? []).some((event) => Boolean(event.workflowTaskFailedEventAttributes?.newRunId));
}

/** The rest of the journey of an order whose buyer has applied. */
async function deliver(order: string): Promise<void> {
  await desk.act(order, 'us.commerce', 'register', { applicationNumber: 'Z1' });
  await desk.act(order, 'us.commerce', 'refer');
  await desk.licensed(order);
  await desk.act(order, 'cn.mofcom', 'approve-purchase', { approvalNumber: 'CN-A-1' });
  await desk.quiet(order);
  await desk.delivered(order);
  expect(await desk.effects(order)).toMatchObject({ 'file-application': 1, ship: 1 });
}

// The failure needs the worker to die within a second or so; a machine that stalls just then gets another try.
describe('orders that a kill -9, a look in the Temporal UI and an act have made unreplayable', () => {
  it('are repaired by hand or unasked, and lose no acknowledged act', { retry: 2 }, async () => {
    const [byHand, unasked, busy] = ['by-hand', 'unasked', 'busy'].map((name) => `hazard-${randomUUID().slice(0, 8)}-${name}`) as [string, string, string];
    const both = [byHand, unasked];
    await receiveLot(desk.database, { id: `lot-${busy}`, product: 'H200', units: 18_000 }, Date.now());
    const first = await boot({ stickyTimeoutMs: temporalsDefault });
    await startOrder(desk.client, desk.engine.taskQueue, terms({ id: busy }), policy());
    await desk.quiet(busy);
    for (const order of both) {
      await plantFault(desk.database, { step: 'screen-parties', orderId: order, fault: 'late', times: 1 });
      await startOrder(desk.client, desk.engine.taskQueue, terms({ id: order, reviews: 'side-by-side' }), policy());
    }
    for (const order of both) await until('the screening runs', () => isRunning(order, 'screen-parties'));
    // Killed while it serves other orders and just before its attempts are given up: the server takes it for alive when
    // the next worker answers, and keeps the answers for it. That one is up before, so that it answers in time however slow the machine is.
    const [second] = await Promise.all([boot({ repairEveryMs: 600_000 }), wait(8_500)]);
    await desk.act(busy, 'us.commerce', 'register', { applicationNumber: 'Z100002' });
    await first.kill();

    // The look reaches the other worker ahead of that task, and makes it take the answer of the screening early.
    await Promise.all(
      both.map(async (order) => {
        await until('the look shows the order past its screening', async () => (await look(order)).includes('reserve-stock'));
        await desk.act(order, 'buyer', 'apply-purchase', { applicationNumber: 'CN-1' }, 'acknowledged');
      }),
    );
    await second.kill();
    for (const order of both) await expect(desk.record(order)).rejects.toThrow(DeterminismViolationError);

    const third = await boot({ repairEveryMs: 600_000 });
    const cli = Cli.beside(desk.engine.taskQueue);
    expect(await cli.run('status', byHand)).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(`twokey repair ${byHand}`) as unknown });
    expect(await cli.json('repair', byHand)).toMatchObject({ order: byHand, outcome: 'repaired', retold: 1 });
    expect(await cli.json('repair', byHand)).toEqual({ order: byHand, outcome: 'healthy' });
    await third.kill();
    await boot({ repairEveryMs: 1_000 });
    await until('the other order has been repaired unasked', () => wasReset(unasked));

    for (const order of both) {
      await desk.quiet(order);
      const { order: state, events } = await desk.record(order);
      expect(state.chinaReview).toEqual({ state: 'applied', applicationNumber: 'CN-1' });
      expect(events.map((event) => event.type)).not.toContain('not-retold');
      expect(await stuckOrders(desk.client)).not.toContain(orderWorkflowId(order));
      // The act sent again under its id is the one that was acknowledged.
      expect((await desk.act(order, 'buyer', 'apply-purchase', { applicationNumber: 'CN-1' }, 'acknowledged')).events).toEqual([]);
      await deliver(order);
    }
    await desk.keep(unasked, 'repaired-after-a-kill');
  });
});
