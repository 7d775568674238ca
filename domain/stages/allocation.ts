import { refuse } from '../refusal.ts';
import type { ActRules, Evolutions, ReportRules, Stage } from '../stage.ts';
import { nothing } from '../stage.ts';
import { wantAnew } from '../steps.ts';

export const allocation: Stage = {
  name: 'allocation',
  isDone: (order) => order.allocation.state === 'reserved' || order.allocation.state === 'shipped',
  wants: (order) => {
    switch (order.allocation.state) {
      case 'unallocated':
        return { steps: ['reserve-stock'], asks: [] };
      case 'short':
        return { steps: [], asks: [{ role: 'seller.stock', acts: ['recheck-stock'] }] };
      case 'reserved':
      case 'shipped':
      case 'released':
        return nothing;
    }
  },
};

export const allocationActs: ActRules<'recheck-stock'> = {
  'recheck-stock': (order, _act, at) =>
    order.allocation.state === 'short'
      ? [{ type: 'stock-recheck-requested', at }]
      : refuse('not-yet', `order ${order.terms.id} is ${order.allocation.state}, not short of stock`, 'an order that is short of stock'),
};

export const allocationReports: ReportRules<'reserve-stock' | 'release-stock'> = {
  'reserve-stock': (_order, result, at) => {
    if (result.outcome === 'short') return [{ type: 'stock-short', free: result.free, at }];
    const { lots, license } = result;
    return [{ type: 'stock-reserved', lots, at }, ...(license ? [{ type: 'license-found', license, at } as const] : [])];
  },
  'release-stock': (_order, _result, at) => [{ type: 'stock-released', at }],
};

export const allocationEvolutions: Evolutions<'stock-reserved' | 'stock-short' | 'stock-recheck-requested' | 'stock-released'> = {
  'stock-reserved': (order, event) => ({ ...order, allocation: { state: 'reserved', lots: event.lots } }),
  'stock-short': (order, event) => ({ ...order, allocation: { state: 'short', free: event.free } }),
  'stock-recheck-requested': (order) => ({ ...order, allocation: { state: 'unallocated' }, steps: wantAnew(order.steps, 'reserve-stock') }),
  'stock-released': (order) => ({ ...order, allocation: { state: 'released' } }),
};
