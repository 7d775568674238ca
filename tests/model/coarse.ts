import type { UsReview } from '../../domain/us-review.ts';
import type { Seen } from './core.ts';

function standing(now: UsReview): string {
  if (now.state === 'before-commerce') return `commerce, ${now.consensus}`;
  return now.state === 'before-level' || now.state === 'appealable' ? `${now.state}, ${now.level}` : now.state;
}

function where({ order, plan }: Seen): string {
  switch (plan.stage) {
    case 'intake':
      return order.intake.state;
    case 'allocation':
      return order.allocation.state;
    case 'us-review':
      return standing(order.usReview);
    case 'china-review':
      return order.chinaReview.state;
    case 'fulfillment':
      return order.fulfillment.state;
    case 'closing':
    case 'closed':
      return '';
  }
}

/** The row of the matrix in which a state is told: its stage, where it stands there, and whether it is held. */
export function rowOf(seen: Seen): string {
  const { plan, notes } = seen;
  const state = where(seen);
  if (state === '') return plan.stage;
  return `${plan.stage}/${state}${notes.holds.length > 0 ? ' held' : ''}`;
}
