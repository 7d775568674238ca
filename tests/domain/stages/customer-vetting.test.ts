import { describe, expect, it } from 'vitest';
import { callOf } from '../../../domain/calls.ts';
import { openOrder } from '../../../domain/order.ts';
import type { CustomerStanding } from '../../../domain/steps.ts';
import { policy, policyOfToday, type Rehearsal, rehearsal, terms } from '../../support/orders.ts';
import { hit, notVetted } from '../turns.ts';

const vetted = () => policyOfToday({}, { customers: 'vetted-by-commerce' });
const letter = { reason: 'letter of 5 January' };
/** Commerce vets customers, and its list says this of the order's. */
function listed(standing: CustomerStanding | 'not-vetted', matches: readonly string[] = []): Rehearsal {
  const order = rehearsal({}, vetted());
  const listVersion = 'list-1';
  order.results['screen-parties'] = matches.length > 0 ? { outcome: 'hit', listVersion, matches, standing } : { outcome: 'clear', listVersion, standing };
  return order.submitted();
}
const listedHit = (standing: CustomerStanding | 'not-vetted') => listed(standing, ['entity 17']);

describe('an order of a customer that Commerce', () => {
  it.each(['not-vetted', 'declined', 'removed'] as const)('has %s waits for its word, takes no stock, and files nothing', (standing) => {
    const order = notVetted(standing);
    expect(order.order).toMatchObject({
      intake: { state: 'not-vetted', standing },
      allocation: { state: 'unallocated' },
      usReview: { state: 'not-submitted' },
    });
    expect(order.plan).toEqual({
      stage: 'intake',
      run: [],
      asks: [{ role: 'us.commerce', acts: ['approve-customer', 'decline-customer'] }],
      deadline: undefined,
      closed: false,
    });
    expect(order.after(400 * 86_400_000).order.intake.state).toBe('not-vetted');
  });

  it('has approved goes on without a word', () => {
    expect(listed('approved').story).toEqual(['order-submitted', 'parties-cleared', 'stock-reserved', 'application-submitted', 'application-filed']);
  });

  it('vets is looked up on its list where the policy says so, and only there', () => {
    const asked = [openOrder(terms(), vetted()), openOrder(terms(), policyOfToday()), openOrder(terms(), policy())];
    expect(asked.map((order) => callOf(order, 'screen-parties').input)).toEqual([
      { customer: 'core-cloud-1', vetting: 'by-commerce' },
      { customer: 'core-cloud-1' },
      { customer: 'core-cloud-1' },
    ]);
  });

  it('does not vet under the rules of edition 1, which know no such act', () => {
    expect(rehearsal().submitted().tries('us.commerce', 'approve-customer', letter)?.refused).toBe('not-in-policy');
  });

  it('approves goes on once the list is told, and not before', () => {
    const order = notVetted().acts('us.commerce', 'approve-customer', letter);
    expect(order.order).toMatchObject({ intake: { state: 'vetted', standing: 'approved' }, allocation: { state: 'unallocated' } });
    order.answers('record-customer');
    expect(order.order).toMatchObject({ intake: { state: 'cleared' }, allocation: { state: 'reserved' }, outcome: undefined });
  });

  it('declines ends once the list is told: nothing was taken, nothing is taken back', () => {
    const order = notVetted().acts('us.commerce', 'decline-customer', { reason: 'military end user' });
    expect(order.order.outcome).toBeUndefined();
    order.answers('record-customer', { recorded: 'declined' });
    expect(order.events.find((event) => event.type === 'order-ended')).toMatchObject({
      outcome: 'refused-at-intake',
      reason: 'customer declined by Commerce: military end user',
    });
    expect(Object.keys(order.order.steps).toSorted()).toEqual(['notify-ending', 'record-customer', 'screen-parties']);
    expect(order.plan.closed).toBe(true);
  });

  it('has spoken of is not spoken of twice', () => {
    for (const said of ['approve-customer', 'decline-customer'] as const)
      for (const again of ['approve-customer', 'decline-customer'] as const)
        expect(notVetted().acts('us.commerce', said, letter).tries('us.commerce', again, { reason: 'again' })?.refused).toBe('already-decided');
    expect(listed('approved').tries('us.commerce', 'decline-customer', letter)?.refused).toBe('already-decided');
  });

  it('is asked about while the order is held, which goes on when the hold is lifted', () => {
    const order = notVetted().hold();
    expect(order.plan.asks).toContainEqual({ role: 'us.commerce', acts: ['approve-customer', 'decline-customer'] });
    order.acts('us.commerce', 'approve-customer', letter);
    expect(order.order.steps).not.toHaveProperty('record-customer');
    order.lift().answers('record-customer');
    expect(order.order.allocation.state).toBe('reserved');
  });

  it('approves while the desk cancels stands on the list, and the order stays cancelled', () => {
    const order = notVetted().acts('us.commerce', 'approve-customer', letter).acts('seller.desk', 'cancel', { reason: 'withdrawn' });
    expect(order.plan.closed).toBe(false);
    order.answers('record-customer');
    expect(order.order).toMatchObject({ outcome: 'cancelled', allocation: { state: 'unallocated' } });
    expect(order.plan.closed).toBe(true);
  });

  it('declines while the desk cancels ends once', () => {
    const order = notVetted().acts('us.commerce', 'decline-customer', letter).acts('seller.desk', 'cancel', { reason: 'withdrawn' });
    order.answers('record-customer', { recorded: 'declined' });
    expect(order.events.filter((event) => event.type === 'order-ended')).toMatchObject([{ outcome: 'cancelled' }]);
  });

  it('says of without a reason is not taken', () => {
    const order = notVetted();
    for (const fields of [{}, { reason: '' }, { reason: '\u202e' }])
      expect(order.tries('us.commerce', 'approve-customer', fields)?.refused).toBe('invalid-act');
  });
});

