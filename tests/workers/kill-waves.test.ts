import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { auditLicenses } from '../../ledger/licenses-audit.ts';
import { plantFault } from '../../ledger/simulation.ts';
import { auditStock } from '../../ledger/stock-audit.ts';
import { orderWorkflowId } from '../../workflows/messages.ts';
import { withLedger } from '../ledger/with-ledger.ts';
import { Desk } from '../support/desk.ts';
import { givePapers, sendPapers } from '../support/papers.ts';
import { licensedForWaves, waveApproved, wavesArrive, waveSteps } from '../support/waves.ts';
import { startWorkerProcess, type WorkerProcess } from '../support/worker-process.ts';

type WaveStep = (typeof waveSteps)[number];
const ledger = withLedger();
let desk: Desk;
let worker: WorkerProcess;
const boot = (): Promise<WorkerProcess> =>
  startWorkerProcess({
    ...{ address: inject('address'), databaseUrl: ledger.url, taskQueue: desk.engine.taskQueue },
    ...{ folder: inject('folder'), repairEveryMs: 1_000 },
  });
beforeAll(async () => {
  desk = await Desk.open({ worker: false, databaseUrl: ledger.url });
  worker = await boot();
}, 120_000);
afterAll(async () => {
  await worker.kill();
  await desk.close();
});

/** The steps of Temporal that are under way for an order. */
async function underWay(order: string): Promise<(string | null | undefined)[]> {
  const { raw } = await desk.client.workflow.getHandle(orderWorkflowId(order)).describe();
  return (raw.pendingActivities ?? []).map(({ activityType }) => activityType?.name);
}

async function firstWaveLeaves(order: string): Promise<void> {
  await waveApproved(desk, order, '1', '250');
  await desk.quiet(order);
  await desk.act(order, 'test.lab', 'pass-inspection', { reportNumber: 'LAB-1' });
  await givePapers(desk, order);
}

/** Carries the second wave until a step of it is under way, whose answer is late; the others follow it in their order. */
async function secondWaveUpTo(order: string, step: WaveStep): Promise<void> {
  await plantFault(ledger.database, { step, orderId: order, fault: 'late', times: 1 });
  await waveApproved(desk, order, '2', '350');
  if (step !== 'request-inspection') {
    await desk.quiet(order);
    await desk.act(order, 'test.lab', 'pass-inspection', { reportNumber: 'LAB-2' });
  }
  if (waveSteps.indexOf(step) > waveSteps.indexOf('book-shipment')) await sendPapers(desk, order);
  await expect.poll(() => underWay(order), { timeout: 30_000 }).toContain(step);
}

async function secondWaveFrom(order: string, step: WaveStep): Promise<void> {
  await desk.quiet(order);
  if (step === 'request-inspection') {
    await desk.act(order, 'test.lab', 'pass-inspection', { reportNumber: 'LAB-2' });
    await desk.quiet(order);
  }
  if (waveSteps.indexOf(step) <= waveSteps.indexOf('book-shipment')) await givePapers(desk, order);
  await desk.quiet(order);
  await wavesArrive(desk, order);
}

describe('a worker that is killed with -9 in every step of a second wave', () => {
  it('does none of them twice: each order is delivered, and the books of stock and licenses add up', async () => {
    const orders = await Promise.all(waveSteps.map(async (step) => ({ step, order: await licensedForWaves(desk) })));
    for (const { order } of orders) await firstWaveLeaves(order);
    await Promise.all(orders.map(({ order, step }) => secondWaveUpTo(order, step)));
    await worker.kill();
    worker = await boot();
    await Promise.all(orders.map(({ order, step }) => secondWaveFrom(order, step)));

    for (const { order } of orders) {
      expect(await desk.quiet(order)).toMatchObject({ stage: 'closed', outcome: 'delivered' });
      expect(await desk.effects(order)).toMatchObject({ 'request-inspection': 2, 'book-shipment': 2, ship: 2, 'declare-customs': 2, 'file-application': 1 });
      expect(await desk.shippedFor(order)).toBe(600);
    }
    expect(await auditStock(ledger.database)).toBeUndefined();
    expect(await auditLicenses(ledger.database)).toBeUndefined();
  }, 240_000);
});
