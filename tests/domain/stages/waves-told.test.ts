import { describe, expect, it } from 'vitest';
import { callOf } from '../../../domain/calls.ts';
import { goodsTold } from '../../../domain/stages/goods-told.ts';
import { policyOfToday, type Rehearsal, rehearsal } from '../../support/orders.ts';
import { applied, firstLeft, pass, proof, release, told } from './in-waves.ts';

describe('where the goods are, as a person reads it', () => {
  it('tells each wave, what it left on, and what has not left', () => {
    const order = applied(firstLeft()).acts('cn.miit', 'approve-purchase', { approvalNumber: 'CN-A-2', units: '1500' });
    expect(goodsTold(order.order)).toEqual([
      'approved as CN-A-1 for 4000 units',
      'approved as CN-A-2 for 1500 units',
      'wave 1: 4000 units at-customs, waybill WAYBILL-1',
      'wave 2: 1500 units on CN-A-2, under-test',
      '500 units have not left',
    ]);
  });

  it('of an order that leaves as a whole tells only why customs keep it', () => {
    const order = rehearsal({}, policyOfToday()).bothKeys().acts('test.lab', 'pass-inspection', pass);
    expect(goodsTold(order.order)).toEqual([]);
    expect(goodsTold(order.acts('cn.gacc', 'detain', { reason: 'labels' }).order)).toEqual(['detained: labels']);
  });
});

describe('an order whose license is stopped between two waves', () => {
  /** The second wave was refused by the ledger, and the rest is applied for anew. */
  function anew(): Rehearsal {
    const order = applied(firstLeft()).acts('cn.miit', 'approve-purchase', { approvalNumber: 'CN-A-2' });
    order.results.ship = { outcome: 'license-refused', code: 'license-revoked', licenseNumber: 'D1', available: 0 };
    order.acts('test.lab', 'pass-inspection', { reportNumber: 'LAB-2' });
    order.results.ship = { outcome: 'shipped', waybill: 'WAYBILL-2' };
    return order;
  }

  it('still takes what customs and the carrier say of the first', () => {
    const order = anew();
    expect(order.plan.stage).toBe('us-review');
    expect(order.plan.asks).toContainEqual({ role: 'cn.gacc', acts: ['release', 'detain', 'refuse-entry'] });
    expect(order.acts('cn.gacc', 'release', release).acts('carrier', 'confirm-delivery', proof).order.waves).toMatchObject([{ goods: { state: 'delivered' } }]);
  });

  it('is licensed anew for what has not left, or a part of it, and the rest is given back', () => {
    const order = anew().acts('seller.desk', 'resubmit', { reason: 'license D1 is revoked' });
    order.acts('us.commerce', 'register', { applicationNumber: 'Z2' }).acts('us.commerce', 'refer');
    for (const agency of ['us.state', 'us.energy', 'us.defense'] as const) order.acts(agency, 'recommend', { position: 'no-objection' });
    expect(order.tries('us.commerce', 'issue-license', { licenseNumber: 'D2', units: '2001' })).toMatchObject({ refused: 'invalid-act' });
    order.slow.add('notify-license');
    order.acts('us.commerce', 'issue-license', { licenseNumber: 'D2', units: '1500' });
    expect(callOf(order.order, 'notify-license').input).toMatchObject({ record: { units: 1_500 } });
    order.answers('notify-license');
    expect(told(order, 'goods-shipped')).toMatchObject([
      { wave: 1, units: 4_000 },
      { wave: 2, units: 1_500 },
    ]);
    expect(order.order.allocation).toEqual({ state: 'shipped' });
    order.acts('cn.gacc', 'release', { ...release, wave: '1' }).acts('carrier', 'confirm-delivery', proof);
    order.acts('cn.gacc', 'release', release).acts('carrier', 'confirm-delivery', proof);
    expect(order.order).toMatchObject({ outcome: 'delivered', shortened: { units: 5_500 } });
  });
});
