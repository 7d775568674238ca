import type { OrderEvent } from '../events.ts';
import { refuse } from '../refusal.ts';
import type { ActRules, Evolutions, ReportRules, Stage } from '../stage.ts';
import { nothing } from '../stage.ts';
import type { Order } from '../state.ts';
import { stepKey, wantAnew } from '../steps.ts';

export const allocation: Stage = {
  name: 'allocation',
  isDone: (order) => order.allocation.state === 'reserved' || order.allocation.state === 'shipped',
  wants: (order) => {
    switch (order.allocation.state) {
      case 'unallocated':
        return { steps: ['reserve-stock'], asks: [] };
      case 'short':
        return { steps: [], asks: [{ role: 'seller.stock', acts: ['recheck-stock'] }] };
      case 'over-quota':
        return {
          steps: [],
          asks: [
            { role: 'seller.stock', acts: ['recheck-stock'] },
            { role: 'seller.desk', acts: ['amend', 'cancel'] },
          ],
        };
      case 'reserved':
      case 'shipped':
      case 'released':
        return nothing;
    }
  },
};

/** How the order stands with stock, as a person reads it. */
export const stockTold = ({ allocation: now }: Order): string =>
  now.state === 'over-quota' ? `${now.state}: ${now.left} of ${now.limit} units left of ${now.quota}` : now.state;

export const allocationActs: ActRules<'recheck-stock'> = {
  'recheck-stock': (order, _act, at) =>
    order.allocation.state === 'short' || order.allocation.state === 'over-quota'
      ? [{ type: 'stock-recheck-requested', at }]
      : refuse('not-yet', `order ${order.terms.id} is ${order.allocation.state}, not short of stock`, 'an order that is short of stock or over a quota'),
};

/**
 * What follows when the ledger has set stock aside for the order that waits under `key`: it asks for it. The word may come before the answer
 * of the very call by which the order joined the queue; said of an earlier call, or a second time, it changes nothing.
 */
export function stockFreed({ terms, steps, allocation: now }: Order, key: string, at: number): OrderEvent[] {
  const progress = steps['reserve-stock'];
  if (key !== stepKey(terms.id, 'reserve-stock', progress?.wish ?? 0)) return [];
  const isAwaited = now.state === 'short' || (now.state === 'unallocated' && progress?.state === 'running' && !now.freed);
  return isAwaited ? [{ type: 'stock-freed', at }] : [];
}

export const allocationReports: ReportRules<'reserve-stock' | 'release-stock'> = {
  'reserve-stock': ({ allocation: now }, result, at) => {
    if (result.outcome === 'short') {
      const { free, place, waiting } = result;
      const short = { type: 'stock-short', free, ...(place !== undefined && { place }), ...(waiting !== undefined && { waiting }), at } as const;
      return now.state === 'unallocated' && now.freed ? [short, { type: 'stock-freed', at }] : [short];
    }
    if (result.outcome === 'over-quota') {
      const { quota, limit, used, left } = result;
      return [{ type: 'quota-reached', quota, limit, used, left, at }];
    }
    const { lots, license } = result;
    return [{ type: 'stock-reserved', lots, at }, ...(license ? [{ type: 'license-found', license, at } as const] : [])];
  },
  'release-stock': (_order, _result, at) => [{ type: 'stock-released', at }],
};

type AllocationEvent = 'stock-reserved' | 'stock-short' | 'quota-reached' | 'stock-recheck-requested' | 'stock-freed' | 'stock-released';
export const allocationEvolutions: Evolutions<AllocationEvent> = {
  'stock-reserved': (order, event) => ({ ...order, allocation: { state: 'reserved', lots: event.lots } }),
  'stock-short': (order, { free, place }) => ({ ...order, allocation: { state: 'short', free, ...(place !== undefined && { place }) } }),
  'quota-reached': (order, { quota, limit, used, left }) => ({ ...order, allocation: { state: 'over-quota', quota, limit, used, left } }),
  'stock-recheck-requested': askedAnew,
  'stock-freed': (order) => (order.allocation.state === 'unallocated' ? { ...order, allocation: { ...order.allocation, freed: true } } : askedAnew(order)),
  'stock-released': (order) => ({ ...order, allocation: { state: 'released' } }),
};

function askedAnew(order: Order): Order {
  const { allocation: now, steps, terms } = order;
  const isQueued = now.state === 'short' && now.place !== undefined;
  const key = stepKey(terms.id, 'reserve-stock', steps['reserve-stock']?.wish ?? 0);
  return { ...order, allocation: { state: 'unallocated', ...(isQueued && { queuedUnder: key }) }, steps: wantAnew(steps, 'reserve-stock') };
}
