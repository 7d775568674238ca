import type { Client } from '@temporalio/client';
import type { PolicyChange } from '../domain/policy-change.ts';
import { sendPolicyChange } from './acts.ts';
import { trustOf } from './signed-acts.ts';

/**
 * Tells an order what the policy board has written of it. `closed` where there is nobody to tell; `to-sign` where the order takes signed changes
 * alone: what it was sent counts for nothing, and the board alone stops it.
 */
export async function tellBoardChange(client: Client, order: string, change: PolicyChange): Promise<'told' | 'closed' | 'to-sign'> {
  if (await sendPolicyChange(client, order, change)) return 'closed';
  return (await takesSignedActs(client, order)) ? 'to-sign' : 'told';
}

/** Whether an order takes signed acts alone. */
export async function takesSignedActs(client: Client, order: string): Promise<boolean> {
  const known = await trustOf(client, order);
  return 'trust' in known && known.trust !== null;
}