describe('a customer that is no longer on the list when the goods are to leave', () => {
  const pass = { reportNumber: 'LAB-1' };
  /** Approved on this very order; when the parties are screened once more the list says something else. */
  const screenedAnew = (standing: 'declined' | 'removed') => {
    const order = notVetted();
    order.slow.delete('record-customer');
    order.results['rescreen-parties'] = { outcome: 'clear', listVersion: 'list-2', standing };
    return order.acts('us.commerce', 'approve-customer', letter);
  };
  const tested = (order: Rehearsal) =>
    order
      .acts('us.commerce', 'register', { applicationNumber: 'Z100001' })
      .acts('us.commerce', 'refer')
      .after(30 * 86_400_000)
      .acts('us.commerce', 'issue-license', { licenseNumber: 'D1' })
      .acts('buyer', 'apply-purchase', { applicationNumber: 'CN-1' })
      .acts('cn.mofcom', 'approve-purchase', { approvalNumber: 'CN-A-1' })
      .acts('test.lab', 'pass-inspection', pass);

  it.each(['declined', 'removed'] as const)('since it was %s brings the order back to its intake', (standing) => {
    const order = tested(screenedAnew(standing));
    expect(order.plan).toMatchObject({ stage: 'intake', asks: [{ role: 'us.commerce', acts: ['approve-customer', 'decline-customer'] }] });
    expect(order.story).not.toContain('shipment-booked');
  });

  it('and is approved once more is told to the list once more, and the goods leave', () => {
    const order = tested(screenedAnew('removed')).acts('us.commerce', 'approve-customer', { reason: 'letter of 5 March' });
    expect(order.order.steps['record-customer']).toEqual({ state: 'done', wish: 1 });
    expect(order.story.filter((type) => type === 'customer-recorded')).toHaveLength(2);
    expect(order.story).toContain('goods-shipped');
  });

  it('and is declined ends the order, which gives back what it held', () => {
    const order = tested(screenedAnew('removed')).acts('us.commerce', 'decline-customer', { reason: 'military end user' });
    expect(order.order).toMatchObject({ outcome: 'refused-at-intake', allocation: { state: 'released' } });
    expect(order.plan.closed).toBe(true);
  });
});

describe('a screening hit of a customer that Commerce has not vetted', () => {
  it('asks the second pair of eyes first, and Commerce once the hit is cleared', () => {
    const order = listedHit('not-vetted');
    expect(order.plan.asks).toEqual([{ role: 'compliance.second', acts: ['clear-hit', 'confirm-hit'] }]);
    expect(order.tries('us.commerce', 'approve-customer', letter)?.refused).toBe('not-yet');
    order.acts('compliance.second', 'clear-hit', { reason: 'other date of incorporation' });
    expect(order.order.intake).toEqual({ state: 'not-vetted', standing: 'not-vetted' });
    expect(order.plan.asks).toEqual([{ role: 'us.commerce', acts: ['approve-customer', 'decline-customer'] }]);
    order.acts('us.commerce', 'approve-customer', letter);
    expect(order.order.allocation.state).toBe('reserved');
  });

  it('that is true ends the order, and Commerce is not asked', () => {
    const order = listedHit('not-vetted').acts('compliance.second', 'confirm-hit', { reason: 'same registration number' });
    expect(order.story).toEqual(['order-submitted', 'screening-hit', 'hit-confirmed', 'order-ended']);
    expect(order.plan.closed).toBe(true);
  });

  it('and of one that it has approved asks nobody else', () => {
    const order = listedHit('approved').acts('compliance.second', 'clear-hit', { reason: 'other date of incorporation' });
    expect(order.order).toMatchObject({ intake: { state: 'cleared' }, allocation: { state: 'reserved' } });
  });
});

describe('the record of a screening', () => {
  it('keeps the version of the list that was looked at, and who answered the hit for which reason', () => {
    const order = hit().acts('compliance.second', 'clear-hit', { reason: 'other date of incorporation' });
    expect(order.events).toContainEqual(expect.objectContaining({ type: 'screening-hit', listVersion: 'list-1', matches: ['entity 17'] }));
    expect(order.events).toContainEqual(expect.objectContaining({ type: 'hit-cleared', by: 'compliance.second', reason: 'other date of incorporation' }));
    expect(rehearsal().submitted().events).toContainEqual(expect.objectContaining({ type: 'parties-cleared', listVersion: 'list-1' }));
  });

  it.each(['clear-hit', 'confirm-hit'] as const)('has no %s without a reason, nor by the desk that sells', (name) => {
    for (const fields of [{}, { reason: ' ' }]) expect(hit().tries('compliance.second', name, fields)?.refused).toBe('invalid-act');
    expect(hit().tries('seller.desk', name, { reason: 'we know them' })?.refused).toBe('not-entitled');
  });
});
