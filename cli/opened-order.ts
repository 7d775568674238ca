import type { Engine } from '../engine/connect.ts';
import { trustOf } from '../engine/signed-acts.ts';
import { refused } from './failure.ts';
import { orderNow, type OrderNow } from './order-now.ts';
import { type KeysHere, requireRoot } from './signers.ts';

/** The order of an envelope as it is now. Throws `CommandFailure`: `order-unknown`, `order-unsigned`, `keyring-refused`. */
export async function openedOrder(engine: Engine, orderId: string, keys: KeysHere): Promise<OrderNow> {
  const found = await trustOf(engine.client, orderId);
  if ('refused' in found) throw refused(found.refused.code, found.refused.message);
  if (!found.trust) throw refused('order-unsigned', `order ${orderId} was submitted without a keyring and takes plain acts. Accepted: twokey act`);
  requireRoot(keys, found.trust, orderId);
  return await orderNow(engine, orderId);
}
