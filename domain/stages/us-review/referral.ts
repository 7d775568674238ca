import { reviewRules } from '../../rules-of.ts';
import type { Order } from '../../state.ts';
import type { Position, Registration, UsReview } from '../../us-review.ts';
import { registered, started } from './moves.ts';

/** An application that Commerce refers: every agency is asked at once, or, where nothing of them is shown, their days only remind. */
export function referralOf(order: Order, now: Registration, at: number): UsReview {
  const { opinionMs, agencyPositions } = reviewRules(order.policy);
  const clock = started(order, opinionMs, at);
  if (agencyPositions === 'opaque') return { ...registered(now), state: 'referred-opaque', referredAt: at, reminder: clock };
  const asked: Position = { state: 'asked', clock };
  const positions = { 'us.state': asked, 'us.energy': asked, 'us.defense': asked };
  return { ...registered(now), state: 'referred', positions, ...(order.policy.edition !== 1 && { referredAt: at }) };
}
