import { describe, expect, it } from 'vitest';
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

  it('that is cancelled has no stock to give back', () => {
    const order = short().acts('seller.desk', 'cancel', { reason: 'withdrawn' });
    expect(order.order.steps).not.toHaveProperty('release-stock');
    expect(order.plan.closed).toBe(true);
  });

  it('cannot file, and one that is covered cannot look again', () => {
    expect(short().tries('seller.desk', 'submit-application')?.refused).toBe('not-yet');
    expect(rehearsal().submitted().tries('seller.stock', 'recheck-stock')?.refused).toBe('not-yet');
  });
});
