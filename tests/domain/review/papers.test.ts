import { describe, expect, it } from 'vitest';
import { policyOfToday, rehearsal } from '../../support/orders.ts';
import { papersNeeded } from '../reviews.ts';

const certified = { certification: 'us-supply', evidence: 'statement of 12 January' };
const statement = { statementNumber: 'EUS-1' };
const twoCertifications = policyOfToday({ filing: { certifications: ['us-supply', 'know-your-customer'], endUserStatement: 'not-needed' } });

describe('papers that the policy asks for before filing', () => {
  it('are asked of the desk and of China, and the application waits for the last of them', () => {
    const order = rehearsal({}, papersNeeded()).submitted();
    expect(order.order.usReview.state).toBe('not-submitted');
    expect(order.plan.asks).toEqual([
      { role: 'seller.desk', acts: ['certify'] },
      { role: 'cn.mofcom', acts: ['issue-end-user-statement'] },
    ]);

    order.acts('seller.desk', 'certify', certified);
    expect(order.plan.asks).toEqual([{ role: 'cn.mofcom', acts: ['issue-end-user-statement'] }]);
    expect(order.tries('seller.desk', 'submit-application')).toMatchObject({ refused: 'paper-missing', accepted: 'issue-end-user-statement by cn.mofcom' });

    order.acts('cn.mofcom', 'issue-end-user-statement', statement);
    expect(order.order).toMatchObject({ usReview: { state: 'filed' }, filing: { certified: ['us-supply'], endUserStatement: 'EUS-1' } });
  });

  it('file nothing by themselves where the desk files by act', () => {
    const order = rehearsal({ fileApplication: 'by-act' }, papersNeeded()).submitted();
    order.acts('cn.mofcom', 'issue-end-user-statement', statement).acts('seller.desk', 'certify', certified);
    expect(order.plan.asks).toEqual([{ role: 'seller.desk', acts: ['submit-application'] }]);
    expect(order.acts('seller.desk', 'submit-application').order.usReview.state).toBe('filed');
  });

  it('that are still missing are named, each', () => {
    const order = rehearsal({}, twoCertifications).submitted();
    expect(order.tries('seller.desk', 'submit-application')?.message).toContain('us-supply, know-your-customer');
    order.acts('seller.desk', 'certify', certified);
    expect(order.tries('seller.desk', 'submit-application')?.message).toMatch(/not certified: know-your-customer$/);
  });

  it('are given once, and only those that the policy names', () => {
    const order = rehearsal({}, twoCertifications).submitted().acts('seller.desk', 'certify', certified);
    expect(order.tries('seller.desk', 'certify', certified)?.refused).toBe('already-decided');
    expect(order.tries('seller.desk', 'certify', { ...certified, certification: 'no-backdoor' })).toMatchObject({
      refused: 'invalid-act',
      accepted: 'us-supply, know-your-customer',
    });
    order.acts('cn.mofcom', 'issue-end-user-statement', statement);
    expect(order.tries('cn.mofcom', 'issue-end-user-statement', { statementNumber: 'EUS-2' })?.refused).toBe('already-decided');
  });

  it('may be given while stock is short or a hold is on, and the application goes once both are over', () => {
    const order = rehearsal({}, papersNeeded());
    order.results['reserve-stock'] = { outcome: 'short', free: 7 };
    order.submitted().acts('seller.desk', 'certify', certified).hold().acts('cn.mofcom', 'issue-end-user-statement', statement);
    expect(order.order.usReview.state).toBe('not-submitted');
    order.results['reserve-stock'] = { outcome: 'reserved', lots: [{ lot: 'L1', units: 6_000 }] };
    order.acts('seller.stock', 'recheck-stock').lift();
    expect(order.order.usReview.state).toBe('filed');
  });

  it('are not asked for by a policy that asks for none', () => {
    expect(rehearsal({}, policyOfToday()).submitted().order.usReview.state).toBe('filed');
  });
});
