import { policyActs } from '../domain/acts.ts';
import type { PolicyChange } from '../domain/policy-change.ts';
import { sendPolicyChange, whyNotOpen } from '../engine/acts.ts';
import type { Engine } from '../engine/connect.ts';
import { recordChange } from '../ledger/policy-board.ts';
import { withLedger } from './desk.ts';
import { refused } from './failure.ts';
import type { Output } from './output.ts';

/** A hold or its lifting, before the board has numbered it. */
export type Intention = Pick<PolicyChange, 'effect' | 'id' | 'reason'>;

/** Only the policy board changes policy. Throws `CommandFailure`, `not-entitled`. */
export function requirePolicyAdmin(effect: 'hold' | 'lift', by: string): void {
  if (by !== 'policy.admin') throw refused('not-entitled', `${by} may not ${effect}. Accepted: ${effect} by ${policyActs[effect].by.join(' or ')}`);
}

/** What the fields of a hold or lift say. */
export const intentionOf = (effect: 'hold' | 'lift', { hold, reason }: Readonly<Record<string, unknown>>): Intention => ({
  effect,
  id: String(hold),
  reason: String(reason),
});

/** Writes a change on the policy board, which makes it effective. Throws `PolicyChangeRefused`. */
export const putOnBoard = (order: string, change: Intention): Promise<PolicyChange> =>
  withLedger((database) => recordChange(database, { orderId: order, ...change }));

/** A hold or its lifting goes on the policy board first, and is then told to an order of plain acts. */
export async function changePolicy({ client }: Engine, order: string, intention: Intention, out: Output): Promise<void> {
  const missing = await whyNotOpen(client, order);
  if (missing) throw refused(missing.code, missing.message);
  const change = await putOnBoard(order, intention);
  const untold = await sendPolicyChange(client, order, change);
  if (untold) throw refused(untold.code, untold.message);
  out.result({ act: change.effect, order, change });
  out.say(`${change.effect} ${change.id} on ${order} is on the policy board as epoch ${change.epoch}`);
}
