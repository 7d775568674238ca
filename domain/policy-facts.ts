import type { OrderEvent } from './events.ts';
import type { PolicyChange } from './policy-change.ts';
import type { Order } from './state.ts';

/** A policy change as facts of the order; one that it has heard of changes nothing, in whatever order they arrive. */
export function policyFacts(order: Order, change: PolicyChange, at: number): OrderEvent[] {
  const before = order.holds[change.id];
  const { id, epoch, reason } = change;
  if (change.effect === 'hold') return before === undefined ? [{ type: 'policy-held', id, epoch, reason, at }] : [];
  return before === 'lifted' ? [] : [{ type: 'policy-lifted', id, epoch, reason, at }];
}
