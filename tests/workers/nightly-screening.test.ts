import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startNightlyScreening } from '../../engine/screening.ts';
import { letTimePass } from '../../engine/time.ts';
import { claimOrders } from '../../ledger/orders.ts';
import { lastRun, lookedAt } from '../../ledger/screening-runs.ts';
import { inTransaction, query } from '../../ledger/database.ts';
import { nightlyScreeningId } from '../../workflows/messages.ts';
import { withLedger } from '../ledger/with-ledger.ts';
import { Desk } from '../support/desk.ts';
import { day, terms } from '../support/orders.ts';
import { startWorkerProcess, type WorkerProcess } from '../support/worker-process.ts';

/** Enough that a worker is killed among them. */
const customers = Array.from({ length: 120 }, (_, index) => `${index % 10 === 0 ? 'listed' : 'cloud'}-${1_000 + index}`);

const ledger = withLedger();
let desk: Desk;
let worker: WorkerProcess;
const boot = (): Promise<WorkerProcess> =>
  startWorkerProcess({ address: inject('address'), databaseUrl: ledger.url, taskQueue: desk.engine.taskQueue, folder: inject('folder') });

beforeAll(async () => {
  desk = await Desk.open({ worker: false, databaseUrl: ledger.url });
  worker = await boot();
});
afterAll(async () => {
  await worker.kill();
  await desk.client.workflow
    .getHandle(nightlyScreeningId(desk.engine.taskQueue))
    .terminate()
    .catch(() => undefined);
  await desk.close();
});

const looks = 'select customer from screening_looks';

describe('a worker that is killed with -9 between two customers of a night', () => {
  it('is followed by one that goes on with the next: each customer is looked at once, each match holds once', async () => {
    await claimOrders(
      desk.database,
      customers.map((customer) => ({ terms: terms({ id: `order-of-${customer}`, customer }), policy: '2025-12-announcement' })),
      Date.now(),
    );
    await startNightlyScreening(desk.client, desk.engine.taskQueue);
    const passes = letTimePass(desk.client, nightlyScreeningId(desk.engine.taskQueue), day);
    // Awaited at the end; where the test fails before, that failure is the one to tell.
    passes.catch(() => undefined);
    for (const until = Date.now() + 100_000; (await query(desk.database, looks)).length === 0 && Date.now() < until;) await wait(5);
    // The ledger does one transaction after another: while this one is open, no customer more is looked at.
    const before = await inTransaction(desk.database, async (session) => {
      const { length } = await session.query(looks);
      await worker.kill();
      return length;
    });
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(customers.length);
    const night = (await lastRun(desk.database))?.run ?? '';

    worker = await boot();
    for (const until = Date.now() + 120_000; ((await lastRun(desk.database))?.finished ?? null) === null && Date.now() < until;) await wait(100);
    expect(await lastRun(desk.database)).toMatchObject({ run: night, finished: expect.any(Number) });
    expect((await lookedAt(desk.database, night)).map(({ customer }) => customer)).toEqual(customers.toSorted());
    const holds = await query<{ order: string }>(desk.database, `select order_id as order from policy_changes where effect = 'hold' order by order_id`);
    expect(holds.map(({ order }) => order)).toEqual(customers.filter((one) => one.startsWith('listed')).map((customer) => `order-of-${customer}`));
    expect(await passes).toBe('open');
  }, 300_000);
});
