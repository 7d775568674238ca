import { describe, expect, it } from 'vitest';
import { policyOfToday, rehearsal } from '../../support/orders.ts';

/** State asks for a monthly audit, the others have no objection; the review has closed. */
const audited = () =>
  rehearsal({}, policyOfToday())
    .referred()
    .acts('us.state', 'recommend', { position: 'approve-with-conditions', conditions: ['audit: monthly'] })
    .acts('us.energy', 'recommend', { position: 'no-objection' })
    .acts('us.defense', 'recommend', { position: 'no-objection' });

describe('an offer that changes what an agency asks for', () => {
  it('lies before that agency first, and not before the others', () => {
    const order = audited().acts('us.commerce', 'propose-conditions', { conditions: ['audit: yearly'] });
    expect(order.order.usReview.state).toBe('one-text');
    expect(order.plan.asks).toEqual([{ role: 'us.state', acts: ['concur', 'escalate'] }]);
    expect(order.tries('us.energy', 'concur')?.refused).toBe('already-decided');
  });

  it('is offered once it concurs, and may be licensed once it is accepted', () => {
    const order = audited()
      .acts('us.commerce', 'propose-conditions', { conditions: ['audit: yearly'] })
      .acts('us.state', 'concur')
      .acts('seller.desk', 'accept-conditions')
      .acts('us.commerce', 'issue-license', { licenseNumber: 'D1', conditions: ['audit: yearly'] });
    expect(order.order.usReview).toMatchObject({ state: 'licensed', license: { conditions: ['audit: yearly'] } });
  });

  it('goes up where it dissents', () => {
    const order = audited()
      .acts('us.commerce', 'propose-conditions', { conditions: ['audit: yearly'] })
      .acts('us.state', 'escalate', { reason: 'once a year is too late' });
    expect(order.order.usReview.state).toBe('before-president');
  });

  it('that two agencies had contested and then concurred with, comes back to both when it changes once more', () => {
    const order = rehearsal({}, policyOfToday())
      .referred()
      .acts('us.state', 'recommend', { position: 'approve-with-conditions', conditions: ['audit: monthly'] })
      .acts('us.energy', 'recommend', { position: 'approve-with-conditions', conditions: ['audit: quarterly'] })
      .acts('us.defense', 'recommend', { position: 'no-objection' })
      .acts('us.commerce', 'propose-conditions', { conditions: ['audit: monthly'] })
      .acts('us.state', 'concur')
      .acts('us.energy', 'concur')
      .acts('seller.desk', 'counter-conditions', { conditions: ['audit: never'], reason: 'too often' });
    order.acts('us.commerce', 'propose-conditions', { conditions: ['audit: monthly'] });
    expect(order.order.usReview.state).toBe('conditions-offered');
    order.acts('seller.desk', 'decline-conditions', { reason: 'too often' }).acts('us.commerce', 'propose-conditions', { conditions: ['audit: never'] });
    expect(order.order.usReview.state).toBe('one-text');
    expect(order.plan.asks.map(({ role }) => role)).toEqual(['us.state', 'us.energy']);
  });

  it('by a clause alone is of the same kind, and theirs', () => {
    const order = rehearsal({}, policyOfToday())
      .referred()
      .acts('us.state', 'recommend', { position: 'approve-with-conditions', conditions: ['no transfer'] })
      .acts('us.energy', 'recommend', { position: 'no-objection' })
      .acts('us.defense', 'recommend', { position: 'no-objection' });
    order.acts('us.commerce', 'propose-conditions', { conditions: ['no transfer | binds buyer'] });
    expect(order.order.usReview.state).toBe('one-text');
  });

  it('names a day that the calendar knows', () => {
    const refusal = audited().tries('us.commerce', 'propose-conditions', { conditions: ['audit: monthly | due 2026-02-30'] });
    expect(refusal?.message).toContain('due "2026-02-30"');
  });

  it('in letters and spaces alone changes nothing, and goes to the applicant at once', () => {
    const order = audited().acts('us.commerce', 'propose-conditions', { conditions: ['Audit:  monthly', 'no transfer'] });
    expect(order.order.usReview.state).toBe('conditions-offered');
  });

  it.each(['us.state', 'us.commerce'] as const)('and a set of %s that contradicts itself is of no form', (by) => {
    const conditions = ['audit: monthly', 'audit: yearly'];
    const refusal =
      by === 'us.state'
        ? rehearsal({}, policyOfToday()).referred().tries(by, 'recommend', { position: 'approve-with-conditions', conditions })
        : audited().tries(by, 'propose-conditions', { conditions });
    expect(refusal?.refused).toBe('invalid-act');
  });
});
