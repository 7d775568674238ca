import type { Client } from '@temporalio/client';
import { stockChangedSignal, stockFreedSignal, stockReceiptId, stockReceiptType } from '../workflows/messages.ts';
import { signalled } from './acts.ts';

/** Lets those who wait have what has come free, and hear of it: the workflow that gives it goes on, or begins. */
export async function giveStock(client: Client, taskQueue: string): Promise<void> {
  await client.workflow.signalWithStart(stockReceiptType, {
    workflowId: stockReceiptId(taskQueue),
    taskQueue,
    signal: stockChangedSignal,
    staticSummary: 'Gives stock that has come free to the orders that wait for it',
    staticDetails: 'In the order of their customers’ classes, then by arrival. `twokey stock queue` shows who waits.',
  });
}

/** Tells an order that stock has been set aside for it; `closed` where it is over, or never was. */
export const sendStockFreed = async (client: Client, orderId: string, key: string): Promise<'told' | 'closed'> =>
  (await signalled(client, orderId, stockFreedSignal, { key })) ? 'closed' : 'told';
