import type { Client } from '@temporalio/client';
import type { PolicyChange } from '../domain/policy-change.ts';
import { keepTold, type Told, type ToldChange, untoldChanges } from '../ledger/board-tidings.ts';
import type { Database } from '../ledger/database.ts';
import { sendPolicyChange } from './acts.ts';
import { trustOf } from './signed-acts.ts';

/**
 * Tells an order what the policy board has written of it. `closed` where there is nobody to tell; `to-sign` where the order takes signed changes
 * alone: what it was sent counts for nothing, and the board alone stops it.
 */
export async function tellBoardChange(client: Client, order: string, change: PolicyChange): Promise<Told> {
  if (await sendPolicyChange(client, order, change)) return 'closed';
  return (await takesSignedActs(client, order)) ? 'to-sign' : 'told';
}

/** Tells orders of changes, one after the other, and keeps in the ledger what became of each. */
export async function tellChanges(client: Client, database: Database, changes: readonly ToldChange[]): Promise<(ToldChange & { readonly told: Told })[]> {
  const heard: (ToldChange & { readonly told: Told })[] = [];
  for (const one of changes) {
    const told = await tellBoardChange(client, one.order, one.change);
    await keepTold(database, one, told);
    heard.push({ ...one, told });
  }
  return heard;
}

/** Tells orders of every change that somebody wrote on the board and died before telling. An order that hears of one twice takes it once. */
export const tellUntold = async (client: Client, database: Database): Promise<void> =>
  void (await tellChanges(client, database, await untoldChanges(database)));

/** Whether an order takes signed acts alone. */
export async function takesSignedActs(client: Client, order: string): Promise<boolean> {
  const known = await trustOf(client, order);
  return 'trust' in known && known.trust !== null;
}
