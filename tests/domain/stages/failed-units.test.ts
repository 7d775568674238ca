import { describe, expect, it } from 'vitest';
import { callOf } from '../../../domain/calls.ts';
import type { LotUnits } from '../../../domain/lots.ts';
import { goodsTold } from '../../../domain/stages/goods-told.ts';
import { policyOfToday, type Rehearsal, rehearsal } from '../../support/orders.ts';
import { beforeEntry, statement, withPapers } from '../shipments.ts';
import { applied, firstLeft, partApproved, pass, proof, release, told } from './in-waves.ts';

const fail = { reportNumber: 'LAB-1', reason: 'bandwidth' };
const some = { ...fail, lot: 'L1', units: '100' };
const inStock = (units: number, failed = 100): { replaced: LotUnits[]; missing: number } => ({
  replaced: units > 0 ? [{ lot: 'L2', units }] : [],
  missing: failed - units,
});
const underTest = (): Rehearsal => rehearsal({}, policyOfToday()).bothKeys();
/** Stock has so many others for the units that fail next. */
function stocked(order: Rehearsal, units: number, failed = 100): Rehearsal {
  order.results['replace-units'] = inStock(units, failed);
  return order;
}
const failing = (order: Rehearsal, units: number): Rehearsal => stocked(order, units).acts('test.lab', 'fail-inspection', some);
const requested = (order: Rehearsal) => told(order, 'inspection-requested').length;

describe('units that fail the test while others do not', () => {
  it('are set apart and replaced from stock, and the wave is tested once more before it leaves', () => {
    const order = failing(underTest(), 100);
    expect(told(order, 'inspection-failed')).toMatchObject([{ failed: { lot: 'L1', units: 100 }, reason: 'bandwidth' }]);
    expect(told(order, 'units-replaced')).toMatchObject([{ lots: [{ lot: 'L2', units: 100 }], missing: 0 }]);
    expect(order.order.allocation).toEqual({
      state: 'reserved',
      lots: [
        { lot: 'L1', units: 5_900 },
        { lot: 'L2', units: 100 },
      ],
    });
    expect(order.order.steps['request-inspection']).toEqual({ state: 'done', wish: 1 });
    expect(order.plan.asks).toEqual([{ role: 'test.lab', acts: ['pass-inspection', 'fail-inspection'] }]);
    order.acts('test.lab', 'pass-inspection', pass);
    expect(told(order, 'goods-shipped')).toMatchObject([{ units: 6_000 }]);
    expect(order.story).not.toContain('order-shortened');
  });

  it('that stock has no others for shorten the order, and the rest is under test as before', () => {
    const order = failing(underTest(), 0);
    expect(told(order, 'order-shortened')).toMatchObject([{ units: 5_900, reason: 'stock has no other units for 100 that failed the test' }]);
    expect(order.order).toMatchObject({ fulfillment: { state: 'under-test' }, allocation: { lots: [{ lot: 'L1', units: 5_900 }] } });
    expect(order.order).not.toHaveProperty('lacking');
    expect(requested(order)).toBe(1);
    order.acts('test.lab', 'pass-inspection', pass).acts('cn.gacc', 'release', release).acts('carrier', 'confirm-delivery', proof);
    expect(told(order, 'goods-shipped')).toMatchObject([{ units: 5_900 }]);
    expect(order.order).toMatchObject({ outcome: 'delivered', levyMinor: (5_900 * 3_000_000) / 4 });
  });

  it('that stock has some others for are replaced by these, the order is shortened by the rest, and the wave tested once more', () => {
    const order = failing(underTest(), 40);
    expect(told(order, 'order-shortened')).toMatchObject([{ units: 5_940 }]);
    expect(requested(order)).toBe(2);
    order.acts('test.lab', 'pass-inspection', pass);
    expect(told(order, 'goods-shipped')).toMatchObject([{ units: 5_940 }]);
  });

  it('are told by number, and the ledger hears which', () => {
    const order = underTest();
    order.slow.add('replace-units');
    order.acts('test.lab', 'fail-inspection', { ...fail, lot: 'L1', serials: 'H2-0001..H2-0020' });
    const failed = { lot: 'L1', units: 20, serials: 'H2-0001..H2-0020' };
    expect(callOf(order.order, 'replace-units').input).toEqual({ ...failed, reservationKey: 'A-1/reserve-stock/0', reason: 'bandwidth' });
    expect(goodsTold(order.order)).toEqual(['20 units of lot L1 (H2-0001..H2-0020) failed the test and are to be replaced from stock: bandwidth']);
    order.answers('replace-units', inStock(20, 20));
    expect(goodsTold(order.order)).toEqual([]);
  });

  it('again in the next test are replaced under a key of their own', () => {
    const order = failing(failing(underTest(), 100), 100);
    expect(order.order.steps['replace-units']).toEqual({ state: 'done', wish: 1 });
    expect(order.order.allocation).toMatchObject({
      lots: [
        { lot: 'L1', units: 5_800 },
        { lot: 'L2', units: 200 },
      ],
    });
  });
});

