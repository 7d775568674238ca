import { setTimeout as wait } from 'node:timers/promises';
import { listOrders, waitingForAct } from '../../engine/orders.ts';
import { receiveLot } from '../../ledger/stock-receipt.ts';
import { newId, orderYaml } from '../support/cli.ts';
import type { Beside } from './with-desk-on.ts';

export const reason = ['--reason', 'letter of 5 January'] as const;
/** How the holds of a removal begin. */
export const holdOf = (customer: string): string => `customer-removed:${customer}:`;

/** An order of a customer, with stock on hand, as far as it goes by itself. */
export async function submitted(by: Beside, customer: string): Promise<string> {
  const order = newId('V');
  await receiveLot(by.desk.database, { id: `lot-${order}`, product: 'H200', units: 500 }, Date.now());
  await by.cli.json('submit', by.cli.write(orderYaml(order, { customer, fileApplication: 'when-allocated' })));
  await by.desk.quiet(order);
  return order;
}

/** Waits until Temporal's list, which lags a moment, shows that the order asks Commerce. */
export async function isListed({ desk }: Beside, order: string): Promise<void> {
  const asking = async () => (await listOrders(desk.client, waitingForAct('us.commerce', 'approve-customer'))).map((one) => one.order);
  for (const until = Date.now() + 20_000; !(await asking()).includes(order) && Date.now() < until;) await wait(100);
}

/** The same of a customer that is not vetted. */
export async function waiting(by: Beside, customer: string): Promise<string> {
  const order = await submitted(by, customer);
  await isListed(by, order);
  return order;
}
