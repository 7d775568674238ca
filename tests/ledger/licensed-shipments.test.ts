import { describe, expect, it } from 'vitest';
import { inTransaction } from '../../ledger/database.ts';
import { auditLicenses } from '../../ledger/licenses-audit.ts';
import { revokeLicense } from '../../ledger/licenses-changes.ts';
import { auditStock } from '../../ledger/stock-audit.ts';
import { quarantineReturn } from '../../ledger/stock-return.ts';
import { keepUnits } from '../../ledger/stock.ts';
import { holdingsOf } from './with-ledger.ts';
import { draw, key, withLicensedStock } from './with-licensed-stock.ts';
import { at, change } from './with-licenses.ts';

const { ledger, licensed, release, reserve, ship, stands, stock } = withLicensedStock();

/** Ships a part, as many units of which are taken off the license. */
const shipPart = (order: string, number: string, units: number, wish: number, of: 'reserve-stock' | 'notify-license' = 'notify-license') =>
  ship(order, draw(order, number, units, of), { wish, units });
const keep = (order: string, units: number): Promise<void> =>
  inTransaction(ledger.database, (session) => keepUnits(session, key(order, 'reserve-stock'), units, at));

describe('an order that leaves in parts', () => {
  it('takes each off its license, and keeps what it has set aside for the others until the last, and tells of each what the license had before and after it', async () => {
    await stock('w1', 300);
    await licensed('w1', 'w1-a', 'W1', 100);
    expect(await shipPart('w1-a', 'W1', 30, 0)).toEqual({ outcome: 'shipped', license: { before: 100, after: 70 } });
    expect(await stands('W1')).toEqual({ free: 0, reserved: 70, used: 30 });
    expect(await reserve('w1', 'w1-b', 10)).not.toHaveProperty('license');
    expect(await shipPart('w1-a', 'W1', 30, 0)).toEqual({ outcome: 'shipped', license: { before: 100, after: 70 } });
    expect(await shipPart('w1-a', 'W1', 50, 1)).toEqual({ outcome: 'shipped', license: { before: 70, after: 20 } });
    await keep('w1-a', 15);
    expect(await shipPart('w1-a', 'W1', 15, 2)).toEqual({ outcome: 'shipped', license: { before: 20, after: 5 } });
    expect(await stands('W1')).toEqual({ free: 5, reserved: 0, used: 95 });
    expect(await reserve('w1', 'w1-c', 5)).toMatchObject({ license: { number: 'W1' } });
  });

  it('ships no part for which another number is to be taken off the license', async () => {
    await stock('w2', 10);
    await licensed('w2', 'w2-a', 'W2', 10);
    const license = draw('w2-a', 'W2', 10, 'notify-license');
    await expect(ship('w2-a', license, { units: 4 })).rejects.toThrow('4 units of reservation w2-a/reserve-stock/0 are to leave, and 10');
    expect(await holdingsOf(ledger.database, 'w2')).toMatchObject({ reserved: 10, shipped: 0 });
    expect(await stands('W2')).toEqual({ free: 0, reserved: 10, used: 0 });
  });

  it('leaves the rest where it is once its license is revoked', async () => {
    await stock('w3', 200);
    await licensed('w3', 'w3-a', 'W3', 100);
    await release('w3-a');
    expect(await reserve('w3', 'w3-b', 100)).toMatchObject({ license: { number: 'W3' } });
    await shipPart('w3-b', 'W3', 40, 0, 'reserve-stock');
    await revokeLicense(ledger.database, change('W3', 'all'));
    expect(await shipPart('w3-b', 'W3', 60, 1, 'reserve-stock')).toMatchObject({ outcome: 'license-refused', code: 'license-revoked' });
    expect(await shipPart('w3-b', 'W3', 40, 0, 'reserve-stock')).toMatchObject({ outcome: 'shipped' });
    expect(await holdingsOf(ledger.database, 'w3')).toMatchObject({ free: 100, reserved: 60, shipped: 40 });
  });

  it('that ends gives back what has not left, and the use of what never did', async () => {
    await stock('w4', 100);
    await licensed('w4', 'w4-a', 'W4', 100);
    await shipPart('w4-a', 'W4', 30, 0);
    await shipPart('w4-a', 'W4', 20, 1);
    const left = ['w4-a/ship/0'];
    expect([await release('w4-a', left), await release('w4-a', left)]).toEqual([{ released: 70 }, { released: 0 }]);
    expect(await holdingsOf(ledger.database, 'w4')).toMatchObject({ free: 70, reserved: 0, shipped: 30 });
    expect(await stands('W4')).toEqual({ free: 70, reserved: 0, used: 30 });
  });

  it('all of which has left gives nothing back but what it had set aside', async () => {
    await stock('w5', 100);
    await licensed('w5', 'w5-a', 'W5', 100);
    await keep('w5-a', 60);
    await shipPart('w5-a', 'W5', 40, 0);
    await keep('w5-a', 0);
    expect(await stands('W5')).toEqual({ free: 0, reserved: 60, used: 40 });
    expect(await release('w5-a', ['w5-a/ship/0'])).toEqual({ released: 0 });
    expect(await stands('W5')).toEqual({ free: 60, reserved: 0, used: 40 });
  });

  it('has used its license also for what customs sent back', async () => {
    await stock('w6', 100);
    await licensed('w6', 'w6-a', 'W6', 100);
    await shipPart('w6-a', 'W6', 40, 0);
    const back = { key: key('w6-a', 'quarantine-return'), orderId: 'w6-a', shipmentKey: 'w6-a/ship/0', reason: 'refused', at: at + 3 };
    expect(await quarantineReturn(ledger.database, back)).toEqual({ quarantined: 40 });
    expect(await release('w6-a')).toEqual({ released: 60 });
    expect(await holdingsOf(ledger.database, 'w6')).toMatchObject({ free: 60, quarantined: 40, shipped: 0 });
    expect(await stands('W6')).toEqual({ free: 60, reserved: 0, used: 40 });
  });
});

it('leaves every license and all stock as their journals add up to', async () => {
  expect(await auditLicenses(ledger.database)).toBeUndefined();
  expect(await auditStock(ledger.database)).toBeUndefined();
});
