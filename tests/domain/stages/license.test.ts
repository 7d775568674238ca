import { describe, expect, it } from 'vitest';
import { callOf } from '../../../domain/calls.ts';
import type { FoundLicense, LicenseFault } from '../../../domain/license.ts';
import { reviewTold } from '../../../domain/stages/us-review/told.ts';
import type { OrderTerms } from '../../../domain/terms.ts';
import { policyOfToday, type Rehearsal, rehearsal } from '../../support/orders.ts';

const lots = [
  { lot: 'L1', units: 4_000 },
  { lot: 'L2', units: 2_000 },
];
const found: FoundLicense = { number: 'D9', expires: '2026-12-31', conditions: [] };

/** An order that a license of another covers, right after its stock was reserved. */
function covered(license = found, terms: Partial<OrderTerms> = {}): Rehearsal {
  const order = rehearsal(terms, policyOfToday());
  order.results['reserve-stock'] = { outcome: 'reserved', lots, license };
  return order.submitted();
}
const keys = (order: Rehearsal): Rehearsal =>
  order.acts('buyer', 'apply-purchase', { applicationNumber: 'CN-1' }).acts('cn.mofcom', 'approve-purchase', { approvalNumber: 'CN-A-1' });
const tested = (order: Rehearsal): Rehearsal => order.acts('test.lab', 'pass-inspection', { reportNumber: 'LAB-1' });

/** The license does not carry the shipment, for this reason. */
function stopped(order: Rehearsal, code: LicenseFault, licenseNumber: string): Rehearsal {
  order.results.ship = { outcome: 'license-refused', code, licenseNumber, available: 10 };
  return tested(keys(order));
}
const shipsAgain = (order: Rehearsal): void => {
  order.results.ship = { outcome: 'shipped', waybill: 'WAYBILL-1' };
};
const asks = (order: Rehearsal) => order.plan.asks.map(({ role, acts }) => [role, ...acts]);
const licensedToday = (fields: Readonly<Record<string, unknown>> = {}): Rehearsal => {
  const order = rehearsal({}, policyOfToday()).referred();
  order.results['reserve-stock'] = { outcome: 'reserved', lots };
  for (const agency of ['us.state', 'us.energy', 'us.defense'] as const) order.acts(agency, 'recommend', { position: 'no-objection' });
  return order.acts('us.commerce', 'issue-license', { licenseNumber: 'D1', ...fields });
};

describe('an order that a live license covers', () => {
  it('is not filed: the license turns the US key', () => {
    const order = covered();
    expect(order.order.usReview).toEqual({ state: 'covered', license: found });
    expect(order.story).not.toContain('application-submitted');
    expect(order.plan.stage).toBe('china-review');
    expect(reviewTold(order.order)).toEqual(['covered by license D9, good until 2026-12-31']);
  });

  it('owes what the license asks for', () => {
    const order = covered({ ...found, conditions: ['no transfer'] });
    expect(order.order.conditions).toMatchObject([{ number: 1, text: 'no transfer' }]);
  });

  it('tells the ledger what it needs of a license, and takes its shipment off what was set aside with its stock', () => {
    const order = covered();
    const need = { customer: 'core-cloud-1', endUse: 'model-training', currency: 'USD', valueMinor: 6_000 * 3_000_000 };
    expect(callOf(order.order, 'reserve-stock').input).toEqual({ product: 'H200', units: 6_000, customerClass: 'core', license: need });
    order.slow.add('ship');
    tested(keys(order));
    const draw = { number: 'D9', reservationKey: 'A-1/reserve-stock/0', units: 6_000, valueMinor: need.valueMinor };
    expect(callOf(order.order, 'ship').input).toMatchObject({ license: draw });
    expect(order.answers('ship').story.at(-1)).toBe('customs-declared');
  });

  it('refuses every act of the review', () => {
    expect(covered().tries('us.commerce', 'issue-license', { licenseNumber: 'D2' })?.refused).toBe('already-decided');
    expect(covered().tries('seller.desk', 'submit-application')?.refused).toBe('already-decided');
  });

  it('ends without anything to withdraw', () => {
    const order = covered().acts('seller.desk', 'cancel', { reason: 'the customer withdrew' });
    expect(order.story).not.toContain('application-withdrawn');
    expect(order.plan.closed).toBe(true);
  });
});

