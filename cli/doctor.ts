import { isGrpcServiceError } from '@temporalio/client';
import type { Command } from 'commander';
import { connectEngine, type Engine } from '../engine/connect.ts';
import { EngineError, messageOf } from '../engine/errors.ts';
import { requireWorker } from '../engine/acts.ts';
import { findHome } from '../engine/home.ts';
import { stuckOrders } from '../engine/repair.ts';
import { missingSearchAttributes } from '../engine/setup.ts';
import { canSkipTime } from '../engine/time.ts';
import { query } from '../ledger/database.ts';
import { expiringLicenses } from '../ledger/licenses-expiry.ts';
import { standingHolds } from '../ledger/screening-holds.ts';
import { lastRun } from '../ledger/screening-runs.ts';
import { orderIdOf } from '../workflows/messages.ts';
import { withLedger } from './desk.ts';
import { exitCodes } from './failure.ts';
import { warnedDays } from './license-shown.ts';
import { createOutput, moment } from './output.ts';
import { today } from './policy-asked.ts';

/** One thing looked at: `warning` is worth knowing, `failure` keeps orders from moving. */
interface Finding {
  readonly what: string;
  readonly verdict: 'ok' | 'warning' | 'failure';
  readonly detail: string;
}

/** Without these no order moves. */
const needed: ReadonlySet<string> = new Set(['engine', 'worker', 'ledger']);

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('look at engine, worker, ledger and orders, and say what to do')
    .option('--json', 'print one JSON document')
    .action(async (options: { json?: boolean }) => {
      const out = createOutput(options.json ?? false);
      const findings = [
        { what: 'node', verdict: 'ok', detail: `${process.version}, home ${findHome()}` } as const,
        ...(await ofEngine()),
        await ofLedger(),
        await ofLicenses(),
        await ofScreening(),
      ];
      out.result({ findings });
      out.say(...findings.map((one) => `${one.verdict.padEnd(8)} ${one.what.padEnd(18)} ${one.detail}`));
      const failures = findings.filter((one) => one.verdict === 'failure').map((one) => one.what);
      if (failures.length > 0) process.exitCode = failures.some((what) => needed.has(what)) ? exitCodes.unreachable : exitCodes.failed;
    });
}

async function ofEngine(): Promise<Finding[]> {
  let engine: Engine;
  try {
    engine = await connectEngine();
  } catch (error) {
    return [{ what: 'engine', verdict: 'failure', detail: messageOf(error) }];
  }
  try {
    const { client, connection, taskQueue, ui } = engine;
    const { serverVersion } = await client.workflowService.getSystemInfo({});
    return [
      { what: 'engine', verdict: 'ok', detail: `Temporal server ${serverVersion}, namespace ${client.options.namespace}` },
      { what: 'temporal ui', verdict: ui ? 'ok' : 'warning', detail: ui ?? 'its address is not known: set TEMPORAL_UI_URL' },
      await look('time skipping', async () => ((await canSkipTime(client)) ? 'on' : warn('off: skip and the story need the engine that npm start runs'))),
      await look('search attributes', async () => {
        const missing = await missingSearchAttributes(connection, client.options.namespace);
        if (missing.length > 0) throw new Error(`missing ${missing.join(', ')}: npm start registers them`);
        return 'all registered';
      }),
      await look('worker', async () => {
        await requireWorker(client, taskQueue);
        return `serves ${taskQueue}`;
      }),
      await look('orders', async () => {
        const stuck = await stuckOrders(client);
        return stuck.length === 0 ? 'none is stuck' : warn(`${stuck.map(orderIdOf).join(', ')} cannot go on: the worker repairs them, or twokey repair ORDER`);
      }),
    ];
  } finally {
    await engine.close();
  }
}

const ofLedger = (): Promise<Finding> =>
  look('ledger', () =>
    withLedger(async (database) => {
      const [row] = await query<{ orders: number; lots: number }>(
        database,
        'select (select count(*) from orders) as orders, (select count(*) from lots) as lots',
      );
      return `${row?.orders} orders, ${row?.lots} lots`;
    }),
  );

/** A license that ends soon leaves time for another application only where somebody knows. */
const ofLicenses = (): Promise<Finding> =>
  look('licenses', () =>
    withLedger(async (database) => {
      const ending = await expiringLicenses(database, today(), warnedDays);
      const told = ending.map(({ number, expires, daysLeft }) => `${number} ends on ${expires}, in ${daysLeft} days`);
      return told.length === 0 ? 'none ends soon' : warn(`${told.join('; ')}: twokey license expiring`);
    }),
  );

/** Nights come daily; one that is late by half a day has lists that do not answer, or nobody who asks them. */
const longestNightMs = 36 * 3_600_000;

const ofScreening = (): Promise<Finding> =>
  look('screening', () =>
    withLedger(async (database) => {
      const [last, held] = [await lastRun(database), await standingHolds(database)];
      if (held.length > 0) return warn(`${held.map(({ order }) => order).join(', ')} held for a match: twokey screening show`);
      if (!last) return 'no night has come yet';
      if (Date.now() - last.begun > longestNightMs) return warn(`the last began on ${moment(last.begun)}: is a worker there, and do the lists answer?`);
      return `the last began on ${moment(last.begun)}, no order is held`;
    }),
  );

class Warning extends Error {}
const warn = (detail: string): never => {
  throw new Warning(detail);
};

async function look(what: string, at: () => Promise<string>): Promise<Finding> {
  try {
    return { what, verdict: 'ok', detail: await at() };
  } catch (error) {
    if (error instanceof Warning) return { what, verdict: 'warning', detail: error.message };
    if (error instanceof EngineError || error instanceof Error || isGrpcServiceError(error)) return { what, verdict: 'failure', detail: messageOf(error) };
    throw error;
  }
}
