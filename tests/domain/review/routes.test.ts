import { describe, expect, it } from 'vitest';
import { policyOfToday, type Rehearsal, rehearsal } from '../../support/orders.ts';
import { routed } from '../reviews.ts';

const ruling = (route: string) => ({ rulingNumber: 'CCATS-1', route });
const unclear = (): Rehearsal => rehearsal({}, routed()).submitted();
const presumed = (): Rehearsal => rehearsal({}, routed('presumption-of-denial')).submitted();
const confirmed = { reason: 'the customer asks for a decision' };

describe('a product that needs no license', () => {
  it('turns the US key by determination: nothing is filed, and China is asked next', () => {
    const order = rehearsal({}, routed('no-license-required')).submitted();
    expect(order.order.usReview).toEqual({ state: 'not-required', reason: 'H200: no license required' });
    expect(order.story).not.toContain('application-submitted');
    expect(order.plan).toMatchObject({ stage: 'china-review', asks: [{ role: 'buyer', acts: ['apply-purchase'] }] });
    expect(order.tries('seller.desk', 'submit-application')?.refused).toBe('already-decided');
  });

  it('goes its way to delivery on the Chinese key alone', () => {
    const order = rehearsal({}, routed('no-license-required')).submitted();
    order.acts('buyer', 'apply-purchase', { applicationNumber: 'CN-1' }).acts('cn.mofcom', 'approve-purchase', { approvalNumber: 'CN-A-1' });
    order.acts('test.lab', 'pass-inspection', { reportNumber: 'LAB-1' }).acts('cn.gacc', 'release', { releaseNumber: 'GACC-1' });
    expect(order.acts('carrier', 'confirm-delivery', { proof: 'POD-1' }).order.outcome).toBe('delivered');
  });

  it('waits for stock, and for the end of a hold', () => {
    const order = rehearsal({}, routed('no-license-required'));
    order.results['reserve-stock'] = { outcome: 'short', free: 7 };
    order.submitted().hold();
    order.results['reserve-stock'] = { outcome: 'reserved', lots: [{ lot: 'L1', units: 6_000 }] };
    order.acts('seller.stock', 'recheck-stock');
    expect(order.order.usReview.state).toBe('not-submitted');
    expect(order.lift().order.usReview.state).toBe('not-required');
  });
});

describe('a product for which denial is presumed', () => {
  it('is filed only after two people of the desk have said so', () => {
    const order = presumed();
    expect(order.plan.asks).toEqual([{ role: 'seller.desk', acts: ['confirm-filing'] }]);
    expect(order.tries('seller.desk', 'submit-application')).toMatchObject({ refused: 'denial-presumed', accepted: 'confirm-filing by seller.desk first' });
    expect(order.acts('seller.desk', 'confirm-filing', confirmed).order.usReview.state).toBe('filed');
  });

  it('is confirmed once, and no other is', () => {
    expect(presumed().acts('seller.desk', 'confirm-filing', confirmed).tries('seller.desk', 'confirm-filing', confirmed)?.refused).toBe('already-decided');
    expect(rehearsal({}, policyOfToday()).submitted().tries('seller.desk', 'confirm-filing', confirmed)?.refused).toBe('already-decided');
  });
});

describe('a product that nobody can tell the route of', () => {
  it('waits for a ruling of Commerce, and nobody guesses', () => {
    const order = unclear();
    expect(order.plan.asks).toEqual([{ role: 'us.commerce', acts: ['rule-on-classification'] }]);
    expect(order.tries('seller.desk', 'submit-application')?.refused).toBe('needs-ruling');
    expect(order.plan.deadline).toBeUndefined();
  });

  it.each([
    ['case-by-case', 'filed'],
    ['no-license-required', 'not-required'],
    ['presumption-of-denial', 'not-submitted'],
  ])('goes on as the ruling says: %s', (route, state) => {
    const order = unclear().acts('us.commerce', 'rule-on-classification', ruling(route));
    expect(order.order).toMatchObject({ usReview: { state }, filing: { ruling: { number: 'CCATS-1', route } } });
    if (state === 'not-submitted') expect(order.plan.asks).toEqual([{ role: 'seller.desk', acts: ['confirm-filing'] }]);
  });

  it('is ruled on once, and with a route: to need a ruling is none', () => {
    expect(unclear().tries('us.commerce', 'rule-on-classification', ruling('needs-ruling'))?.refused).toBe('invalid-act');
    const order = unclear().acts('us.commerce', 'rule-on-classification', ruling('presumption-of-denial'));
    expect(order.tries('us.commerce', 'rule-on-classification', ruling('case-by-case'))?.refused).toBe('already-decided');
    expect(rehearsal({}, policyOfToday()).submitted().tries('us.commerce', 'rule-on-classification', ruling('case-by-case'))?.refused).toBe('already-decided');
  });
});