describe('a shipment that the license does not carry', () => {
  it.each<LicenseFault>(['license-balance', 'license-expired', 'license-suspended', 'license-revoked'])('stays, says %s, and the desk goes on', (code) => {
    const order = stopped(covered(), code, 'D9');
    expect(order.order.usReview).toMatchObject({ state: 'license-unusable', code, available: 10 });
    expect(asks(order)).toEqual([['seller.desk', 'recheck-license', 'resubmit', 'cancel']]);
    expect(order.plan.stage).toBe('us-review');
    expect(reviewTold(order.order)[0]).toBe(`${code}: license D9 does not carry the shipment, 10 units of it could be used`);
    expect(order.order.fulfillment.state).toBe('booked');
  });

  it('leaves under a new key once somebody asks again', () => {
    const order = stopped(covered(), 'license-suspended', 'D9').acts('seller.desk', 'recheck-license');
    expect(order.order.usReview.state).toBe('license-unusable');
    shipsAgain(order);
    order.acts('seller.desk', 'recheck-license');
    expect(order.order.steps.ship).toEqual({ state: 'done', wish: 2 });
    expect(order.order.fulfillment.state).toBe('at-customs');
    expect(order.tries('seller.desk', 'recheck-license')?.refused).toBe('not-yet');
  });

  it('stays also where the order is held meanwhile', () => {
    const order = stopped(covered(), 'license-suspended', 'D9').hold();
    shipsAgain(order);
    order.acts('seller.desk', 'recheck-license');
    expect(order.order.fulfillment.state).toBe('booked');
    expect(order.lift().order.fulfillment.state).toBe('at-customs');
  });

  it('lets a covered order be filed by its own application, papers and all', () => {
    const order = stopped(covered(found, { fileApplication: 'by-act' }), 'license-revoked', 'D9');
    order.acts('seller.desk', 'resubmit', { reason: 'the license is revoked' });
    expect(order.order.usReview).toEqual({ state: 'not-submitted' });
    expect(asks(order)).toEqual([['seller.desk', 'submit-application']]);
    expect(order.acts('seller.desk', 'submit-application').order.usReview.state).toBe('filed');
  });

  it('gives up the conditions of a license that is given up', () => {
    const order = covered({ ...found, conditions: ['no transfer'] });
    for (const { role } of order.plan.asks.filter(({ acts }) => acts.includes('acknowledge-condition')))
      order.acts(role, 'acknowledge-condition', { condition: '1', document: 'letter' });
    stopped(order, 'license-revoked', 'D9').acts('seller.desk', 'resubmit', { reason: 'revoked' });
    expect(order.order).not.toHaveProperty('conditions');
  });

  it('lets a licensed order be licensed anew, with the application before in its past and a notice of its own', () => {
    const order = stopped(licensedToday({ expires: '2026-01-15' }), 'license-expired', 'D1');
    order.acts('seller.desk', 'resubmit', { reason: 'expired' });
    expect(order.order.usReview).toMatchObject({ state: 'filed', previous: [{ applicationNumber: 'Z100001', ended: 'license-unusable' }] });
    order.acts('us.commerce', 'register', { applicationNumber: 'Z2' }).acts('us.commerce', 'refer');
    for (const agency of ['us.state', 'us.energy', 'us.defense'] as const) order.acts(agency, 'recommend', { position: 'no-objection' });
    shipsAgain(order);
    order.slow.add('notify-license');
    order.acts('us.commerce', 'issue-license', { licenseNumber: 'D2' });
    expect(callOf(order.order, 'notify-license')).toMatchObject({
      key: 'A-1/notify-license/1',
      input: { licenseNumber: 'D2', record: { givenBack: ['A-1/reserve-stock/0', 'A-1/notify-license/0'] } },
    });
    expect(order.answers('notify-license').order.fulfillment.state).toBe('at-customs');
  });

  it('may be cancelled: nothing has left', () => {
    const order = stopped(licensedToday(), 'license-revoked', 'D1').acts('seller.desk', 'cancel', { reason: 'no license' });
    expect(order.order.outcome).toBe('cancelled');
    expect(order.story).toContain('stock-released');
    expect(order.story).not.toContain('application-withdrawn');
    expect(callOf(order.order, 'release-stock').input).toEqual({ reservationKey: 'A-1/reserve-stock/0', licenseKeys: ['A-1/notify-license/0'] });
  });
});

