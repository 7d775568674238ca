import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { ActName } from '../../domain/acts.ts';
import type { Role } from '../../domain/roles.ts';
import type { StepName } from '../../domain/steps.ts';
import { plainAct, sendAct } from '../../engine/acts.ts';
import { startOrder } from '../../engine/orders.ts';
import { plantFault } from '../../ledger/simulation.ts';
import { receiveLot } from '../../ledger/stock-receipt.ts';
import { orderWorkflowId } from '../../workflows/messages.ts';
import { Desk } from '../support/desk.ts';
import { policy, terms } from '../support/orders.ts';
import { startWorkerProcess, type WorkerProcess } from '../support/worker-process.ts';

/** How often the worker is killed in every stage: once in CI, 20 times by `npm run faults`. */
const rounds = Number(process.env['TWOKEY_FAULT_ROUNDS'] ?? 1);

/** The acts that carry an order from filing to delivery, in their order. */
const script: readonly { readonly by: Role; readonly name: ActName; readonly fields: Readonly<Record<string, unknown>> }[] = [
  { by: 'us.commerce', name: 'register', fields: { applicationNumber: 'Z1' } },
  { by: 'us.commerce', name: 'refer', fields: {} },
  { by: 'us.state', name: 'recommend', fields: { position: 'no-objection' } },
  { by: 'us.energy', name: 'recommend', fields: { position: 'no-objection' } },
  { by: 'us.defense', name: 'recommend', fields: { position: 'no-objection' } },
  { by: 'us.commerce', name: 'issue-license', fields: { licenseNumber: 'D1' } },
  { by: 'buyer', name: 'apply-purchase', fields: { applicationNumber: 'CN-1' } },
  { by: 'cn.mofcom', name: 'approve-purchase', fields: { approvalNumber: 'CN-A-1' } },
  { by: 'test.lab', name: 'pass-inspection', fields: { reportNumber: 'LAB-1' } },
  { by: 'cn.gacc', name: 'release', fields: { releaseNumber: 'GACC-1' } },
  { by: 'carrier', name: 'confirm-delivery', fields: { proof: 'POD-1' } },
];
const steps: readonly StepName[] = [
  'screen-parties',
  'reserve-stock',
  'file-application',
  'notify-license',
  'request-inspection',
  'book-shipment',
  'ship',
  'declare-customs',
];
const simulated = steps.filter((step) => step !== 'reserve-stock');

let desk: Desk;
let worker: WorkerProcess;
let looking = true;
const boot = (): Promise<WorkerProcess> =>
  startWorkerProcess({
    address: inject('address'),
    databaseUrl: inject('databaseUrl'),
    taskQueue: desk.engine.taskQueue,
    folder: inject('folder'),
    repairEveryMs: 1_000,
  });

beforeAll(async () => {
  desk = await Desk.open({ worker: false });
  worker = await boot();
});
afterAll(async () => {
  looking = false;
  await worker.kill();
  await desk.close();
});

/** The Temporal UI of somebody who watches these orders all the time. */
async function watch(orders: readonly string[]): Promise<void> {
  while (looking) {
    await Promise.all(
      orders.map((order) =>
        desk.client.workflow
          .getHandle(orderWorkflowId(order))
          .query('__temporal_workflow_metadata')
          .catch(() => undefined),
      ),
    );
    await wait(100);
  }
}

/** Sends an act until it is taken, as a person would who gets no answer; the id stays the same. */
async function insist(order: string, index: number): Promise<string> {
  const act = script[index];
  if (!act) throw new Error(`no act ${index}`);
  const id = `${order}-act-${index}`;
  for (const end = Date.now() + 150_000; Date.now() < end; await wait(200)) {
    const answer = await sendAct(desk.client, order, plainAct(act.name, { ...act.fields, by: act.by }, id)).catch((error: unknown) => error);
    if (typeof answer === 'object' && answer !== null && 'events' in answer) return id;
  }
  throw new Error(`${order} never took ${act.name}`);
}

/** Carries an order from one act of the script to another; answers the ids that were acknowledged. */
async function carry(order: string, from: number, to: number): Promise<string[]> {
  const acknowledged: string[] = [];
  for (let index = from; index < to; index += 1) acknowledged.push(await insist(order, index));
  return acknowledged;
}

/** How many acts precede a step of the journey. */
const actsBefore: { readonly [S in StepName]?: number } = {
  'notify-license': 6,
  'request-inspection': 8,
  'book-shipment': 9,
  ship: 9,
  'declare-customs': 9,
};

/** Orders of one round: one that waits before each act, and one that is in each step, when the worker is killed. */
const momentsOf = (round: number) => [
  ...script.map((act, index) => ({ order: `kill-${process.pid}-${round}-before-${index}-${act.name}`, acts: index, step: undefined })),
  ...simulated.map((step) => ({ order: `kill-${process.pid}-${round}-in-${step}`, acts: actsBefore[step] ?? 0, step })),
];

describe('a worker that is killed with -9 in every stage, under acts and under the looks of the Temporal UI', () => {
  it.each(Array.from({ length: rounds }, (_, index) => index + 1))(
    'loses no acknowledged act and does nothing twice (round %i)',
    async (round) => {
      const moments = momentsOf(round);
      for (const { order, step } of moments) {
        await receiveLot(desk.database, { id: `lot-${order}`, product: 'H200', units: 6_000 }, Date.now());
        if (step) await plantFault(desk.database, { step, orderId: order, fault: 'late', times: 1 });
        await startOrder(desk.client, desk.engine.taskQueue, terms({ id: order }), policy());
      }
      const before = await Promise.all(moments.map(({ order, acts }) => carry(order, 0, acts)));
      const ui = watch(moments.map(({ order }) => order));
      await wait(300);

      // The next act of every order is on its way while the worker dies.
      const rest = moments.map(({ order, acts }) => carry(order, acts, script.length));
      await worker.kill();
      worker = await boot();
      const after = await Promise.all(rest);
      looking = false;
      await ui;
      looking = true;

      for (const [index, { order }] of moments.entries()) {
        expect(await desk.quiet(order)).toMatchObject({ stage: 'closed', outcome: 'delivered' });
        const { order: state, events } = await desk.record(order);
        expect(Object.keys(state.acts).toSorted()).toEqual([...(before[index] ?? []), ...(after[index] ?? [])].toSorted());
        expect(events.filter((event) => event.type === 'not-retold')).toEqual([]);
        expect(await desk.effects(order)).toMatchObject({ 'file-application': 1, ship: 1 });
        expect(await desk.shippedFor(order)).toBe(6_000);
      }
      process.stderr.write(`round ${round} of ${rounds}: ${moments.length} orders delivered, each once\n`);
    },
    300_000,
  );
});
