import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nightAfter } from '../../edge/night.ts';
import { washington } from '../../edge/zones.ts';
import { startNightlyScreening } from '../../engine/screening.ts';
import { letTimePass } from '../../engine/time.ts';
import { recordCustomer } from '../../ledger/customers.ts';
import { beginRun, ordersMatched, recordLook } from '../../ledger/screening.ts';
import { lastRun } from '../../ledger/screening-runs.ts';
import { changeSimulatedList, simulatedListing } from '../../ledger/simulated-list.ts';
import { nightlyScreeningId } from '../../workflows/messages.ts';
import { withLedger } from '../ledger/with-ledger.ts';
import { Cli, expectFailure, expectUntouched, newId } from '../support/cli.ts';
import { Desk } from '../support/desk.ts';
import { givePapers } from '../support/papers.ts';
import { day } from '../support/orders.ts';
import { submitted } from './customer-orders.ts';
import type { Beside } from './with-desk-on.ts';

/** Of its own: a screening looks at every open order that its ledger knows. */
const ledger = withLedger();
let desk: Desk;
let cli: Cli;
let here: Beside;
let nightly: string;
beforeAll(async () => {
  desk = await Desk.open({ worker: true, databaseUrl: ledger.url });
  cli = Cli.beside(desk.engine.taskQueue, { database: ledger.url });
  here = { cli, desk };
  nightly = nightlyScreeningId(desk.engine.taskQueue);
});
afterAll(async () => {
  await desk.client.workflow
    .getHandle(nightly)
    .terminate()
    .catch(() => undefined);
  await desk.close();
});

/** An order of a vetted customer for which both keys have turned and which is under test. */
async function underTest(customer: string): Promise<string> {
  await recordCustomer(desk.database, { key: customer, customer, standing: 'approved', reason: 'letter of 5 January', orderId: null, at: Date.now() });
  const order = await submitted(here, customer);
  await desk.act(order, 'us.commerce', 'register', { applicationNumber: 'Z100001' });
  await desk.act(order, 'us.commerce', 'refer');
  await desk.bothKeys(order, `D-${order}`);
  return order;
}

/** Lets the nightly screening come to its next night, and answers the name of that when it is over. */
async function nightPasses(): Promise<string> {
  const before = (await lastRun(desk.database))?.run;
  expect(await letTimePass(desk.client, nightly, day)).toBe('open');
  for (const until = Date.now() + 60_000; Date.now() < until; await wait(100)) {
    const last = await lastRun(desk.database);
    if (last && last.run !== before && last.finished !== null) return last.run;
  }
  throw new Error(`no night came after ${before ?? 'the beginning'}`);
}

const runNow = async () =>
  (await cli.json('screening', 'run')) as { run: string; customers: { customer: string; orders: { order: string; hold: string }[] }[] };
const foundOf = async (customer: string) => (await runNow()).customers.find((one) => one.customer === customer);
const lift = (order: string, hold: string) =>
  cli.text('act', order, 'lift', '--as', 'policy.admin', '--hold', hold, '--reason', 'compliance: another company of this name');

describe('a desk that has never screened', () => {
  it('says so', async () => {
    expect(await cli.text('screening', 'show')).toBe('no screening was run yet\nno order is held for a match\n');
    expect(await cli.json('screening', 'show')).toEqual({ last: null, held: [] });
  });

  it('has nobody to look at without an open order', async () => {
    expect(await cli.text('screening', 'run')).toBe('no order is open\n');
  });
});

describe('nightly screening', () => {
  it('holds in the next night an order that has waited for months and whose customer has come onto a list, until compliance has cleared it', async () => {
    const customer = newId('cloud');
    const [order, other] = [await underTest(customer), await underTest(newId('cloud'))];
    await startNightlyScreening(desk.client, desk.engine.taskQueue);
    const first = await nightPasses();
    expect(await desk.quiet(order)).toMatchObject({ held: false });
    await desk.skip(order, 90 * day);
    await cli.text('screening', 'simulate', customer);

    const night = await expectUntouched(desk.client, other, nightPasses);
    expect(Date.parse(night) - Date.parse(first)).toBe(day);
    const hold = `screening-${night}-${customer}`;
    expect(await desk.quiet(order)).toMatchObject({ stage: 'fulfillment', held: true });
    expect(await cli.text('status', order)).toContain(`held by ${hold}: ${customer} matches ${customer} on list simulated-2026-03+1`);
    expect(await cli.text('screening', 'show')).toMatch(
      new RegExp(`screening ${night}, .*list simulated-2026-03\\+1\n1 clear, 1 held, 0 answered\n[^]*${order}`),
    );

    await desk.act(order, 'test.lab', 'pass-inspection', { reportNumber: 'LAB-1' });
    expect(await desk.quiet(order)).toMatchObject({ held: true });
    expect(await desk.shippedFor(order)).toBe(0);

    await expectUntouched(desk.client, order, nightPasses);
    await lift(order, hold);
    expect(await desk.quiet(order)).toMatchObject({ stage: 'intake', held: false, waitingOn: ['compliance.second'] });
    await desk.act(order, 'compliance.second', 'clear-hit', { reason: 'another company of this name' });
    await givePapers(desk, order);
    expect(await desk.quiet(order)).toMatchObject({ stage: 'fulfillment', held: false });
    expect(await desk.shippedFor(order)).toBe(500);
    await expectUntouched(desk.client, order, nightPasses);
  }, 240_000);

  it('is one for a desk, and comes at its hour of each day in its zone', async () => {
    await startNightlyScreening(desk.client, desk.engine.taskQueue);
    const handle = desk.client.workflow.getHandle(nightly);
    const { runId } = await handle.describe();
    await startNightlyScreening(desk.client, desk.engine.taskQueue);
    expect((await handle.describe()).runId).toBe(runId);
    const night = await nightPasses();
    const { at } = nightAfter({ zone: washington, hour: 3 }, Date.parse(`${night}T00:00:00Z`));
    expect((await lastRun(desk.database))?.begun).toBeGreaterThanOrEqual(at);
    expect((await lastRun(desk.database))?.begun).toBeLessThan(at + 60_000);
    expect((await handle.describe()).runId).not.toBe(runId);
  }, 120_000);
});