describe('a license for a part', () => {
  it('shortens the order: less is tested, shipped, invoiced and levied', () => {
    const order = licensedToday({ units: '2500' });
    expect(order.order.shortened).toEqual({ units: 2_500, reason: 'license D1 is for 2500 units' });
    expect(callOf(order.order, 'notify-license').input).toMatchObject({
      record: { units: 2_500, valueMinor: 2_500 * 3_000_000, stockKey: 'A-1/reserve-stock/0' },
    });
    tested(keys(order));
    expect(callOf(order.order, 'request-inspection').input).toMatchObject({ units: 2_500 });
    expect(order.events).toContainEqual(expect.objectContaining({ type: 'goods-shipped', units: 2_500 }));
    expect(order.order.levyMinor).toBe((2_500 * 3_000_000) / 4);
    expect(reviewTold(order.order)).toContain('shortened to 2500 units: license D1 is for 2500 units');
  });

  it('keeps the first lots', () => {
    const order = rehearsal({}, policyOfToday());
    order.results['reserve-stock'] = { outcome: 'reserved', lots };
    order.referred();
    for (const agency of ['us.state', 'us.energy', 'us.defense'] as const) order.acts(agency, 'recommend', { position: 'no-objection' });
    order.acts('us.commerce', 'issue-license', { licenseNumber: 'D1', units: '4500' });
    expect(order.order.allocation).toEqual({
      state: 'reserved',
      lots: [
        { lot: 'L1', units: 4_000 },
        { lot: 'L2', units: 500 },
      ],
    });
  });

  it('of all units is for the whole order', () => {
    expect(licensedToday({ units: '6000' }).order).not.toHaveProperty('shortened');
    expect(licensedToday().order).not.toHaveProperty('shortened');
  });
});

describe('an order of edition 1', () => {
  it('knows no ledger of licenses: what its steps are told is what it was', () => {
    const order = tested(keys(rehearsal().licensed()));
    expect(callOf(rehearsal().licensed().order, 'reserve-stock').input).toEqual({ product: 'H200', units: 6_000, customerClass: 'core' });
    expect(callOf(order.order, 'notify-license').input).toEqual({ customer: 'core-cloud-1', licenseNumber: 'D1', conditions: [] });
    expect(callOf(order.order, 'release-stock').input).toEqual({ reservationKey: 'A-1/reserve-stock/0' });
    const booked = rehearsal();
    booked.slow.add('ship');
    tested(keys(booked.licensed()));
    expect(callOf(booked.order, 'ship').input).toEqual({ reservationKey: 'A-1/reserve-stock/0', bookingReference: 'BOOKING-1', policyEpoch: 0 });
    expect(rehearsal().licensed().tries('seller.desk', 'recheck-license')?.refused).toBe('not-in-policy');
  });

  it('settles the notice of a license by its receipt, which an order of today does not: the ledger has to record it', () => {
    const settle = { step: 'notify-license', outcome: 'done', evidence: 'NOTICE-7' };
    const failed = (order: Rehearsal): Rehearsal => {
      order.slow.add('notify-license');
      return order;
    };
    expect(failed(rehearsal()).licensed().fails('notify-license').tries('seller.desk', 'settle-step', settle)).toBeUndefined();
    const today = failed(rehearsal({}, policyOfToday())).licensed().fails('notify-license');
    expect(today.tries('seller.desk', 'settle-step', settle)?.refused).toBe('not-settleable');
    expect(today.tries('seller.desk', 'retry-step', { step: 'notify-license' })).toBeUndefined();
  });
});
