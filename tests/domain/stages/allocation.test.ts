import { describe, expect, it } from 'vitest';
import { callOf } from '../../../domain/calls.ts';
import { goodResults, rehearsal } from '../../support/orders.ts';
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