describe('units of a wave that fail', () => {
  it('without others in stock make room for those that were to leave later, which are tested first', () => {
    const order = failing(partApproved(), 0);
    expect(told(order, 'order-shortened')).toMatchObject([{ units: 5_900 }]);
    expect(order.order).toMatchObject({ wave: { number: 1, units: 4_000 }, fulfillment: { state: 'under-test' } });
    expect(requested(order)).toBe(2);
    order.acts('test.lab', 'pass-inspection', pass);
    applied(order).acts('cn.miit', 'approve-purchase', { approvalNumber: 'CN-A-2' }).acts('test.lab', 'pass-inspection', pass);
    expect(told(order, 'goods-shipped')).toMatchObject([{ units: 4_000 }, { units: 1_900 }]);
  });

  it('of the last one make it smaller, and it goes on under the test that is open', () => {
    const order = failing(applied(firstLeft()).acts('cn.miit', 'approve-purchase', { approvalNumber: 'CN-A-2' }), 0);
    expect(told(order, 'wave-formed').at(-1)).toMatchObject({ wave: 2, units: 1_900 });
    expect(requested(order)).toBe(2);
    expect(order.acts('test.lab', 'pass-inspection', pass).order.wave).toMatchObject({ units: 1_900 });
    expect(told(order, 'goods-shipped').at(-1)).toMatchObject({ wave: 2, units: 1_900 });
  });

  it('all of it, where nothing has left, leave an order that is cancelled, since there is nothing to test', () => {
    const order = stocked(underTest(), 0, 6_000).acts('test.lab', 'fail-inspection', { ...some, units: '6000' });
    expect(order.order).toMatchObject({ fulfillment: { state: 'test-failed', reason: 'bandwidth' }, allocation: { lots: [] } });
    expect(order.plan.asks).toEqual([{ role: 'seller.desk', acts: ['cancel'] }]);
    expect(order.tries('seller.desk', 'request-retest', { reason: 'x' })).toMatchObject({ refused: 'not-yet', accepted: 'cancel, or short-close' });
    expect(order.acts('seller.desk', 'cancel', { reason: 'no goods' }).plan.closed).toBe(true);
  });

  it('all of it, where others have left, leave an order that is closed short', () => {
    const order = applied(firstLeft()).acts('cn.miit', 'approve-purchase', { approvalNumber: 'CN-A-2' });
    stocked(order, 0, 2_000).acts('test.lab', 'fail-inspection', { ...some, units: '2000' });
    expect(order.plan.asks).toContainEqual({ role: 'seller.desk', acts: ['short-close'] });
    order.acts('seller.desk', 'short-close', { reason: 'the rest failed' });
    order.acts('cn.gacc', 'release', release).acts('carrier', 'confirm-delivery', proof);
    expect(told(order, 'order-ended')).toMatchObject([{ outcome: 'partly-delivered' }]);
    expect(order.plan.closed).toBe(true);
  });

  it('take along the entry of the wave where others come in their place, and its papers where it gets smaller', () => {
    const entered = () => beforeEntry().acts('us.cbp', 'release-entry', { entryNumber: '231-1' }).acts('seller.desk', 'register-paper', statement);
    const replaced = failing(entered(), 100);
    expect(replaced.plan.asks).toEqual([{ role: 'us.cbp', acts: ['release-entry'] }]);
    expect(replaced.order.register).toMatchObject({ papers: [statement] });
    const shortened = failing(entered(), 0);
    expect(shortened.order).toMatchObject({ fulfillment: { state: 'under-test' }, register: { entryNumber: '231-1', papers: [] } });
  });

  it('do not take along an entry that the policy does not ask for', () => {
    const order = failing(beforeEntry(withPapers({ usEntry: 'not-needed' })), 100);
    expect(order.order.fulfillment.state).toBe('under-test');
  });
});

describe('a finding that does not fit', () => {
  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['no lot', { units: '3' }, 'of which lot is not said'],
    ['a lot alone', { lot: 'L1' }, 'units of lot L1 have failed'],
    ['numbers and how many', { lot: 'L1', serials: 'A-1..A-3', units: '3' }, 'units of lot L1 have failed'],
    ['numbers that are no range', { lot: 'L1', serials: 'A-3..A-1' }, 'serials: A-3..A-1'],
    ['a lot of another order', { lot: 'L9', units: '3' }, 'none of its units are of lot L9'],
    ['more than the wave has', { lot: 'L1', units: '4001' }, '4001 units of lot L1 have failed, and the wave has at most 4000'],
    ['more numbers than the wave has', { lot: 'L1', serials: 'A-00001..A-99999' }, 'the wave has at most 4000'],
    ['no number', { lot: 'L1', units: 'three' }, 'expected a whole number'],
  ])('is refused: %s', (_what, named, why) => {
    const order = partApproved();
    const untouched = order.order;
    const refusal = order.tries('test.lab', 'fail-inspection', { ...fail, ...named });
    expect(refusal).toMatchObject({ refused: 'invalid-act', message: expect.stringContaining(why) as unknown });
    expect(order.order).toBe(untouched);
  });

  it('is unknown to an order of the first edition', () => {
    expect(rehearsal().bothKeys().tries('test.lab', 'fail-inspection', some)).toMatchObject({ refused: 'not-in-policy' });
  });

  it('is answered by the ledger otherwise than it adds up, and fails the step', () => {
    const order = stocked(underTest(), 40, 90).acts('test.lab', 'fail-inspection', some);
    expect(order.order.steps['replace-units']).toMatchObject({ state: 'failed', reason: '40 units are replaced and 50 are not, of 100 that failed' });
    expect(order.order.allocation).toMatchObject({ lots: [{ lot: 'L1', units: 6_000 }] });
  });
});

