import { describe, expect, it } from 'vitest';
import { placeOf, type QueueRules, rankOf, turns, type Waiting } from '../../../domain/rules/priority.ts';
import type { Quota } from '../../../domain/rules/quota.ts';
import { day, dayZero } from '../../support/orders.ts';

const fit: QueueRules = { discipline: 'fit', agingMs: 30 * day };
const strict: QueueRules = { ...fit, discipline: 'strict' };

let arrivals = 0;
const waits = (orderId: string, units: number, customerClass: Waiting['customerClass'] = 'core', since = dayZero): Waiting => ({
  ...{ orderId, units, customerClass, since },
  arrival: (arrivals += 1),
});
const turnsOf = (waiting: readonly Waiting[], free: number, rules: QueueRules, at: number, units = 0) =>
  turns(waiting, free, rules, at, { product: 'H200', inUse: [{ customer: 'cloud-1', product: 'H200', units }] });
const served = (...asked: Parameters<typeof turnsOf>): Waiting[] => turnsOf(...asked).flatMap(({ one, over }) => (over ? [] : [one]));
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

describe('an order that waits and keeps caps', () => {
  const quotas: readonly Quota[] = [{ kind: 'units-per-customer', name: 'per-customer', units: 100, products: ['H200'] }];
  const capped = (orderId: string, units: number, customer = 'cloud-1'): Waiting => ({ ...waits(orderId, units), customer, quotas });
  const told = (...asked: Parameters<typeof turnsOf>) => turnsOf(...asked).map(({ one, over }) => [one.orderId, over?.left]);

  it('gets nothing when its turn comes and they leave no room, and its units go to the next', () => {
    expect(told([capped('over', 41), capped('next', 40)], 50, fit, dayZero, 60)).toEqual([
      ['over', 40],
      ['next', undefined],
    ]);
  });

  it('counts with those served before it, whether they keep caps or not, and no other customer', () => {
    const queue = [{ ...waits('first', 50), customer: 'cloud-1' }, capped('second', 50), capped('third', 1), capped('other', 60, 'cloud-2')];
    expect(told(queue, 200, fit, dayZero)).toEqual([
      ['first', undefined],
      ['second', undefined],
      ['third', 0],
      ['other', undefined],
    ]);
  });

  it('waits while there is not enough for it, whatever its caps leave, and blocks nobody once its turn has passed', () => {
    expect(told([capped('large', 90), capped('small', 10)], 50, fit, dayZero, 90)).toEqual([['small', undefined]]);
    expect(told([capped('large', 90), capped('small', 10)], 50, strict, dayZero, 90)).toEqual([]);
    expect(told([capped('large', 90), capped('small', 10)], 90, strict, dayZero, 90)).toEqual([
      ['large', 10],
      ['small', undefined],
    ]);
  });
});
