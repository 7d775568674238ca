import { setTimeout as wait } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { NativeConnection, type Worker } from '@temporalio/worker';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { registerSearchAttributes } from '../../engine/setup.ts';
import { type Database, openDatabase } from '../../ledger/database.ts';
import { receiveLot } from '../../ledger/stock-receipt.ts';
import { createOrderWorker } from '../../workers/order-worker.ts';
import { simulatedActivities } from '../../workers/simulated-activities.ts';
import { cannotDie } from '../support/cannot-die.ts';
import { Cli, expectFailure, newId, orderYaml } from '../support/cli.ts';

/** A namespace of its own: --all moves every open order there is, and other tests have theirs. */
const namespace = newId('skip-all');
const taskQueue = newId('orders');
let cli: Cli;
let connection: Connection;
let native: NativeConnection;
let database: Database;
let worker: Worker;
let running: Promise<void>;

beforeAll(async () => {
  const address = inject('address');
  connection = await Connection.connect({ address });
  native = await NativeConnection.connect({ address });
  database = openDatabase(inject('databaseUrl'));
  await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: msToTs('1 day') });
  await eventually(() => registerSearchAttributes(connection, namespace));
  worker = await eventually(() =>
    createOrderWorker({
      connection: native,
      namespace,
      taskQueue,
      bundlePath: inject('bundlePath'),
      activities: simulatedActivities(database, 'tests', cannotDie),
      logger: pino({ level: 'silent' }),
      stickyTimeoutMs: 2_000,
    }),
  );
  running = worker.run();
  cli = Cli.beside(taskQueue, { namespace });
  await eventually(async () => {
    const ran = await cli.run('orders');
    if (ran.exitCode !== 0) throw new Error(ran.stderr);
  });
});
afterAll(async () => {
  worker.shutdown();
  await running;
  await connection.close();
  await native.close();
  await database.end();
});

/** The server knows a new namespace a moment later. */
async function eventually<T>(attempt: () => Promise<T>): Promise<T> {
  for (const until = Date.now() + 60_000; ; await wait(500)) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > until) throw error;
    }
  }
}

/** An order whose agencies are asked. */
async function referred(): Promise<string> {
  const order = newId('ALL');
  await receiveLot(database, { id: `lot-${order}`, product: 'MI325X', units: 500 }, Date.now());
  await cli.json('submit', cli.write(orderYaml(order, { product: 'MI325X', fileApplication: 'when-allocated' })));
  await eventually(() => cli.json('act', order, 'register', '--as', 'us.commerce', '--application-number', 'Z1'));
  await cli.json('act', order, 'refer', '--as', 'us.commerce');
  return order;
}

describe('twokey skip --all', () => {
  it('says that there is no open order where there is none', async () => {
    expect(await cli.json('orders')).toEqual({ orders: [] });
    expect(await cli.text('orders')).toBe('no orders yet: twokey submit FILE\n');
    expect(await cli.text('inbox', 'buyer')).toMatch(/^nothing waits on buyer\n/);
    expect(await cli.json('skip', '--all', '10d')).toEqual({ moved: [] });
    expect(await cli.text('skip', '--all', '10d')).toMatch(/no open order/);
    expect(await expectFailure(cli, 3, 'no-deadline', 'skip', '--all', '--until-deadline')).toContain('no open order');
  });

  it('moves all open orders by the same time, and to the earliest deadline of any', async () => {
    const [first, second, ended] = [await referred(), await referred(), await referred()];
    await cli.json('act', ended, 'cancel', '--as', 'seller.desk', '--reason', 'withdrawn');
    await eventually(async () => expect(new Set(await openOrders())).toEqual(new Set([first, second])));
    await cli.json('skip', first, '10d');
    const day = 86_400_000;
    const times = async (...args: readonly string[]): Promise<Record<string, number>> => {
      const { moved } = (await cli.json('skip', '--all', ...args)) as { moved: { order: string; now: string }[] };
      return Object.fromEntries(moved.map((one) => [one.order, Math.round((Date.parse(one.now) - Date.now()) / day)]));
    };
    expect(await times('5d')).toEqual({ [first]: 15, [second]: 5 });
    expect(await times('--until-deadline')).toEqual({ [first]: 30, [second]: 20 });
    expect(await cli.json('status', first)).toMatchObject({ waitingOn: ['us.commerce'] });
    expect(await cli.json('status', second)).toMatchObject({ waitingOn: ['us.state', 'us.energy', 'us.defense'] });
  });
});

async function openOrders(): Promise<string[]> {
  const { orders } = (await cli.json('orders', '--open')) as { orders: { order: string }[] };
  return orders.map((one) => one.order);
}
