import { describe, expect, it } from 'vitest';
import { callOf } from '../../domain/calls.ts';
import { stepNames, type StepName } from '../../domain/steps.ts';
import { policyOfToday, rehearsal, terms } from '../support/orders.ts';
import type { PooledQuota } from '../../domain/rules/quota.ts';
import { amended, mistaken, notVetted, returned, short, someFailed } from './turns.ts';

const customer = 'core-cloud-1';
const goods = { product: 'H200', units: 6_000 };
const pass = { reportNumber: 'LAB-1' };

/** What each step is told, by hand, on an order on which it is wanted. */
const told: { readonly [S in StepName]: object } = {
  'screen-parties': { customer },
  'record-customer': { customer, standing: 'approved', reason: 'letter of 5 January' },
  'rescreen-parties': { customer },
  'reserve-stock': { ...goods, customerClass: 'core' },
  'file-application': { terms: terms() },
  'notify-license': { customer, licenseNumber: 'D1', conditions: [] },
  'void-license': { licenseNumber: 'D1', reason: 'the letter is about another application' },
  'request-inspection': goods,
  'book-shipment': { ...goods, customer },
  ship: { reservationKey: 'A-1/reserve-stock/0', bookingReference: 'BOOKING-1', policyEpoch: 0 },
  'accrue-levy': { policy: '2025-12-announcement', currency: 'USD', revenueMinor: 18_000_000_000, amountMinor: 4_500_000_000 },
  'declare-customs': { waybill: 'WAYBILL-1', purchaseApproval: 'CN-A-1' },
  'quarantine-return': { shipmentKey: 'A-1/ship/0', reason: 'not permitted' },
  'replace-units': { reservationKey: 'A-1/reserve-stock/0', lot: 'L1', units: 100, reason: 'bandwidth' },
  'reduce-stock': { reservationKey: 'A-1/reserve-stock/0', units: 400 },
  'release-stock': { reservationKey: 'A-1/reserve-stock/0' },
  'withdraw-application': { filingKey: 'A-1/file-application/0' },
  'cancel-inspection': { inspectionKey: 'A-1/request-inspection/0' },
  'cancel-booking': { bookingKey: 'A-1/book-shipment/0' },
  'notify-ending': { customer, outcome: 'cancelled' },
};

/** An order on which the step has just been started. */
function atStep(step: StepName) {
  const order = rehearsal();
  order.slow.add(step);
  order.bothKeys().acts('test.lab', 'pass-inspection', pass);
  return order.order;
}
const approved = () => notVetted().acts('us.commerce', 'approve-customer', { reason: 'letter of 5 January' }).order;
const cancelled = () => rehearsal().submitted().acts('seller.desk', 'cancel', { reason: 'x' }).order;

describe('the call of a step', () => {
  it.each(stepNames.map((step) => ({ step })))('$step tells the world what it needs, and nothing of the rest', ({ step }) => {
    const order = {
      'record-customer': approved,
      'reduce-stock': () => amended().order,
      'void-license': () => mistaken().order,
      'quarantine-return': () => returned().order,
      'replace-units': () => someFailed().order,
      ship: () => atStep('ship'),
      'notify-ending': cancelled,
      'declare-customs': () => atStep('declare-customs'),
    }[step as string];
    const call = callOf(order?.() ?? rehearsal().bothKeys().order, step);
    expect(call).toEqual({ step, key: `A-1/${step}/0`, input: told[step] });
  });

  it('keeps its key when a failed step is tried again', () => {
    const order = rehearsal();
    order.slow.add('file-application');
    order.submitted();
    const { key } = callOf(order.order, 'file-application');
    order.fails('file-application').acts('seller.desk', 'retry-step', { step: 'file-application' });
    expect(callOf(order.order, 'file-application').key).toBe(key);
  });

  it('has a new key when the step is wanted anew', () => {
    const order = short();
    expect(callOf(order.order, 'reserve-stock').key).toBe('A-1/reserve-stock/0');
    expect(callOf(order.acts('seller.stock', 'recheck-stock').order, 'reserve-stock').key).toBe('A-1/reserve-stock/1');
  });

  it('of a reservation tells the caps of the policy that the order pins, where it has some', () => {
    const quotas: readonly PooledQuota[] = [{ kind: 'units-in-all', name: 'in-all', units: 7, products: ['H200'] }];
    expect(callOf(rehearsal({}, policyOfToday({}, { quotas })).order, 'reserve-stock').input).toMatchObject({ ...goods, quotas });
    expect(callOf(rehearsal({}, policyOfToday()).order, 'reserve-stock').input).not.toHaveProperty('quotas');
  });

  it('of a step that cannot have been wanted is an error, never a half-told call', () => {
    const order = rehearsal().submitted().order;
    expect(() => callOf(order, 'ship')).toThrow('without a booking');
    expect(() => callOf(order, 'notify-license')).toThrow('without a license');
    expect(() => callOf(order, 'declare-customs')).toThrow('without shipped goods');
    expect(() => callOf(order, 'notify-ending')).toThrow('without an ending');
  });
});
