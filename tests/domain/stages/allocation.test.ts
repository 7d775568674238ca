import { describe, expect, it } from 'vitest';
import { callOf } from '../../../domain/calls.ts';
import { stockTold } from '../../../domain/stages/allocation.ts';
import { goodResults, policyOfToday, rehearsal } from '../../support/orders.ts';
import { short } from '../turns.ts';

describe('an order that the lots on hand do not cover', () => {
  it('says how many units are free and asks the stock desk', () => {
    const order = short(5_999);
    expect(order.order.allocation).toEqual({ state: 'short', free: 5_999 });
    expect(order.plan).toMatchObject({ stage: 'allocation', run: [], asks: [{ role: 'seller.stock', acts: ['recheck-stock'] }] });
  });

  it('looks again under a new wish, whose key is not that of the shortage', () => {
    const order = short();
    order.hold().acts('seller.stock', 'recheck-stock');
    expect(order.order.steps['reserve-stock']).toEqual({ state: 'wanted', wish: 1, tookEffect: 'no' });

    order.slow.add('reserve-stock');
    order.lift();
    expect(order.events.findLast((event) => event.type === 'step-started')).toMatchObject({ step: 'reserve-stock', wish: 1 });
    order.answers('reserve-stock', goodResults['reserve-stock']);
    expect(order.order.allocation).toEqual({ state: 'reserved', lots: [{ lot: 'L1', units: 6_000 }] });
  });

  it('may be short again and again, each time under another key', () => {
    const order = short(1);
    for (const free of [2, 3, 4]) {
      order.results['reserve-stock'] = { outcome: 'short', free };
      order.acts('seller.stock', 'recheck-stock');
      expect(order.order.allocation).toEqual({ state: 'short', free });
    }
    expect(order.order.steps['reserve-stock']).toEqual({ state: 'done', wish: 3 });
  });

  it('that waits in no queue and is cancelled has no stock to give back', () => {
    const order = short().acts('seller.desk', 'cancel', { reason: 'withdrawn' });
    expect(order.order.steps).not.toHaveProperty('release-stock');
    expect(order.plan.closed).toBe(true);
  });

  it('cannot file, and one that is covered cannot look again', () => {
    expect(short().tries('seller.desk', 'submit-application')?.refused).toBe('not-yet');
    expect(rehearsal().submitted().tries('seller.stock', 'recheck-stock')?.refused).toBe('not-yet');
  });
});

describe('an order that waits in the queue for stock', () => {
  const queued = (place = 3) => {
    const order = short();
    order.results['reserve-stock'] = { outcome: 'short', free: 7, place, waiting: 4 };
    return order.acts('seller.stock', 'recheck-stock');
  };
  const freed = (order: ReturnType<typeof short>, wish = order.order.steps['reserve-stock']?.wish ?? 0): void => {
    order.take({ type: 'stock-freed', key: `A-1/reserve-stock/${wish}` });
  };

  it('is told its place, and gives it back when it ends', () => {
    const order = queued();
    expect(order.order.allocation).toEqual({ state: 'short', free: 7, place: 3 });
    expect(order.events.at(-1)).toMatchObject({ type: 'stock-short', free: 7, place: 3, waiting: 4 });
    order.acts('seller.desk', 'cancel', { reason: 'withdrawn' });
    expect(order.order.steps['release-stock']?.state).toBe('done');
    expect(order.plan.closed).toBe(true);
  });

  it('asks again under a new key when stock has been set aside for it, held or not', () => {
    const order = queued();
    order.results['reserve-stock'] = goodResults['reserve-stock'];
    order.hold();
    freed(order);
    expect(order.order.steps['reserve-stock']).toEqual({ state: 'wanted', wish: 2, tookEffect: 'no' });
    order.lift();
    expect(order.order.allocation.state).toBe('reserved');
  });

  it('asks once, however often it is told, and not for a call before', () => {
    const order = queued();
    freed(order, 0);
    expect(order.order.allocation.state).toBe('short');
    freed(order);
    const asked = order.events.length;
    freed(order, 1);
    expect(order.events).toHaveLength(asked);
  });

  it('that hears of stock before the answer to its call asks again once it is answered', () => {
    const order = queued();
    order.slow.add('reserve-stock');
    order.acts('seller.stock', 'recheck-stock');
    freed(order);
    freed(order);
    expect(order.order.allocation).toEqual({ state: 'unallocated', freed: true, queuedUnder: 'A-1/reserve-stock/1' });
    order.answers('reserve-stock', { outcome: 'short', free: 7, place: 1, waiting: 1 });
    expect(order.events.filter(({ type }) => type === 'stock-freed')).toHaveLength(2);
    expect(order.order.steps['reserve-stock']).toMatchObject({ state: 'running', wish: 3 });
    order.answers('reserve-stock', goodResults['reserve-stock']);
    expect(order.order.allocation.state).toBe('reserved');
  });

  it('that ends while it is about to ask again gives its place back all the same', () => {
    const order = queued();
    order.hold();
    freed(order);
    expect(callOf(order.order, 'release-stock').input).toMatchObject({ reservationKey: 'A-1/reserve-stock/1' });
    order.acts('seller.desk', 'cancel', { reason: 'withdrawn' });
    expect(order.order.steps['release-stock']?.state).toBe('done');
  });

  it('that has ended is told in vain', () => {
    const order = queued().acts('seller.desk', 'cancel', { reason: 'withdrawn' });
    const told = order.events.length;
    freed(order);
    expect(order.events).toHaveLength(told);
  });
});

