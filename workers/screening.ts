import { Context } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import { createScreeningActivities, type ScreeningActivities } from '../activities/nightly-screening.ts';
import type { NightlyAt } from '../edge/night.ts';
import type { Database } from '../ledger/database.ts';
import { screenedOrders } from './screened-orders.ts';
import { simulatedLists } from './simulated-activities.ts';

/** The activities of nightly screening, over simulated lists, the ledger, and the orders of this engine. */
export const screeningActivities = (parts: {
  readonly client: Client;
  readonly bundlePath: string;
  readonly database: Database;
  readonly seed: string;
  readonly nightlyAt: NightlyAt;
}): ScreeningActivities =>
  createScreeningActivities({
    database: parts.database,
    lists: simulatedLists(parts.database, parts.seed),
    orders: screenedOrders(parts.client, parts.bundlePath),
    nightlyAt: parts.nightlyAt,
    heartbeat: (details) => Context.current().heartbeat(details),
  });