describe('twokey screening run', () => {
  it('looks now: clear, held with its orders, and the same again changes nothing', async () => {
    const [listed, clear] = [newId('cloud'), newId('cloud')];
    const order = await underTest(listed);
    await underTest(clear);
    expect(await foundOf(listed)).toMatchObject({ outcome: 'clear', matches: [], orders: [] });
    await changeSimulatedList(desk.database, listed, true, Date.now());

    const found = await foundOf(listed);
    const hold = found?.orders[0]?.hold ?? '';
    expect(found).toMatchObject({ outcome: 'held', matches: [listed], orders: [{ order, hold, says: `held by ${hold}` }] });
    expect(await desk.quiet(order)).toMatchObject({ held: true });
    const again = await expectUntouched(desk.client, order, () => cli.text('screening', 'run'));
    expect(again).toMatch(new RegExp(`^${listed} {2}held {2}list .*, matches ${listed}\n {2}${order} {2}held by ${hold}$`, 'm'));
    expect(again).toMatch(new RegExp(`^${clear} {2}clear {2}list `, 'm'));

    await lift(order, hold);
    await desk.quiet(order);
    await changeSimulatedList(desk.database, listed, false, Date.now());
    await changeSimulatedList(desk.database, listed, true, Date.now());
    expect(await expectUntouched(desk.client, order, () => foundOf(listed))).toMatchObject({ outcome: 'answered', orders: [] });
  }, 120_000);

  it('holds no order for the match that it waits on or that its own clear-hit has cleared', async () => {
    const customer = newId('listed');
    const order = await submitted(here, customer);
    expect(await desk.quiet(order)).toMatchObject({ waitingOn: ['compliance.second'] });
    expect(await expectUntouched(desk.client, order, () => foundOf(customer))).toMatchObject({ outcome: 'answered', orders: [] });
    await desk.act(order, 'compliance.second', 'clear-hit', { reason: 'another company of this name' });
    await desk.quiet(order);
    expect(await expectUntouched(desk.client, order, () => foundOf(customer))).toMatchObject({ outcome: 'answered', orders: [] });
  });

  it('stops at the board a shipment of an order that has not heard of the match, which the next run tells', async () => {
    const [customer, late] = [newId('cloud'), newId('cloud')];
    const [order, told] = [await underTest(customer), await underTest(late)];
    // As a worker leaves it that dies between what it writes and what it tells.
    const run = newId('run');
    await beginRun(desk.database, run, Date.now());
    for (const one of [customer, late]) {
      const toHold = await ordersMatched(desk.database, one, ['Acme']);
      await recordLook(desk.database, { run, customer: one, listVersion: 'list-7', matches: ['Acme'], toHold, at: Date.now() });
    }
    await desk.act(order, 'test.lab', 'pass-inspection', { reportNumber: 'LAB-1' });
    await givePapers(desk, order);
    expect(await desk.quiet(order)).toMatchObject({ stage: 'fulfillment', held: true });
    expect(await desk.shippedFor(order)).toBe(0);
    expect((await desk.record(order)).events.map(({ type }) => type)).toContain('shipment-refused');

    expect(await desk.quiet(told)).toMatchObject({ held: false });
    await runNow();
    expect(await desk.quiet(told)).toMatchObject({ held: true });
    await lift(order, `screening-${run}-${customer}`);
    expect(await desk.quiet(order)).toMatchObject({ held: false });
    expect(await desk.shippedFor(order)).toBe(500);
  }, 120_000);

  it('needs a worker, and says so', async () => {
    const alone = Cli.beside(newId('nobody'), { database: ledger.url });
    expect(await expectFailure(alone, 4, 'no-worker', 'screening', 'run')).toContain('start one');
  });
});

describe('twokey screening show', () => {
  it('tells of the last screening, and of every order that one holds', async () => {
    const customer = newId('cloud');
    const order = await underTest(customer);
    await changeSimulatedList(desk.database, customer, true, Date.now());
    const { run } = await runNow();
    const { last, held } = (await cli.json('screening', 'show')) as { last: unknown; held: readonly { order: string; hold: string }[] };
    expect(last).toMatchObject({ run, lists: [expect.stringContaining('simulated-2026-03+')], clear: expect.any(Number), held: expect.any(Number) });
    expect(held.filter((one) => one.order === order)).toEqual([
      {
        ...{ order, customer, hold: `screening-${run}-${customer}`, matches: [customer], told: 'told' },
        ...{ listVersion: expect.stringContaining('simulated-2026-03+'), since: expect.stringMatching(/Z$/) },
      },
    ]);
  });
});

describe('twokey screening simulate', () => {
  it('takes no customer that is not of its form', async () => {
    expect(await expectFailure(cli, 2, 'customer-invalid', 'screening', 'simulate', 'a b')).toContain('customer code');
  });

  it('changes the list, whose version says so', async () => {
    const customer = newId('cloud');
    expect(await cli.json('screening', 'simulate', customer)).toEqual({ customer, isListed: true });
    expect(await simulatedListing(desk.database, customer)).toMatchObject({ isListed: true });
    expect(await cli.text('screening', 'simulate', customer, '--off')).toBe(`${customer} is off the simulated list\n`);
    expect(await simulatedListing(desk.database, customer)).toMatchObject({ isListed: false });
  });
});
