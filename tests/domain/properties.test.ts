import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventType, OrderEvent } from '../../domain/events.ts';
import { type Command, decide, evolve } from '../../domain/order.ts';
import { plan } from '../../domain/plan.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { agencies } from '../../domain/roles.ts';
import { isHeld, type Order } from '../../domain/state.ts';
import type { Positions } from '../../domain/us-review.ts';
import { journeys } from './moves.ts';
import { type Taken, Walk } from './walk.ts';

/** Walks many journeys and looks at every command on them. */
function always(numRuns: number, look: (taken: Taken, walk: Walk) => void): void {
  fc.assert(
    fc.property(journeys, ({ start, moves }) => {
      const walk: Walk = new Walk(start(), (taken) => look(taken, walk));
      walk.along(moves);
    }),
    { numRuns },
  );
}
const told = (answer: Taken['answer']): readonly OrderEvent[] => (isRefusal(answer) ? [] : answer);
const after = (order: Order, command: Command, at: number): Order => told(decide(order, command, at)).reduce(evolve, order);

describe('whatever comes to an order', () => {
  it('is judged alike each time, changes no order in place, and a refusal changes nothing', () => {
    always(400, ({ before, command, at, answer, after: now }) => {
      expect(decide(structuredClone(before), command, at)).toEqual(answer);
      if (isRefusal(answer)) expect(now).toBe(before);
      expect(told(answer).every((event) => event.at <= at)).toBe(true);
    });
  });

  it('leaves it waiting on a step, on a person, or closed: never on nobody', () => {
    always(400, ({ after: order }) => {
      const { asks, run, closed } = plan(order);
      const running = Object.values(order.steps).some((step) => step.state === 'running');
      expect(closed || running || run.length > 0 || asks.length > 0).toBe(true);
      if (closed) expect(running).toBe(false);
    });
  });

  it('never ships goods without license, Chinese approval and passed test, nor twice, nor while a hold is on', () => {
    always(500, ({ before, command }, walk) => {
      if (command.type === 'step-started' && command.step === 'ship') expect(isHeld(before)).toBe(false);
      const names = walk.events.map((event) => event.type);
      const shipped = names.indexOf('goods-shipped');
      if (shipped < 0) return;
      expect(names.slice(0, shipped)).toEqual(expect.arrayContaining<EventType>(['license-issued', 'purchase-approved', 'inspection-passed']));
      expect(names.lastIndexOf('goods-shipped')).toBe(shipped);
    });
  });

  it('lets only a named act of the entitled role license, approve, decide, deny or release: no timer, no report, no broadcast', () => {
    const byPeople: { readonly [T in EventType]?: readonly string[] } = {
      'license-issued': ['us.commerce'],
      'license-denied': ['us.commerce'],
      'president-decided': ['us.president'],
      'purchase-approved': ['cn.mofcom', 'cn.miit'],
      'purchase-denied': ['cn.mofcom', 'cn.miit'],
      'position-given': agencies,
      'inspection-passed': ['test.lab'],
      'customs-released': ['cn.gacc'],
      'delivery-confirmed': ['carrier', 'buyer'],
    };
    always(400, ({ command, answer }) => {
      for (const event of told(answer).filter((one) => byPeople[one.type])) {
        expect(command.type).toBe('act');
        expect(byPeople[event.type]).toContain(event.by);
        expect(event.act?.id).toBeDefined();
      }
    });
  });

  it('un-records nothing: license, approval, closed positions, levy and ending stay as they were', () => {
    const closed = (order: Order): Positions | undefined =>
      order.usReview.state === 'before-president' || order.usReview.state === 'before-commerce' ? order.usReview.positions : undefined;
    always(400, ({ before, after: now, answer }) => {
      if (before.usReview.state === 'licensed' || before.usReview.state === 'denied') expect(now.usReview).toEqual(before.usReview);
      if (before.chinaReview.state === 'approved' || before.chinaReview.state === 'denied') expect(now.chinaReview).toEqual(before.chinaReview);
      if (closed(before) && closed(now)) expect(closed(now)).toEqual(closed(before));
      if (before.outcome) expect(now.outcome).toBe(before.outcome);
      expect(now.levyMinor).toBeGreaterThanOrEqual(before.levyMinor);
      expect(Object.keys(now.acts)).toEqual(expect.arrayContaining(Object.keys(before.acts)));
      if (before.usReview.state !== 'referred' || now.usReview.state !== 'referred') return;
      for (const agency of agencies) {
        const speaks = told(answer).some((event) => event.type === 'position-given' && event.agency === agency);
        if (before.usReview.positions[agency].state !== 'asked' && !speaks) expect(now.usReview.positions[agency]).toEqual(before.usReview.positions[agency]);
      }
    });
  });

  it('does the same whether the alarm rang before it or not', () => {
    always(400, ({ before, command, at, answer, after: now }) => {
      const rung = after(before, { type: 'deadline-reached' }, at);
      const again = decide(rung, command, at);
      if (isRefusal(answer)) expect(again).toEqual(answer);
      else expect(told(again).reduce(evolve, rung)).toEqual(now);
    });
  });

  it('leaves no deadline behind that has passed', () => {
    always(200, ({ after: order, at, answer }) => {
      const next = plan(order).deadline?.at ?? Number.POSITIVE_INFINITY;
      expect(isRefusal(answer) || next > at).toBe(true);
    });
  });
});
