import { describe, expect, it } from 'vitest';
import { auditLicenses } from '../../ledger/licenses-audit.ts';
import { reinstateLicense, revokeLicense, suspendLicense } from '../../ledger/licenses-changes.ts';
import { licenseProof } from '../../ledger/licenses-papers.ts';
import { LicenseConflict } from '../../ledger/licenses-record.ts';
import { recordChange } from '../../ledger/policy-board.ts';
import { keepUnits } from '../../ledger/stock.ts';
import { auditStock } from '../../ledger/stock-audit.ts';
import { receiveLot } from '../../ledger/stock-receipt.ts';
import { inTransaction, query } from '../../ledger/database.ts';
import { holdingsOf } from './with-ledger.ts';
import { draw, key, needOf, withLicensedStock } from './with-licensed-stock.ts';
import { at, change } from './with-licenses.ts';

const { ledger, issue, licensed, release, reserve, ship, stands, stock } = withLicensedStock();

describe('a license that is issued', () => {
  it('is set aside whole for its order, and tells the next its conditions once that order has ended', async () => {
    await stock('i1', 300);
    await licensed('i1', 'i1-a', 'I1', 200);
    expect(await stands('I1')).toEqual({ free: 0, reserved: 200, used: 0 });
    expect(await reserve('i1', 'i1-b', 50)).not.toHaveProperty('license');
    expect(await release('i1-a')).toEqual({ released: 200 });
    expect(await stands('I1')).toEqual({ free: 200, reserved: 0, used: 0 });
    expect(await reserve('i1', 'i1-c', 150)).toMatchObject({ outcome: 'reserved', license: { number: 'I1', conditions: ['no transfer'] } });
  });

  it('for a part gives the excess stock back, from the last lots, and the same again changes nothing', async () => {
    for (const lot of ['a', 'b', 'c']) await receiveLot(ledger.database, { id: `i2-${lot}`, product: 'i2', units: 100 }, at);
    const record = await licensed('i2', 'i2-a', 'I2', 300, { part: 150 });
    await issue('i2', 'i2-a', 'I2', record);
    expect(await holdingsOf(ledger.database, 'i2')).toMatchObject({ free: 150, reserved: 150 });
    expect(await ship('i2-a', draw('i2-a', 'I2', 150, 'notify-license'))).toMatchObject({ outcome: 'shipped' });
    expect(await stands('I2')).toEqual({ free: 0, reserved: 0, used: 150 });
  });

  it('takes the place of what the order had set aside on another', async () => {
    await stock('i3', 300);
    await licensed('i3', 'i3-a', 'I3', 100);
    await release('i3-a');
    expect(await reserve('i3', 'i3-b', 100)).toMatchObject({ license: { number: 'I3' } });
    await licensed('i3', 'i3-b', 'I3B', 100);
    expect(await stands('I3')).toEqual({ free: 100, reserved: 0, used: 0 });
    expect(await stands('I3B')).toEqual({ free: 0, reserved: 100, used: 0 });
  });

  it('keeps what proves it, as it came first', async () => {
    await stock('i4', 10);
    await reserve('i4', 'i4-a', 10);
    const record = { ...needOf('i4', 10), product: 'i4', units: 10, issuedAt: at, expires: null, stockKey: key('i4-a', 'reserve-stock'), givenBack: [] };
    await issue('i4', 'i4-a', 'I4', record, { envelope: 'first' });
    await issue('i4', 'i4-a', 'I4', record, { envelope: 'second' });
    expect(await licenseProof(ledger.database, 'I4')).toEqual({ envelope: 'first' });
    await expect(query(ledger.database, `update license_papers set proof = '{}'`)).rejects.toThrow('never rewritten');
  });

  it('refuses its number to another license, and leaves stock and licenses as they were', async () => {
    await stock('i5', 100);
    await licensed('i5', 'i5-a', 'I5', 40);
    await reserve('i5', 'i5-b', 60);
    const other = { ...needOf('i5', 30), product: 'i5', units: 30, issuedAt: at, expires: null, stockKey: key('i5-b', 'reserve-stock'), givenBack: [] };
    await expect(issue('i5', 'i5-b', 'I5', other)).rejects.toBeInstanceOf(LicenseConflict);
    expect(await holdingsOf(ledger.database, 'i5')).toMatchObject({ reserved: 100 });
    expect(await stands('I5')).toEqual({ free: 0, reserved: 40, used: 0 });
  });

  it('of an order that has ended meanwhile is nobody’s yet, and free', async () => {
    await stock('i6', 10);
    await reserve('i6', 'i6-a', 10);
    await release('i6-a');
    await issue('i6', 'i6-a', 'I6', {
      ...needOf('i6', 10),
      product: 'i6',
      units: 10,
      issuedAt: at,
      expires: null,
      stockKey: key('i6-a', 'reserve-stock'),
      givenBack: [],
    });
    expect(await stands('I6')).toEqual({ free: 10, reserved: 0, used: 0 });
  });
});

