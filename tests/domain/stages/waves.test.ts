import { describe, expect, it } from 'vitest';
import { callOf, unitsAbout } from '../../../domain/calls.ts';
import type { StepName } from '../../../domain/steps.ts';
import { policyOfToday, type Rehearsal, rehearsal } from '../../support/orders.ts';
import { applied, bothLeft, firstLeft, partApproved, pass, proof, release, told } from './in-waves.ts';

const inputsOf = (order: Rehearsal, step: string) => order.events.filter((event) => event.type === 'step-started' && event.step === step).length;

describe('an order that China approves in part', () => {
  it('leaves in waves, each on its approval, and is delivered with the last', () => {
    const order = bothLeft();
    expect(told(order, 'wave-formed')).toMatchObject([
      { wave: 1, units: 4_000, approvalNumber: 'CN-A-1' },
      { wave: 2, units: 2_000, approvalNumber: 'CN-A-2' },
    ]);
    expect(told(order, 'goods-shipped')).toMatchObject([
      { wave: 1, units: 4_000 },
      { wave: 2, units: 2_000 },
    ]);
    order.acts('cn.gacc', 'release', { ...release, wave: '1' }).acts('carrier', 'confirm-delivery', proof);
    expect(order.order.outcome).toBeUndefined();
    order.acts('cn.gacc', 'release', release).acts('buyer', 'confirm-delivery', { proof: 'POD-2' });
    expect(told(order, 'order-ended')).toMatchObject([{ outcome: 'delivered', reason: 'all units delivered' }]);
    expect(order.plan.closed).toBe(true);
  });

  it('is tested, screened, booked, levied and declared wave by wave, under keys of their own', () => {
    const order = bothLeft();
    for (const step of ['request-inspection', 'rescreen-parties', 'book-shipment', 'ship', 'accrue-levy', 'declare-customs'])
      expect(inputsOf(order, step)).toBe(2);
    expect(order.order.steps.ship).toMatchObject({ wish: 1 });
  });

  it('is told in the Temporal UI by the units that each call is about', () => {
    const order = partApproved();
    const about = (step: StepName): number => unitsAbout(order.order, callOf(order.order, step));
    order.slow.add('ship');
    order.acts('test.lab', 'pass-inspection', pass);
    expect([about('reserve-stock'), about('rescreen-parties'), about('ship')]).toEqual([6_000, 4_000, 4_000]);
    order.answers('ship').acts('buyer', 'apply-purchase', { applicationNumber: 'CN-2' }).acts('cn.mofcom', 'approve-purchase', { approvalNumber: 'CN-A-2' });
    order.acts('test.lab', 'pass-inspection', pass);
    expect([about('ship'), about('accrue-levy'), about('reduce-stock')]).toEqual([2_000, 2_000, 2_000]);
  });

  it('hands over the units of the wave, and keeps the others reserved', () => {
    const order = partApproved();
    order.slow.add('ship');
    order.acts('test.lab', 'pass-inspection', pass);
    expect(callOf(order.order, 'ship').input).toMatchObject({ units: 4_000, license: { units: 4_000 } });
    order.answers('ship');
    expect(order.order.allocation).toEqual({ state: 'reserved', lots: [{ lot: 'L1', units: 2_000 }] });
    order.slow.add('declare-customs');
    const last = applied(order).acts('cn.mofcom', 'approve-purchase', { approvalNumber: 'CN-A-2' }).acts('test.lab', 'pass-inspection', pass);
    expect(callOf(last.order, 'ship').input).not.toHaveProperty('units');
    expect(callOf(last.order, 'ship').input).toMatchObject({ license: { units: 2_000 } });
    last.answers('ship');
    expect(last.order.allocation).toEqual({ state: 'shipped' });
    expect(callOf(last.order, 'declare-customs').input).toMatchObject({ purchaseApproval: 'CN-A-2' });
  });

  it('asks the buyer to apply for the rest and the desk whether that was all, once nothing more can leave', () => {
    const order = firstLeft();
    expect(order.plan.asks).toEqual(
      expect.arrayContaining([
        { role: 'buyer', acts: ['apply-purchase'] },
        { role: 'seller.desk', acts: ['short-close'] },
        { role: 'cn.gacc', acts: ['release', 'detain', 'refuse-entry'] },
      ]),
    );
    expect(applied(order).plan.asks).toContainEqual({ role: 'cn.mofcom', acts: ['approve-purchase', 'deny-purchase'] });
  });

  it('bears levies by wave that add up to the levy on the whole, to the cent', () => {
    const odd = rehearsal({ unitPriceMinor: 1_000_001 }, policyOfToday()).licensed().acts('buyer', 'apply-purchase', { applicationNumber: 'CN-1' });
    odd.acts('cn.mofcom', 'approve-purchase', { approvalNumber: 'CN-A-1', units: '1' }).acts('test.lab', 'pass-inspection', pass);
    applied(odd).acts('cn.mofcom', 'approve-purchase', { approvalNumber: 'CN-A-2' }).acts('test.lab', 'pass-inspection', pass);
    expect(told(odd, 'levy-accrued')).toHaveLength(2);
    expect(odd.order.levyMinor).toBe(Math.floor((6_000 * 1_000_001 * 2_500) / 10_000 + 0.5));
  });

  it('bears no duty twice, where its approval was corrected to one for a part after the duty on all was paid', () => {
    const today = policyOfToday();
    const order = rehearsal({}, { ...today, levy: { ...today.levy, trigger: 'on-entry' } }).licensed();
    order.acts('buyer', 'apply-purchase', { applicationNumber: 'CN-1' }).acts('cn.mofcom', 'approve-purchase', { approvalNumber: 'CN-A-0' }, 'all');
    const duty = order.order.levyMinor;
    order.acts('seller.desk', 'correct', { entry: 'all', reason: 'it is for a part' });
    order.acts('cn.mofcom', 'approve-purchase', { approvalNumber: 'CN-A-1', units: '1000' }).acts('test.lab', 'pass-inspection', pass);
    applied(order).acts('cn.miit', 'approve-purchase', { approvalNumber: 'CN-A-2' }).acts('test.lab', 'pass-inspection', pass);
    expect(told(order, 'goods-shipped')).toMatchObject([{ units: 1_000 }, { units: 5_000 }]);
    expect(duty).toBeGreaterThan(0);
    expect(order.order.levyMinor).toBe(duty);
  });

  it('is approved for no more than is not approved yet', () => {
    const order = applied(firstLeft());
    expect(order.tries('cn.mofcom', 'approve-purchase', { approvalNumber: 'CN-A-2', units: '2001' })).toMatchObject({ refused: 'invalid-act' });
    expect(order.tries('cn.mofcom', 'approve-purchase', { approvalNumber: 'CN-A-2', units: '2000' })).toBeUndefined();
    expect(order.tries('buyer', 'apply-purchase', { applicationNumber: 'CN-3' })).toMatchObject({ refused: 'already-decided' });
  });

  it('takes along no more than was tested, where its approval is corrected to one for more', () => {
    const order = rehearsal({}, policyOfToday()).licensed().acts('buyer', 'apply-purchase', { applicationNumber: 'CN-1' });
    order.acts('cn.mofcom', 'approve-purchase', { approvalNumber: 'CN-A-1', units: '4000' }, 'approval');
    order.acts('seller.desk', 'correct', { entry: 'approval', reason: 'the letter is about another order' });
    order.acts('cn.mofcom', 'approve-purchase', { approvalNumber: 'CN-A-2' }).acts('test.lab', 'pass-inspection', pass);
    expect(told(order, 'goods-shipped')).toMatchObject([{ wave: 1, units: 4_000 }]);
    expect(told(order, 'wave-formed').at(-1)).toMatchObject({ wave: 2, units: 2_000, approvalNumber: 'CN-A-2' });
  });

  it('waits for an application before the rest is decided', () => {
    expect(firstLeft().tries('cn.mofcom', 'approve-purchase', { approvalNumber: 'CN-A-2' })).toMatchObject({ refused: 'no-application' });
  });

  it('keeps what was approved where the rest is denied', () => {
    const order = applied(firstLeft()).acts('cn.mofcom', 'deny-purchase', { reason: 'domestic supply suffices' });
    expect(order.order).toMatchObject({ outcome: undefined, chinaReview: { state: 'approved', approvalNumber: 'CN-A-1', units: 4_000 } });
  });
});

