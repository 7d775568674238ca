import { describe, expect, it } from 'vitest';
import { createLedgerPort } from '../../activities/ledger.ts';
import type { Quota } from '../../domain/rules/quota.ts';
import { claimOrders } from '../../ledger/orders.ts';
import { receiveLot } from '../../ledger/stock-receipt.ts';
import { releaseUnits } from '../../ledger/stock.ts';
import { shipUnits } from '../../ledger/stock-shipments.ts';
import { reserveUnits } from '../../ledger/stock-queue.ts';
import { unitsInUse } from '../../ledger/units-in-use.ts';
import type { WaitingUnits } from '../../ledger/waitlist.ts';
import { termsOf } from './capped-orders.ts';
import { withLedger } from './with-ledger.ts';

const ledger = withLedger();
const at = Date.UTC(2026, 1, 4);

const perCustomer = (units: number): Quota => ({ kind: 'units-per-customer', name: 'per-customer', units, products: ['H200', 'MI325X'] });

interface Asked extends Pick<WaitingUnits, 'units' | 'quotas'> {
  readonly id: string;
  readonly customer: string;
  readonly product?: 'H200' | 'MI325X' | 'H20';
}
/** What an order wants, once its id is claimed. */
async function wants({ id, customer, product = 'H200', ...asked }: Asked): Promise<WaitingUnits> {
  await claimOrders(ledger.database, [{ terms: termsOf(id, customer, product, asked.units), policy: '2026-01-rule' }], at);
  return { ...asked, key: `${id}/r`, orderId: id, product, customerClass: 'core', at };
}
const reserve = async (asked: Asked) => createLedgerPort(ledger.database).reserve(await wants(asked));
const release = (id: string) => releaseUnits(ledger.database, { orderId: id, reservationKey: `${id}/r`, at });
const ship = (id: string) => shipUnits(ledger.database, { key: `${id}/s`, orderId: id, reservationKey: `${id}/r`, policyEpoch: 0, at });
const used = async (customer: string) => (await unitsInUse(ledger.database)).filter((one) => one.customer === customer);
let lots = 0;
const stock = (product: string, units = 1_000) => receiveLot(ledger.database, { id: `lot-${(lots += 1)}`, product, units }, at);

describe('reserving within quotas', () => {
  it('takes exactly what is left, pooled over products, and answers the quota that has no more', async () => {
    const quotas = [perCustomer(100)];
    await stock('H200');
    await stock('MI325X');
    expect(await reserve({ id: 'P-1', customer: 'pooled', units: 60, quotas })).toMatchObject({ outcome: 'reserved' });
    expect(await reserve({ id: 'P-2', customer: 'pooled', product: 'MI325X', units: 41, quotas })).toEqual({
      ...{ outcome: 'over-quota', quota: 'per-customer', limit: 100, used: 60, left: 40 },
    });
    expect(await reserve({ id: 'P-3', customer: 'pooled', product: 'MI325X', units: 40, quotas })).toMatchObject({ outcome: 'reserved' });
    expect(await reserve({ id: 'P-4', customer: 'pooled', units: 1, quotas })).toMatchObject({ outcome: 'over-quota', left: 0 });
    expect(await reserve({ id: 'P-5', customer: 'another', units: 1, quotas })).toMatchObject({ outcome: 'reserved' });
    expect(await used('pooled')).toEqual([
      { customer: 'pooled', product: 'H200', units: 60, reserved: 60, committed: 0 },
      { customer: 'pooled', product: 'MI325X', units: 40, reserved: 40, committed: 0 },
    ]);
  });

  it('gives the same answer again, though the quota is used up by it', async () => {
    const asked: Asked = { id: 'S-1', customer: 'same', units: 100, quotas: [perCustomer(100)] };
    const first = await reserve(asked);
    expect(first).toMatchObject({ outcome: 'reserved' });
    expect(await reserve(asked)).toEqual(first);
  });

  it('counts what was shipped as committed, and nothing that came back', async () => {
    const quotas = [perCustomer(100)];
    await reserve({ id: 'C-1', customer: 'counted', units: 70, quotas });
    await ship('C-1');
    expect(await used('counted')).toMatchObject([{ reserved: 0, committed: 70 }]);
    await reserve({ id: 'C-2', customer: 'counted', units: 30, quotas });
    await release('C-2');
    expect(await reserve({ id: 'C-3', customer: 'counted', units: 31, quotas })).toMatchObject({ outcome: 'over-quota', used: 70 });
    await release('C-1');
    expect(await used('counted')).toEqual([]);
    expect(await reserve({ id: 'C-4', customer: 'counted', units: 100, quotas })).toMatchObject({ outcome: 'reserved' });
  });

  it('counts also orders that were not asked about quotas', async () => {
    await reserveUnits(ledger.database, await wants({ id: 'N-1', customer: 'not-asked', units: 90 }));
    expect(await reserve({ id: 'N-2', customer: 'not-asked', units: 11, quotas: [perCustomer(100)] })).toMatchObject({ outcome: 'over-quota', used: 90 });
  });

  it('checks nothing that is not published, and what is', async () => {
    await stock('H20', 10);
    const half: Quota = { kind: 'share-of-us-volume', name: 'half', percent: 50 };
    expect(await reserve({ id: 'U-1', customer: 'unknown', product: 'H20', units: 5, quotas: [half] })).toMatchObject({ outcome: 'reserved' });
    const published = { ...half, usVolume: { H20: 13 } };
    expect(await reserve({ id: 'U-2', customer: 'other', product: 'H20', units: 2, quotas: [published] })).toMatchObject({
      outcome: 'over-quota',
      limit: 6,
      left: 1,
    });
    expect(await reserve({ id: 'U-3', customer: 'other', product: 'H20', units: 1, quotas: [published] })).toMatchObject({ outcome: 'reserved' });
  });

  it('takes nothing of a quota where stock is short', async () => {
    expect(await reserve({ id: 'T-1', customer: 'short', units: 5_000, quotas: [perCustomer(9_000)] })).toMatchObject({ outcome: 'short' });
    expect(await used('short')).toEqual([]);
  });

  it('is refused to an order that nobody has submitted: whose units it would be is not known', async () => {
    const wanted = { key: 'X-1/r', orderId: 'X-1', product: 'H200', units: 1, customerClass: 'core', quotas: [perCustomer(100)], at } as const;
    await expect(reserveUnits(ledger.database, wanted)).rejects.toThrow('order X-1 was never submitted to this ledger');
  });
});
