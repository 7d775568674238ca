import { describe, expect, it } from 'vitest';
import { placeOf, type QueueRules, rankOf, served, type Waiting } from '../../../domain/rules/priority.ts';
import { day, dayZero } from '../../support/orders.ts';

const fit: QueueRules = { discipline: 'fit', agingMs: 30 * day };
const strict: QueueRules = { ...fit, discipline: 'strict' };

let arrivals = 0;
const waits = (orderId: string, units: number, customerClass: Waiting['customerClass'] = 'core', since = dayZero): Waiting => ({
  ...{ orderId, units, customerClass, since },
  arrival: (arrivals += 1),
});
const ids = (orders: readonly Waiting[]): string[] => orders.map(({ orderId }) => orderId);

describe('stock that is short', () => {
  it('goes by the class of the customer, core first, then by arrival', () => {
    const queue = [waits('reseller', 1, 'reseller'), waits('second', 1), waits('standard', 1, 'standard'), waits('third', 1)];
    expect(ids(served(queue, 3, fit, dayZero))).toEqual(['second', 'third', 'standard']);
  });

  it('goes to whole orders alone: one that is too large is passed over, or blocks those behind it', () => {
    const queue = [waits('large', 100), waits('small', 10), waits('smaller', 5)];
    expect(ids(served(queue, 14, fit, dayZero))).toEqual(['small']);
    expect(ids(served(queue, 14, strict, dayZero))).toEqual([]);
    expect(ids(served(queue, 110, strict, dayZero))).toEqual(['large', 'small']);
  });

  it('lifts an order by one class for each 30 days that it has waited, never above the first', () => {
    const old = waits('old', 1, 'academic', dayZero);
    expect([0, 29, 30, 59, 60, 900].map((days) => rankOf(old, fit, dayZero + days * day))).toEqual([2, 2, 1, 1, 0, 0]);
    expect(rankOf(old, { ...fit, agingMs: null }, dayZero + 900 * day)).toBe(2);
    expect(rankOf(old, fit, dayZero - day)).toBe(2);
  });

  it('serves an old order of a lower class before a new one of a higher, where it has been lifted as far and came first', () => {
    const old = waits('old', 1, 'standard', dayZero);
    const young = waits('young', 1, 'core', dayZero + 29 * day);
    expect(ids(served([young, old], 1, fit, dayZero + 29 * day))).toEqual(['young']);
    expect(ids(served([young, old], 1, fit, dayZero + 30 * day))).toEqual(['old']);
  });

  it('tells an order its place, whatever is free', () => {
    const queue = [waits('a', 5, 'standard'), waits('b', 5), waits('c', 5)];
    expect(['a', 'b', 'c'].map((id) => placeOf(queue, id, fit, dayZero))).toEqual([3, 1, 2]);
  });
});
