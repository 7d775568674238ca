import { describe, expect, it } from 'vitest';
import { day, rehearsal } from '../../support/orders.ts';
import { hit } from '../turns.ts';

const apply = { applicationNumber: 'CN-1' };
const approve = { approvalNumber: 'CN-A-1' };
const reason = { reason: 'domestic supply suffices' };

describe('the Chinese key', () => {
  it.each(['cn.mofcom', 'cn.miit'] as const)('turned down by %s ends the order: stock given back, no levy, the license stays issued', (ministry) => {
    const order = rehearsal().licensed().acts('buyer', 'apply-purchase', apply).acts(ministry, 'deny-purchase', reason);
    expect(order.order).toMatchObject({
      outcome: 'denied-by-china',
      levyMinor: 0,
      allocation: { state: 'released' },
      usReview: { state: 'licensed' },
      chinaReview: { state: 'denied', ...reason },
    });
    expect(order.story.slice(-3)).toEqual(['purchase-denied', 'order-ended', 'stock-released']);
    expect(order.plan.closed).toBe(true);
  });

  it('turned down before the license withdraws the application too', () => {
    const order = rehearsal({ reviews: 'side-by-side' }).referred().acts('buyer', 'apply-purchase', apply).acts('cn.mofcom', 'deny-purchase', reason);
    expect(order.order).toMatchObject({ outcome: 'denied-by-china', usReview: { state: 'withdrawn' }, allocation: { state: 'released' } });
    expect(order.plan.closed).toBe(true);
  });

  it('has no timer: after years it still waits on both ministries', () => {
    const order = rehearsal()
      .licensed()
      .acts('buyer', 'apply-purchase', apply)
      .after(1_000 * day);
    expect(order.plan.deadline).toBeUndefined();
    expect(order.plan.asks).toEqual([
      { role: 'cn.mofcom', acts: ['approve-purchase', 'deny-purchase'] },
      { role: 'cn.miit', acts: ['approve-purchase', 'deny-purchase'] },
    ]);
  });

  it('cannot turn before the buyer has applied', () => {
    const order = rehearsal().licensed();
    expect(order.tries('cn.mofcom', 'approve-purchase', approve)?.refused).toBe('no-application');
    expect(order.tries('cn.miit', 'deny-purchase', reason)?.refused).toBe('no-application');
    expect(order.order.chinaReview.state).toBe('not-applied');
  });

  it('is applied for once, and not before the parties are cleared', () => {
    expect(hit().tries('buyer', 'apply-purchase', apply)?.refused).toBe('not-yet');
    const order = rehearsal().licensed().acts('buyer', 'apply-purchase', apply);
    expect(order.tries('buyer', 'apply-purchase', { applicationNumber: 'CN-2' })?.refused).toBe('already-decided');
    expect(order.order.chinaReview).toEqual({ state: 'applied', applicationNumber: 'CN-1' });
  });

  it('turns once: a second word of either ministry is refused', () => {
    const order = rehearsal().bothKeys();
    expect(order.tries('cn.miit', 'approve-purchase', { approvalNumber: 'CN-A-2' })?.refused).toBe('already-decided');
    expect(order.tries('cn.mofcom', 'deny-purchase', reason)?.refused).toBe('already-decided');
    expect(order.order.chinaReview).toEqual({ state: 'approved', approvalNumber: 'CN-A-1' });
  });
});
