import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Client } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { type OrderRecord, readOrder } from '../../engine/replay.ts';
import { orderWorkflowId } from '../../workflows/messages.ts';

/**
 * Keeps the history of an order as one that later releases must replay, when TWOKEY_RECORD names the release that is being
 * recorded; else does nothing.
 */
export async function keepHistory(client: Client, bundlePath: string, order: string, name: string): Promise<void> {
  const release = process.env['TWOKEY_RECORD'];
  if (!release) return;
  const folder = fileURLToPath(new URL(`../histories/${release}/`, import.meta.url));
  const history = await client.workflow.getHandle(orderWorkflowId(order)).fetchHistory();
  const record: OrderRecord | undefined = await readOrder(client, bundlePath, order);
  mkdirSync(folder, { recursive: true });
  const kept = { workflowId: orderWorkflowId(order), state: record?.order, events: record?.events, history: JSON.parse(historyToJSON(history)) as unknown };
  // Traces and identities name the machine on which the history was recorded; no replay reads them.
  writeFileSync(
    join(folder, `${name}.json`),
    JSON.stringify(kept, (key, value: unknown) => (key === 'stackTrace' || key === 'identity' ? '' : value)),
  );
}
