import { randomUUID } from 'node:crypto';
import type { PolicyChange } from '../domain/policy-change.ts';
import { plainAct, sendAct } from '../engine/acts.ts';
import { takesSignedActs, tellChanges } from '../engine/board-told.ts';
import type { Engine } from '../engine/connect.ts';
import { listOrders, type OrderSummary, waitingForAct } from '../engine/orders.ts';
import type { ToldChange } from '../ledger/board-tidings.ts';
import type { Database } from '../ledger/database.ts';

/** What became of one order of a customer; `to-sign` where the order takes signed acts alone, and `says` names the act. */
export interface ToldOrder {
  readonly order: string;
  readonly outcome: 'held' | 'lifted' | 'went-on' | 'to-sign' | 'refused';
  readonly says: string;
}

type Vetting = 'approve-customer' | 'decline-customer';

/** Tells orders what the policy board has written of them. One that is closed needs no telling. */
export async function tellOrders({ client }: Pick<Engine, 'client'>, database: Database, changes: readonly ToldChange[]): Promise<ToldOrder[]> {
  const heard = await tellChanges(client, database, changes);
  return heard.flatMap(({ order, change: { effect, id }, told }): ToldOrder[] => {
    if (told === 'closed') return [];
    if (told === 'to-sign') return [{ order, outcome: 'to-sign', says: toSign(order, effect, id) }];
    return [effect === 'hold' ? { order, outcome: 'held', says: `held by ${id}` } : { order, outcome: 'lifted', says: `${id} is lifted` }];
  });
}

/** What a change on the board means to an order of signed acts, and the act that tells it. */
export function toSign(order: string, effect: PolicyChange['effect'], hold: string): string {
  const stands = effect === 'hold' ? 'may not ship' : 'may ship again once it is not held';
  const act = `npx twokey act ${order} ${effect} --as policy.admin --hold ${hold} --reason ... --confirm-by ...`;
  return `by the board, ${stands}; its clocks follow a signed ${effect}: ${act}`;
}

/** Open orders of a customer that wait for this word of Commerce. */
export const waitingFor = async ({ client }: Pick<Engine, 'client'>, customer: string, name: Vetting): Promise<OrderSummary[]> =>
  (await listOrders(client, waitingForAct('us.commerce', name))).filter((one) => one.customer === customer);

/** Does the act on every order of the customer that waits for it. */
export async function tellWaiting({ client }: Engine, customer: string, name: Vetting, reason: string): Promise<ToldOrder[]> {
  const told: ToldOrder[] = [];
  for (const { order } of await waitingFor({ client }, customer, name)) {
    if (await takesSignedActs(client, order)) {
      told.push({ order, outcome: 'to-sign', says: `takes signed acts: npx twokey act ${order} ${name} --as us.commerce --reason ...` });
      continue;
    }
    const answer = await sendAct(client, order, plainAct(name, { by: 'us.commerce', reason }, randomUUID()));
    told.push(
      'refused' in answer
        ? { order, outcome: 'refused', says: answer.refused.message }
        : { order, outcome: 'went-on', says: name === 'approve-customer' ? 'goes on' : 'ends' },
    );
  }
  return told;
}