describe('two waves that stand alike', () => {
  it('are told apart by the act, which names one', () => {
    const order = bothLeft();
    expect(order.tries('cn.gacc', 'release', release)).toMatchObject({ refused: 'invalid-act', accepted: 'release with `wave`' });
    expect(order.tries('cn.gacc', 'release', { ...release, wave: '2' })).toBeUndefined();
    expect(order.tries('cn.gacc', 'release', { ...release, wave: '2' })).toMatchObject({ refused: 'already-decided' });
    expect(order.tries('cn.gacc', 'release', { ...release, wave: '3' })).toMatchObject({ refused: 'not-yet' });
    expect(order.tries('cn.gacc', 'release', release)).toBeUndefined();
  });
});

describe('an order that is closed short', () => {
  it('gives the rest back, and ends as partly delivered once what has left has arrived', () => {
    const order = firstLeft();
    order.results['reduce-stock'] = { kept: 0 };
    order.acts('seller.desk', 'short-close', { reason: 'the buyer wants no more' });
    expect(told(order, 'stock-reduced')).toMatchObject([{ units: 0 }]);
    order.acts('cn.gacc', 'release', release).acts('carrier', 'confirm-delivery', proof);
    expect(told(order, 'order-ended')).toMatchObject([
      { outcome: 'partly-delivered', reason: '4000 of 6000 units delivered; 2000 never left: the buyer wants no more' },
    ]);
    expect(callOf(order.order, 'release-stock').input).toMatchObject({ left: ['A-1/ship/0'] });
    expect(order.plan.closed).toBe(true);
  });

  it('takes back what was begun for a wave that never leaves', () => {
    const order = applied(firstLeft()).acts('cn.miit', 'approve-purchase', { approvalNumber: 'CN-A-2' });
    order.results['reduce-stock'] = { kept: 0 };
    expect(order.order.fulfillment.state).toBe('under-test');
    order.acts('seller.desk', 'short-close', { reason: 'the buyer wants no more' });
    expect(order.order.steps['cancel-inspection']).toMatchObject({ state: 'done' });
    order.acts('cn.gacc', 'release', release).acts('carrier', 'confirm-delivery', proof);
    expect(order.order.outcome).toBe('partly-delivered');
    expect(order.plan.closed).toBe(true);
  });

  it('is refused before anything has left, and where nothing is left to close', () => {
    expect(partApproved().tries('seller.desk', 'short-close', { reason: 'x' })).toMatchObject({ refused: 'not-yet' });
    expect(bothLeft().tries('seller.desk', 'short-close', { reason: 'x' })).toMatchObject({ refused: 'already-decided' });
    expect(firstLeft().tries('seller.desk', 'cancel', { reason: 'x' })).toMatchObject({
      refused: 'irreversible',
      accepted: expect.stringContaining('short-close') as unknown,
    });
  });

  it('is refused while nobody knows whether a wave has left', () => {
    const order = applied(firstLeft()).acts('cn.miit', 'approve-purchase', { approvalNumber: 'CN-A-2' });
    order.slow.add('ship');
    order.acts('test.lab', 'pass-inspection', pass);
    expect(order.tries('seller.desk', 'short-close', { reason: 'x' })).toMatchObject({ refused: 'irreversible' });
  });
});