describe('an order over a quota', () => {
  const reached = { quota: 'units-per-customer', limit: 75_000, used: 70_000, left: 5_000 };
  const over = () => {
    const order = rehearsal({}, policyOfToday());
    order.results['reserve-stock'] = { outcome: 'over-quota', ...reached };
    return order.submitted();
  };

  it('says which and what is left of it, and asks whoever can do something about it', () => {
    const order = over();
    expect(order.order.allocation).toEqual({ state: 'over-quota', ...reached });
    expect(stockTold(order.order)).toBe('over-quota: 5000 of 75000 units left of units-per-customer');
    expect(order.events.at(-1)).toMatchObject({ type: 'quota-reached', ...reached });
    expect(order.plan).toMatchObject({
      stage: 'allocation',
      run: [],
      asks: [
        { role: 'seller.stock', acts: ['recheck-stock'] },
        { role: 'seller.desk', acts: ['amend', 'cancel'] },
      ],
    });
  });

  it('asks again under a new key for as many units as it is for by then', () => {
    const order = over().acts('seller.desk', 'amend', { change: 'units', to: '5000', reason: 'the customer takes what may go' });
    order.slow.add('reserve-stock');
    order.acts('seller.stock', 'recheck-stock');
    expect(callOf(order.order, 'reserve-stock')).toMatchObject({ key: 'A-1/reserve-stock/1', input: { units: 5_000 } });
    order.answers('reserve-stock', { outcome: 'reserved', lots: [{ lot: 'L1', units: 5_000 }] });
    expect(order.order.allocation).toEqual({ state: 'reserved', lots: [{ lot: 'L1', units: 5_000 }] });
    expect(order.order.steps).not.toHaveProperty('reduce-stock');
  });

  it('has nothing to give back when it ends, also where it waited in the queue before', () => {
    const waited = rehearsal({}, policyOfToday());
    waited.results['reserve-stock'] = { outcome: 'short', free: 7, place: 1, waiting: 1 };
    waited.submitted();
    waited.results['reserve-stock'] = { outcome: 'over-quota', ...reached };
    waited.take({ type: 'stock-freed', key: 'A-1/reserve-stock/0' });
    for (const order of [over(), waited]) {
      expect(order.order.allocation.state).toBe('over-quota');
      order.acts('seller.desk', 'cancel', { reason: 'withdrawn' });
      expect(order.order.steps).not.toHaveProperty('release-stock');
      expect(order.plan.closed).toBe(true);
    }
  });

  it('has no units to hope for: a word of stock changes nothing, whenever it comes', () => {
    const order = over();
    const told = order.events.length;
    order.take({ type: 'stock-freed', key: 'A-1/reserve-stock/0' });
    expect(order.events).toHaveLength(told);
    order.slow.add('reserve-stock');
    order.acts('seller.stock', 'recheck-stock');
    order.take({ type: 'stock-freed', key: 'A-1/reserve-stock/1' });
    order.answers('reserve-stock', { outcome: 'over-quota', ...reached });
    expect(order.order.allocation).toEqual({ state: 'over-quota', ...reached });
  });

  it('cannot file', () => {
    expect(over().tries('seller.desk', 'submit-application')?.refused).toBe('not-yet');
  });
});
