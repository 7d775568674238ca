import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plan } from '../../domain/plan.ts';
import { journeys } from './moves.ts';
import { Walk } from './walk.ts';

/** Walks many journeys and looks at where each of them has come to. */
function always(numRuns: number, look: (walk: Walk) => void): void {
  fc.assert(
    fc.property(journeys, ({ start, moves }) => {
      const walk = new Walk(start());
      walk.along(moves);
      look(walk);
    }),
    { numRuns },
  );
}

describe('an order among people and a world that do their part', () => {
  /** Everything that is asked for is done, every hold lifted, every step answered, every failure tried again. */
  function bringToAnEnd(walk: Walk): void {
    for (const id of Object.keys(walk.order.holds)) walk.take({ type: 'policy-changed', change: { id, effect: 'lift', epoch: 99, reason: 'done' } });
    for (let turns = 0; turns < 200 && !plan(walk.order).closed; turns += 1) {
      const [running] = walk.inState('running');
      if (running) walk.answer(running);
      else if (!walk.mend(0)) expect(walk.doAsked(0)).toBe(true);
    }
  }

  it('comes to an end from wherever it stands, and what it took is given back', () => {
    always(400, (walk) => {
      bringToAnEnd(walk);
      const { outcome, steps, allocation, fulfillment, usReview } = walk.order;
      expect(plan(walk.order)).toMatchObject({ stage: 'closed', closed: true, asks: [], run: [] });
      expect(outcome).toBeDefined();
      if (outcome === 'delivered') return;
      expect(allocation.state).not.toBe('reserved');
      expect(steps['notify-ending']?.state).toBe('done');
      if (fulfillment.state === 'booked') expect(steps['cancel-booking']?.state).toBe('done');
      if (!['not-submitted', 'submitted', 'licensed', 'denied'].includes(usReview.state)) expect(steps['withdraw-application']?.state).toBe('done');
    });
  });

  it('is closed once it has ended and every step has been answered', () => {
    always(200, (walk) => {
      if (walk.order.outcome === undefined && !walk.act('cancel', 'seller.desk')) return;
      bringToAnEnd(walk);
      expect(plan(walk.order).closed).toBe(true);
      expect(walk.inState('running')).toEqual([]);
    });
  });
});