describe('a license that covers', () => {
  it('answers the same again, also where it was taken away since', async () => {
    await stock('c1', 300);
    await licensed('c1', 'c1-a', 'C1', 100, { expires: '2026-12-31' });
    await release('c1-a');
    const first = await reserve('c1', 'c1-b', 100);
    expect(first).toMatchObject({ license: { number: 'C1', expires: '2026-12-31' } });
    await revokeLicense(ledger.database, change('C1', 'all'));
    expect(await reserve('c1', 'c1-b', 100)).toEqual(first);
  });

  it('is not looked for again where there was none', async () => {
    await stock('c2', 300);
    const first = await reserve('c2', 'c2-b', 100);
    expect(first).not.toHaveProperty('license');
    await licensed('c2', 'c2-a', 'C2', 100);
    await release('c2-a');
    expect(await reserve('c2', 'c2-b', 100)).toEqual(first);
  });

  it('has its last 100 units for one of two orders that race for them', async () => {
    await stock('c3', 1_000);
    await licensed('c3', 'c3-a', 'C3', 100);
    await release('c3-a');
    const answers = await Promise.all([reserve('c3', 'c3-b', 100, ledger.pool()), reserve('c3', 'c3-c', 100, ledger.pool())]);
    expect(answers.filter((one) => 'license' in one)).toHaveLength(1);
    expect(await stands('C3')).toEqual({ free: 0, reserved: 100, used: 0 });
  });

  it('is not asked for stock that is short', async () => {
    await stock('c4', 100);
    await licensed('c4', 'c4-a', 'C4', 100);
    await release('c4-a');
    expect(await reserve('c4', 'c4-b', 101)).toEqual({ outcome: 'short', free: 100, place: 1, waiting: 1 });
    expect(await stands('C4')).toEqual({ free: 100, reserved: 0, used: 0 });
  });
});

describe('a shipment', () => {
  it('takes stock and license together, once; one that the license does not carry takes neither', async () => {
    await stock('s1', 100);
    await licensed('s1', 's1-a', 'S1', 100);
    await suspendLicense(ledger.database, change('S1', 'stop'));
    const license = draw('s1-a', 'S1', 100, 'notify-license');
    expect(await ship('s1-a', license)).toEqual({ outcome: 'license-refused', code: 'license-suspended', licenseNumber: 'S1', available: 100 });
    expect(await holdingsOf(ledger.database, 's1')).toMatchObject({ reserved: 100, shipped: 0 });
    expect(await stands('S1')).toEqual({ free: 0, reserved: 100, used: 0 });
    await reinstateLicense(ledger.database, change('S1', 'go'));
    expect(await ship('s1-a', license, { wish: 1 })).toMatchObject({ outcome: 'shipped' });
    expect(await ship('s1-a', license, { wish: 1 })).toMatchObject({ outcome: 'shipped' });
    expect(await holdingsOf(ledger.database, 's1')).toMatchObject({ reserved: 0, shipped: 100 });
    expect(await stands('S1')).toEqual({ free: 0, reserved: 0, used: 100 });
  });

  it('of the newest order finds nothing left where a part was revoked', async () => {
    await stock('s2', 300);
    await licensed('s2', 's2-a', 'S2', 200);
    await release('s2-a');
    for (const order of ['s2-b', 's2-c']) expect(await reserve('s2', order, 100)).toMatchObject({ license: { number: 'S2' } });
    await revokeLicense(ledger.database, { ...change('S2', 'part'), units: 100 });
    expect(await ship('s2-c', draw('s2-c', 'S2', 100, 'reserve-stock'))).toMatchObject({ code: 'license-balance', available: 0 });
    expect(await ship('s2-b', draw('s2-b', 'S2', 100, 'reserve-stock'))).toMatchObject({ outcome: 'shipped' });
  });

  it('after the last day is refused', async () => {
    await stock('s3', 10);
    await licensed('s3', 's3-a', 'S3', 10, { expires: '2026-03-01' });
    const license = draw('s3-a', 'S3', 10, 'notify-license');
    expect(await ship('s3-a', license, { wish: 0, day: '2026-03-02' })).toMatchObject({ code: 'license-expired', available: 10 });
    expect(await ship('s3-a', license, { wish: 1, day: '2026-03-01' })).toMatchObject({ outcome: 'shipped' });
  });

  it('is looked at by the policy first', async () => {
    await stock('s4', 10);
    await licensed('s4', 's4-a', 'S4', 10);
    await suspendLicense(ledger.database, change('S4', 'stop'));
    await recordChange(ledger.database, { orderId: 's4-a', id: 'P-1', effect: 'hold', reason: 'review' });
    expect(await ship('s4-a', draw('s4-a', 'S4', 10, 'notify-license'))).toMatchObject({ outcome: 'stale-epoch' });
  });

  it('of another number of units than are reserved is no shipment', async () => {
    await stock('s5', 10);
    await licensed('s5', 's5-a', 'S5', 10);
    await expect(ship('s5-a', draw('s5-a', 'S5', 9, 'notify-license'))).rejects.toThrow(
      '10 units of reservation s5-a/reserve-stock/0 are to leave, and 9 are to be taken off license S5',
    );
    expect(await holdingsOf(ledger.database, 's5')).toMatchObject({ reserved: 10, shipped: 0 });
  });

  it('of an order that became smaller gives back what it had set aside in excess', async () => {
    await stock('s6', 100);
    await licensed('s6', 's6-a', 'S6', 100);
    await inTransaction(ledger.database, (session) => keepUnits(session, key('s6-a', 'reserve-stock'), 1, at));
    expect(await ship('s6-a', draw('s6-a', 'S6', 1, 'notify-license'))).toMatchObject({ outcome: 'shipped' });
    expect(await stands('S6')).toEqual({ free: 99, reserved: 0, used: 1 });
  });

  it('that never left is taken back with its stock', async () => {
    await stock('s7', 10);
    await licensed('s7', 's7-a', 'S7', 10);
    await ship('s7-a', draw('s7-a', 'S7', 10, 'notify-license'));
    expect(await release('s7-a')).toEqual({ released: 10 });
    expect(await release('s7-a')).toEqual({ released: 0 });
    expect(await stands('S7')).toEqual({ free: 10, reserved: 0, used: 0 });
  });
});

it('leaves every license and all stock as their journals add up to', async () => {
  expect(await auditLicenses(ledger.database)).toBeUndefined();
  expect(await auditStock(ledger.database)).toBeUndefined();
});
