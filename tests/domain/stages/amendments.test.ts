import { describe, expect, it } from 'vitest';
import { amendable } from '../../../domain/rules/amendments.ts';
import { policyOfToday, type Rehearsal, rehearsal } from '../../support/orders.ts';

const pass = { reportNumber: 'LAB-1' };
/** An order of today; the ledger keeps what it is asked to. */
function today(kept = 400): Rehearsal {
  const order = rehearsal({}, policyOfToday());
  order.results['reduce-stock'] = { kept };
  return order;
}
const open = (): Rehearsal => today().submitted();
const licensed = (): Rehearsal => today().licensed();
const gone = (): Rehearsal => today().bothKeys().acts('test.lab', 'pass-inspection', pass);
const amend = (change: string, to: string) => ({ change, to, reason: 'as the customer asks' });

describe('an amendment', () => {
  it('to fewer units gives back what is reserved beyond them, before anything else is done', () => {
    const order = open().acts('seller.desk', 'amend', amend('units', '400'));
    expect(order.order).toMatchObject({ shortened: { units: 400 }, allocation: { state: 'reserved', lots: [{ lot: 'L1', units: 400 }] } });
    expect(order.order.usReview.state).toBe('filed');
  });

  it.each(['running', 'failed'])('to fewer units waits while the reservation is %s: what is asked under a key stays what it was', (state) => {
    const order = today();
    order.slow.add('reserve-stock');
    order.submitted();
    if (state === 'failed') order.fails('reserve-stock');
    expect(order.tries('seller.desk', 'amend', amend('units', '400'))?.refused).toBe('not-yet');
  });

  it('twice gives back twice', () => {
    const order = open().acts('seller.desk', 'amend', amend('units', '400'));
    order.results['reduce-stock'] = { kept: 300 };
    order.acts('seller.desk', 'amend', amend('units', '300'));
    expect(order.order).toMatchObject({ shortened: { units: 300 }, steps: { 'reduce-stock': { state: 'done', wish: 1 } } });
  });

  it('that the ledger did not carry out waits on the desk', () => {
    const order = today(6_000).submitted().acts('seller.desk', 'amend', amend('units', '400'));
    expect(order.order.steps['reduce-stock']).toMatchObject({ state: 'failed', reason: '6000 units were kept, and 400 were asked for' });
    expect(order.plan.asks).toContainEqual({ role: 'seller.desk', acts: ['retry-step', 'settle-step'] });
  });

  it('is what is shipped, invoiced and levied', () => {
    const order = licensed()
      .acts('seller.desk', 'amend', amend('units', '400'))
      .acts('seller.desk', 'amend', amend('price', '2000000'))
      .acts('buyer', 'apply-purchase', { applicationNumber: 'CN-1' })
      .acts('cn.mofcom', 'approve-purchase', { approvalNumber: 'CN-A-1' })
      .acts('test.lab', 'pass-inspection', pass);
    expect(order.events.find(({ type }) => type === 'goods-shipped')).toMatchObject({ units: 400 });
    expect(order.order.levyMinor).toBe((400 * 2_000_000) / 4);
  });

  it.each(['0', '-1', '1.5', '0400', '4e2', '10000000000000000', 'many'])('to %j units is of no form', (to) => {
    expect(open().tries('seller.desk', 'amend', amend('units', to))?.refused).toBe('invalid-act');
  });

  it('of the price may not take the order past what money is counted to', () => {
    expect(open().tries('seller.desk', 'amend', amend('price', '999999999999'))?.refused).toBe('invalid-act');
  });

  it.each(['product', 'customer', 'end-use', 'site'])('of the %s asks for a new order, before the license and after it', (change) => {
    for (const [order, says] of [
      [open(), 'cancel, which withdraws the application'],
      [licensed(), 'once that one is licensed'],
    ] as const) {
      const refusal = order.tries('seller.desk', 'amend', amend(change, 'other'));
      expect(refusal?.refused).toBe('replacement-needed');
      expect(refusal?.accepted).toContain(says);
    }
  });

  it.each(amendable)('of %s after export is written down and changes nothing', (change) => {
    const order = gone();
    const { order: before } = order;
    order.acts('seller.desk', 'amend', amend(change, change === 'units' || change === 'price' ? '7' : 'other'), 'amended');
    expect({ ...order.order, acts: {} }).toEqual({ ...before, acts: {} });
    expect(order.events.at(-1)).toMatchObject({ type: 'amendment-recorded', change });
  });

  it('of the price of a signed order asks for a new one: the price was signed', () => {
    const order = open();
    order.order = { ...order.order, actors: {} };
    const act = { name: 'amend', id: 'a', by: 'seller.desk', change: 'price', to: '5', reason: 'x' } as const;
    expect(order.take({ type: 'act', act })?.refused).toBe('signature-missing');
  });
});

describe('a second look at the parties before goods leave', () => {
  it('brings a hit to the second pair of eyes, and nothing is booked meanwhile', () => {
    const order = rehearsal({}, policyOfToday());
    order.results['rescreen-parties'] = { outcome: 'hit', listVersion: 'list-2', matches: ['entity 17'] };
    order.bothKeys().acts('test.lab', 'pass-inspection', pass);
    expect(order.plan).toMatchObject({ stage: 'intake', asks: [{ role: 'compliance.second', acts: ['clear-hit', 'confirm-hit'] }], run: [] });
    expect(order.order.steps).not.toHaveProperty('book-shipment');
    order.acts('compliance.second', 'clear-hit', { reason: 'another company' });
    expect(order.order.fulfillment.state).toBe('at-customs');
  });

  it('that confirms a hit ends the order and takes back what it held', () => {
    const order = rehearsal({}, policyOfToday());
    order.results['rescreen-parties'] = { outcome: 'hit', listVersion: 'list-2', matches: ['entity 17'] };
    order.bothKeys().acts('test.lab', 'pass-inspection', pass).acts('compliance.second', 'confirm-hit', { reason: 'the same' });
    expect(order.order).toMatchObject({ outcome: 'refused-at-intake', allocation: { state: 'released' } });
    expect(order.plan.closed).toBe(true);
  });

  it('keeps the version of the list', () =>
    expect(gone().events).toContainEqual(expect.objectContaining({ type: 'parties-rescreened', listVersion: 'list-2' })));
});
