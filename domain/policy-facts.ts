import type { OrderEvent } from './events.ts';
import type { PolicyChange } from './policy-change.ts';
import { dutyFault } from './signing/duties.ts';
import { standingFault } from './signing/standing.ts';
import { holdState, type Order } from './state.ts';

/** A policy change as facts of the order; one that it has heard of changes nothing, in whatever order they arrive. */
export function policyFacts(order: Order, change: PolicyChange, at: number): OrderEvent[] {
  const before = holdState(order, change.id);
  const { id, epoch, reason, signed } = change;
  // Where acts are signed, so are changes of policy, and by people who have taken no side.
  if (order.actors && (!signed || (standingFault(change.effect, 'policy.admin', signed) ?? dutyFault(order.actors, signed)))) return [];
  const fact = { id, epoch, reason, at, ...(signed && { signed }) };
  if (change.effect === 'hold') return before === undefined ? [{ type: 'policy-held', ...fact }] : [];
  return before === 'lifted' ? [] : [{ type: 'policy-lifted', ...fact }];
}

/**
 * What the policy board itself says of an order, as facts: `changes` are all of its changes for the order. The board is
 * right where it differs from what the order has heard; a hold is on until its lift is there. Where changes are signed, the board may only
 * stop the order: a lift must come signed.
 */
export function boardFacts(order: Order, changes: readonly PolicyChange[], at: number): OrderEvent[] {
  const lifts = new Map(changes.filter((change) => change.effect === 'lift').map((change) => [change.id, change]));
  const holds = changes.filter((change) => change.effect === 'hold' && !lifts.has(change.id));
  return [
    ...holds.flatMap(({ id, epoch, reason }) => (holdState(order, id) === 'on' ? [] : [{ type: 'policy-held', id, epoch, reason, at } as const])),
    ...(order.actors ? [] : [...lifts.values()]).flatMap(({ id, epoch, reason }) =>
      holdState(order, id) === 'lifted' ? [] : [{ type: 'policy-lifted', id, epoch, reason, at } as const],
    ),
  ];
}
