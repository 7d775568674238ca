import { describe, expect, it } from 'vitest';
import { stepFaultNames, type StepFault } from '../../domain/faults.ts';
import { CoreWorld } from '../../rehearsal/core/world.ts';
import { dayZero } from '../support/orders.ts';

const key = 'A-1/reserve-stock/0';
const call = { step: 'reserve-stock', key, input: { product: 'H200', units: 10, customerClass: 'core' } } as const;
const answer = { outcome: 'reserved', lots: [{ lot: 'L1', units: 10 }] };

/** Reserves ten units of twenty with a fault in the first `times` attempts; then what is left for another order. */
function reserve(fault: StepFault | undefined, times: number) {
  const world = new CoreWorld('tests');
  world.stock.receive({ id: 'L1', product: 'H200', units: 20 }, dayZero);
  if (fault) world.plant('A-1', 'reserve-stock', fault, times);
  const performed = world.perform(call, 'A-1', dayZero);
  const others = world.stock.reserve({ key: 'B-1/reserve-stock/0', orderId: 'B-1', product: 'H200', units: 20, customerClass: 'core', at: dayZero });
  return { performed, left: others.outcome === 'short' ? others.free : 20 };
}

describe('a fault on the core takes the time and has the effect that it has on an engine', () => {
  it.each<[StepFault | undefined, number, number, string, number]>([
    [undefined, 0, 0, 'answered', 10],
    ['unavailable', 1, 1_000, 'answered', 10],
    ['unavailable', 3, 7_000, 'answered', 10],
    ['unavailable', 8, 91_000, 'simulated: the other side of reserve-stock is unavailable', 20],
    ['answer-lost', 1, 1_000, 'answered', 10],
    ['answer-lost', 8, 91_000, 'simulated: the answer of reserve-stock was lost after it took effect', 10],
    ['late', 1, 11_000, 'answered', 10],
    ['twice', 1, 0, 'answered', 10],
    ['worker-killed', 1, 11_000, 'answered', 10],
    ['rejected', 1, 0, 'simulated: the other side rejects reserve-stock', 20],
  ])('%s, %i times: after %i ms %s, %i units left', (fault, times, tookMs, what, left) => {
    const reserved = reserve(fault, times);
    expect(reserved).toEqual({ performed: what === 'answered' ? { tookMs, result: answer } : { tookMs, failed: what }, left });
  });

  it('is known by what it means, each of them', () => {
    expect(stepFaultNames).toEqual(['unavailable', 'rejected', 'answer-lost', 'late', 'twice', 'worker-killed']);
  });
});
