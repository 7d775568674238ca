import { Client, Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { NativeConnection, Runtime } from '@temporalio/worker';
import { tellUntold } from '../engine/board-told.ts';
import { workflowBundle } from '../engine/bundle.ts';
import { endReplays } from '../engine/replay-worker.ts';
import { startNightlyScreening } from '../engine/screening.ts';
import { giveStock } from '../engine/stock.ts';
import { openDatabase } from '../ledger/database.ts';
import { licenseProof } from '../ledger/licenses-papers.ts';
import { isStockToCome } from '../ledger/stock-openings.ts';
import { workerConfig } from './config.ts';
import { installLogger } from './log.ts';
import { createOrderWorker } from './order-worker.ts';
import { screeningActivities } from './screening.ts';
import { sealingOf } from './sealing.ts';
import { simulatedActivities } from './simulated-activities.ts';
import { stockActivities } from './stock.ts';
import { superviseOrders } from './supervisor.ts';
import { trustOf } from './trust.ts';
import { withTrustedSteps } from './trusted-steps.ts';

/** Dies as by a crash: nothing is told, nothing is finished. */
function die(): never {
  process.kill(process.pid, 'SIGKILL');
  throw new Error('a killed process goes no further');
}

/** A worker process: serves orders and repairs those that cannot go on, until it is told to end. */
const config = workerConfig(process.env);
const logger = installLogger(config.logLevel);
const { connectionOptions, namespace = 'default' } = loadClientConnectConfig();
const bundlePath = await workflowBundle(config.bundleFolder);
const database = openDatabase(config.databaseUrl);
const trusted = { ...(await trustOf(config)), licenseProof: (number: string) => licenseProof(database, number) };
const native = await NativeConnection.connect(connectionOptions);
const connection = await Connection.connect(connectionOptions);
const client = new Client({ connection, namespace });
const give = (): Promise<void> => giveStock(client, config.taskQueue);
const worker = await createOrderWorker({
  connection: native,
  namespace,
  taskQueue: config.taskQueue,
  bundlePath,
  activities: {
    ...withTrustedSteps(simulatedActivities(database, config.seed, die, give), trusted),
    ...stockActivities(client, database),
    ...screeningActivities({ client, bundlePath, database, ...config }),
  },
  logger,
  stickyTimeoutMs: config.stickyTimeoutMs,
});

const ended = new AbortController();
const end = (): void => {
  if (ended.signal.aborted) return;
  ended.abort();
  worker.shutdown();
};
process.once('SIGTERM', end);
process.once('SIGINT', end);
process.once('disconnect', end);

const duties = [
  { work: () => tellUntold(client, database), undone: 'orders could not be told what stands on the policy board; the next look is in a moment' },
  ...(config.sealRecords
    ? [
        {
          work: sealingOf({ client, bundlePath, taskQueue: config.taskQueue, database, logger }),
          undone: 'closed orders could not be looked for; their records are sealed at a later look',
        },
      ]
    : []),
];
const supervision = superviseOrders(client, bundlePath, config.repairEveryMs, logger, ended.signal, duties);
if (config.screensNightly) await startNightlyScreening(client, config.taskQueue);
const running = worker.run();
process.send?.('ready');
if (await isStockToCome(database, Date.now())) await give();
await running;
await supervision;
await endReplays();
await connection.close();
await native.close();
await database.end();
// The SDK's core forwards its lines until it is told to end, and would keep the process alive.
await Runtime.instance().shutdown();
// So does the channel to the parent, as long as somebody listens to it.
if (process.connected) process.disconnect();
