import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OrderEvent } from '../../domain/events.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { agencies } from '../../domain/roles.ts';
import { reviewRules } from '../../domain/rules-of.ts';
import { isHeld, type Order } from '../../domain/state.ts';
import { journeys } from './moves.ts';
import { type Taken, Walk } from './walk.ts';

const told = (answer: Taken['answer']): readonly OrderEvent[] => (isRefusal(answer) ? [] : answer);

describe('the accountable time of an agency', () => {
  it('is counted to the millisecond: what is left is its days less the time that no hold was on', () => {
    fc.assert(
      fc.property(journeys, ({ start, moves }) => {
        const from = start();
        let accountable = 0;
        const walk = new Walk(from, ({ before, since, at, answer, after: now }) => {
          const spent = accountable;
          if (before.usReview.state === 'referred' && !isHeld(before)) accountable += at - since;
          for (const event of told(answer)) {
            if (event.type === 'application-referred') accountable = 0;
            if (event.type === 'agency-deemed') expect(spent + event.at - since).toBe(reviewRules(now.policy).opinionMs);
          }
          if (now.usReview.state !== 'referred' || now.outcome !== undefined) return;
          for (const { state, clock } of agencies.flatMap((agency) => askedIn(now, agency))) {
            expect(state === 'running').toBe(!isHeld(now));
            expect(clock - (state === 'running' ? at : 0)).toBe(reviewRules(now.policy).opinionMs - accountable);
          }
        });
        walk.along(moves);
      }),
      { numRuns: 400 },
    );
  });

  function askedIn(order: Order, agency: (typeof agencies)[number]): { state: 'running' | 'stopped'; clock: number }[] {
    const position = order.usReview.state === 'referred' ? order.usReview.positions[agency] : undefined;
    if (position?.state !== 'asked') return [];
    const { clock } = position;
    return [clock.state === 'running' ? { state: 'running', clock: clock.dueAt } : { state: 'stopped', clock: clock.leftMs }];
  }
});
