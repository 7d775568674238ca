import { describe, expect, it } from 'vitest';
import { rehearsal } from '../../support/orders.ts';

const pass = { reportNumber: 'LAB-1' };
const fail = { reportNumber: 'LAB-1', reason: 'bandwidth above the declared figure' };
const failed = () => rehearsal().bothKeys().acts('test.lab', 'fail-inspection', fail);

describe('a failed inspection', () => {
  it('waits on the desk, which asks for a retest or cancels', () => {
    expect(failed().plan).toMatchObject({ stage: 'fulfillment', run: [], asks: [{ role: 'seller.desk', acts: ['request-retest', 'cancel'] }] });
  });

  it('is tested again under a new wish and may pass then', () => {
    const order = failed().acts('seller.desk', 'request-retest', { reason: 'firmware corrected' });
    expect(order.order.steps['request-inspection']).toEqual({ state: 'done', wish: 1 });
    order.acts('test.lab', 'pass-inspection', { reportNumber: 'LAB-2' });
    expect(order.order.fulfillment.state).toBe('at-customs');
  });

  it('may fail again, and be tested a third time', () => {
    const order = failed().acts('seller.desk', 'request-retest', { reason: 'once' }).acts('test.lab', 'fail-inspection', fail);
    expect(order.order.fulfillment.state).toBe('test-failed');
    order.acts('seller.desk', 'request-retest', { reason: 'twice' });
    expect(order.order.steps['request-inspection']).toEqual({ state: 'done', wish: 2 });
  });

  it('that ends in a cancellation has no test to cancel, only stock to give back', () => {
    const order = failed().acts('seller.desk', 'cancel', { reason: 'cannot be corrected' });
    expect(order.order).toMatchObject({ outcome: 'cancelled', allocation: { state: 'released' } });
    expect(order.order.steps).not.toHaveProperty('cancel-inspection');
    expect(order.plan.closed).toBe(true);
  });
});

describe('goods that are on their way', () => {
  it('are shipped only after a passed test and a booking', () => {
    const order = rehearsal().bothKeys();
    expect(order.order.steps).not.toHaveProperty('book-shipment');
    order.acts('test.lab', 'pass-inspection', pass);
    expect(order.story.slice(-5)).toEqual(['inspection-passed', 'shipment-booked', 'goods-shipped', 'levy-accrued', 'customs-declared']);
  });

  it('are levied and declared at the same time: neither waits for the other', () => {
    const order = rehearsal();
    order.slow.add('accrue-levy').add('declare-customs');
    order.bothKeys().acts('test.lab', 'pass-inspection', pass);
    expect(order.order.steps).toMatchObject({ 'accrue-levy': { state: 'running' }, 'declare-customs': { state: 'running' } });
    order.answers('declare-customs').acts('cn.gacc', 'release', { releaseNumber: 'GACC-1' });
    expect(order.order.fulfillment).toEqual({ state: 'released', waybill: 'WAYBILL-1' });
  });

  it.each([
    { name: 'release', by: 'cn.gacc', fields: { releaseNumber: 'GACC-1' } },
    { name: 'confirm-delivery', by: 'buyer', fields: { proof: 'POD-1' } },
    { name: 'pass-inspection', by: 'test.lab', fields: pass },
    { name: 'fail-inspection', by: 'test.lab', fields: fail },
    { name: 'request-retest', by: 'seller.desk', fields: { reason: 'x' } },
  ] as const)('are not yet there for $name before the keys have turned', ({ name, by, fields }) => {
    expect(rehearsal().licensed().tries(by, name, fields)?.refused).toBe('not-yet');
  });

  it.each([
    { name: 'release', by: 'cn.gacc', fields: { releaseNumber: 'GACC-2' } },
    { name: 'pass-inspection', by: 'test.lab', fields: pass },
    { name: 'fail-inspection', by: 'test.lab', fields: fail },
    { name: 'request-retest', by: 'seller.desk', fields: { reason: 'x' } },
  ] as const)('are past $name once customs have released them', ({ name, by, fields }) => {
    const order = rehearsal().bothKeys().acts('test.lab', 'pass-inspection', pass).acts('cn.gacc', 'release', { releaseNumber: 'GACC-1' });
    expect(order.tries(by, name, fields)?.refused).toBe('already-decided');
  });

  it('may be confirmed by the buyer where the carrier says nothing', () => {
    const order = rehearsal().bothKeys().acts('test.lab', 'pass-inspection', pass).acts('cn.gacc', 'release', { releaseNumber: 'GACC-1' });
    expect(order.plan.asks.map((ask) => ask.role)).toEqual(['carrier', 'buyer']);
    expect(order.acts('buyer', 'confirm-delivery', { proof: 'POD-1' }).order.outcome).toBe('delivered');
  });
});
