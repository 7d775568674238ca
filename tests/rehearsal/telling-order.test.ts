import { describe, expect, it } from 'vitest';
import type { OrderEvent } from '../../domain/events.ts';
import { inTellingOrder } from '../../rehearsal/telling-order.ts';
import { dayZero } from '../support/orders.ts';

const minute = 60_000;
const levy = (at = dayZero): OrderEvent[] => [
  { type: 'step-done', step: 'accrue-levy', at },
  { type: 'levy-accrued', amountMinor: 250, currency: 'USD', at },
];
const customs = (at = dayZero): OrderEvent[] => [
  { type: 'step-done', step: 'declare-customs', at },
  { type: 'customs-declared', at },
];
const released: OrderEvent = { type: 'customs-released', releaseNumber: 'G1', by: 'cn.gacc', act: { id: '1', content: '' }, at: dayZero };
const steps = (events: readonly OrderEvent[]): string[] => events.map((event) => ('step' in event ? event.step : event.type));

describe('answers of steps that are in flight together', () => {
  it('are told in the order of the journey, each with what follows from it', () => {
    expect(inTellingOrder([...customs(), ...levy()])).toEqual([...levy(), ...customs()]);
    expect(inTellingOrder([...levy(), ...customs()])).toEqual([...levy(), ...customs()]);
  });

  it('do not take with them what came by itself afterwards: a hold, its lifting', () => {
    const held: OrderEvent = { type: 'policy-held', id: 'P-1', epoch: 1, reason: 'review', at: dayZero };
    const lifted: OrderEvent = { type: 'policy-lifted', id: 'P-1', epoch: 2, reason: 'reviewed', at: dayZero };
    expect(inTellingOrder([...customs(), ...levy(), held, lifted])).toEqual([...levy(), ...customs(), held, lifted]);
  });

  it('stay in the order of time where a minute or more lies between them', () => {
    expect(inTellingOrder([...customs(), ...levy(dayZero + minute)])).toEqual([...customs(), ...levy(dayZero + minute)]);
  });

  it('are not carried past an act, a start or the end of the story', () => {
    expect(steps(inTellingOrder([...customs(), released, ...levy()]))).toEqual([
      'declare-customs',
      'customs-declared',
      'customs-released',
      'accrue-levy',
      'levy-accrued',
    ]);
    const start: OrderEvent = { type: 'step-started', step: 'ship', wish: 0, at: dayZero };
    expect(steps(inTellingOrder([...customs(), start, ...levy()]))).toEqual(['declare-customs', 'customs-declared', 'ship', 'accrue-levy', 'levy-accrued']);
  });
});
