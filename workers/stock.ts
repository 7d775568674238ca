import { Context } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import { createStockActivities, type StockActivities } from '../activities/stock-receipt.ts';
import { sendStockFreed } from '../engine/stock.ts';
import type { Database } from '../ledger/database.ts';

/** The activities that give stock, over the ledger and the orders of this engine. */
export const stockActivities = (client: Client, database: Database): StockActivities =>
  createStockActivities({
    database,
    tell: (orderId, key) => sendStockFreed(client, orderId, key),
    heartbeat: (details) => Context.current().heartbeat(details),
  });
