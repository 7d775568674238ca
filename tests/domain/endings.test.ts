import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plan } from '../../domain/plan.ts';
import type { Order } from '../../domain/state.ts';
import { day } from '../support/orders.ts';
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
  /** Everything that is asked for is done, every hold lifted, every step answered, every failure tried again, and meanwhile time passes. */
  function bringToAnEnd(walk: Walk): void {
    for (const id of Object.keys(walk.order.holds)) walk.take({ type: 'policy-changed', change: { id, effect: 'lift', epoch: 99, reason: 'done' } });
    for (let turns = 0; turns < 200 && !plan(walk.order).closed; turns += 1) {
      const [running] = walk.inState('running');
      if (running) walk.answer(running);
      else if (!walk.mend(0)) doSomethingAsked(walk);
    }
  }

  /** What is asked first and taken as its example has it; a decision that waits for another, such as conditions to be accepted, comes after that one. */
  function doSomethingAsked(walk: Walk): void {
    const asked = plan(walk.order).asks.flatMap(({ acts }) => acts);
    const ways = [{}, { condition: '2' }].flatMap((fields) => asked.map((_, pick) => ({ pick, fields })));
    expect(
      ways.some(({ pick, fields }) => walk.doAsked(pick, fields)),
      `asked for ${asked.join(', ')}`,
    ).toBe(true);
    walk.move({ kind: 'wait', ms: 50 * day });
  }

  const withNobody: readonly Order['usReview']['state'][] = [
    ...(['not-submitted', 'submitted', 'rejected-unregistered', 'returned-without-action', 'not-required', 'covered', 'licensed', 'denied'] as const),
  ];

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
      if (!withNobody.includes(usReview.state)) expect(steps['withdraw-application']?.state).toBe('done');
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
