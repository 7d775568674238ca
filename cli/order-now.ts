import { lapsed } from '../domain/order.ts';
import type { Order } from '../domain/state.ts';
import type { Engine } from '../engine/connect.ts';
import { orderTime } from '../engine/time.ts';
import { orderWorkflowId } from '../workflows/messages.ts';
import { readRecord } from './read-record.ts';

/** An order as whoever decides now sees it, and its own present in epoch milliseconds. */
export interface OrderNow {
  readonly order: Order;
  readonly at: number;
}

/** Reads an order as time has left it up to its own present. Throws as `readRecord` does. */
export async function orderNow(engine: Engine, orderId: string): Promise<OrderNow> {
  const { order } = await readRecord(engine, orderId);
  const at = await orderTime(engine.client, orderWorkflowId(orderId));
  return { order: lapsed(order, at), at };
}