describe('while units are being replaced', () => {
  const replacing = (): Rehearsal => {
    const order = underTest();
    order.slow.add('replace-units');
    return order.acts('test.lab', 'fail-inspection', some);
  };
  const reason = 'x';

  it('nobody judges the wave, makes the order smaller or closes it short', () => {
    const order = replacing();
    expect(order.tries('test.lab', 'pass-inspection', pass)).toMatchObject({ refused: 'not-yet' });
    expect(order.tries('test.lab', 'fail-inspection', some)).toMatchObject({ refused: 'not-yet' });
    expect(order.tries('seller.desk', 'request-retest', { reason })).toMatchObject({ refused: 'not-yet' });
    expect(order.tries('seller.desk', 'amend', { change: 'units', to: '5000', reason })).toMatchObject({ refused: 'not-yet' });
    const second = applied(firstLeft()).acts('cn.miit', 'approve-purchase', { approvalNumber: 'CN-A-2' });
    second.slow.add('replace-units');
    second.acts('test.lab', 'fail-inspection', some);
    expect(second.tries('seller.desk', 'short-close', { reason })).toMatchObject({ refused: 'not-yet', accepted: 'short-close once they are' });
  });

  it('a cancelled order waits for the answer, takes its test back, and gives back what it has then', () => {
    const order = replacing().acts('seller.desk', 'cancel', { reason });
    expect(order.plan).toMatchObject({ run: [], closed: false });
    order.answers('replace-units', inStock(0));
    expect(order.order).toMatchObject({ allocation: { state: 'released' }, steps: { 'release-stock': { state: 'done' } } });
    expect(order.plan.closed).toBe(true);
  });

  it('a held order waits until the hold is lifted', () => {
    const order = underTest().hold();
    order.acts('test.lab', 'fail-inspection', some);
    expect(order.order.steps).not.toHaveProperty('replace-units');
    expect(order.lift().order).toMatchObject({ fulfillment: { state: 'under-test' }, steps: { 'replace-units': { state: 'done' } } });
  });
});

describe('a finding that the ledger does not take', () => {
  const notTaken = (): Rehearsal => {
    const order = underTest();
    order.slow.add('replace-units');
    order.acts('test.lab', 'fail-inspection', { ...some, units: '5' }).fails('replace-units', 'A-1..A-5 are in quarantine already: name the others');
    order.slow.delete('replace-units');
    return order.acts('seller.desk', 'settle-step', { step: 'replace-units', outcome: 'not-done', evidence: 'stock show L1' });
  };

  it('waits on the desk, and once it is settled as not done the laboratory says it otherwise', () => {
    const order = notTaken();
    expect(order.plan.asks).toEqual([
      { role: 'seller.desk', acts: ['retry-step', 'settle-step'] },
      { role: 'test.lab', acts: ['pass-inspection', 'fail-inspection'] },
    ]);
    expect(failing(order, 100).order).toMatchObject({ fulfillment: { state: 'under-test' }, steps: { 'replace-units': { state: 'done', wish: 1 } } });
  });

  it('is passed or failed as a whole instead', () => {
    expect(told(notTaken().acts('test.lab', 'pass-inspection', pass), 'goods-shipped')).toHaveLength(1);
    const whole = notTaken().acts('test.lab', 'fail-inspection', fail);
    expect(whole.order.fulfillment.state).toBe('test-failed');
    expect(whole.acts('seller.desk', 'request-retest', { reason: 'x' }).order.fulfillment.state).toBe('under-test');
  });

  it('holds no order back that is closed short', () => {
    const order = applied(firstLeft()).acts('cn.miit', 'approve-purchase', { approvalNumber: 'CN-A-2' });
    order.slow.add('replace-units');
    order.acts('test.lab', 'fail-inspection', some).fails('replace-units', 'never');
    order.acts('seller.desk', 'settle-step', { step: 'replace-units', outcome: 'not-done', evidence: 'x' });
    order.results['reduce-stock'] = { kept: 0 };
    order.acts('seller.desk', 'short-close', { reason: 'x' });
    order.acts('cn.gacc', 'release', release).acts('carrier', 'confirm-delivery', proof);
    expect(order.order.outcome).toBe('partly-delivered');
    expect(order.plan.closed).toBe(true);
  });
});