describe('goods that Chinese customs do not let in', () => {
  it('are detained, and released', () => {
    const order = firstLeft().acts('cn.gacc', 'detain', { reason: 'labels' });
    expect(order.plan.asks).toContainEqual({ role: 'cn.gacc', acts: ['release', 'refuse-entry'] });
    expect(order.acts('cn.gacc', 'release', release).order.fulfillment).toEqual({ state: 'released', waybill: 'WAYBILL-1' });
  });

  it('go back, are set apart in stock, and the order ends as undelivered', () => {
    const order = rehearsal({}, policyOfToday()).bothKeys().acts('test.lab', 'pass-inspection', pass);
    order.acts('cn.gacc', 'refuse-entry', { reason: 'not permitted' });
    expect(order.plan.asks).toContainEqual({ role: 'carrier', acts: ['confirm-return'] });
    order.acts('carrier', 'confirm-return', { proof: 'RETURN-1' });
    expect(told(order, 'order-ended')).toMatchObject([
      { outcome: 'undelivered', reason: '0 of 6000 units delivered; 6000 sent back by customs and set apart' },
    ]);
    expect(order.plan.closed).toBe(true);
  });

  it('of two waves are set apart one after the other, each as itself, also where the second comes back while the first is set apart', () => {
    const order = bothLeft();
    for (const wave of ['1', '2']) order.acts('cn.gacc', 'refuse-entry', { reason: 'not permitted', wave });
    order.slow.add('quarantine-return');
    for (const wave of ['2', '1']) order.acts('carrier', 'confirm-return', { proof: `RETURN-${wave}`, wave });
    const asked = (): unknown => callOf(order.order, 'quarantine-return').input;
    expect([asked(), inputsOf(order, 'quarantine-return')]).toMatchObject([{ shipmentKey: 'A-1/ship/1' }, 1]);
    order.answers('quarantine-return');
    expect([asked(), inputsOf(order, 'quarantine-return')]).toMatchObject([{ shipmentKey: 'A-1/ship/0' }, 2]);
    order.answers('quarantine-return');
    expect(told(order, 'return-quarantined')).toMatchObject([{ wave: 2 }, { wave: 1 }]);
    expect(told(order, 'order-ended')).toMatchObject([{ outcome: 'undelivered' }]);
  });

  it('of one wave leave the other on its way, and the order is partly delivered', () => {
    const order = bothLeft()
      .acts('cn.gacc', 'release', { ...release, wave: '1' })
      .acts('cn.gacc', 'order-return', { reason: 'not permitted' });
    order.acts('carrier', 'confirm-return', { proof: 'RETURN-1' });
    expect(order.order.outcome).toBeUndefined();
    order.acts('cn.gacc', 'release', release).acts('carrier', 'confirm-delivery', proof);
    expect(told(order, 'order-ended')).toMatchObject([
      { outcome: 'partly-delivered', reason: expect.stringMatching(/^2000 of 6000 .*4000 sent back/) as unknown },
    ]);
  });
});
