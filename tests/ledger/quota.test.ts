import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Quota } from '../../domain/rules/quota.ts';
import { claimOrders } from '../../ledger/orders.ts';
import { type CappedUnits, reserveWithinQuotas } from '../../ledger/quota.ts';
import { auditStock } from '../../ledger/stock-audit.ts';
import { receiveLot } from '../../ledger/stock-receipt.ts';
import { releaseUnits } from '../../ledger/stock.ts';
import { shipUnits } from '../../ledger/stock-shipments.ts';
import { reserveUnits } from '../../ledger/stock-queue.ts';
import { unitsInUse } from '../../ledger/units-in-use.ts';
import { termsOf } from './capped-orders.ts';
import { withLedger } from './with-ledger.ts';

const ledger = withLedger();
const at = Date.UTC(2026, 1, 4);

const perCustomer = (units: number): Quota => ({ kind: 'units-per-customer', name: 'per-customer', units, products: ['H200', 'MI325X'] });
const inAll = (units: number): Quota => ({ kind: 'units-in-all', name: 'in-all', units, products: ['B200'] });

type Asked = Pick<CappedUnits, 'customer' | 'units' | 'quotas'> & { readonly id: string; readonly product?: 'H200' | 'MI325X' | 'H20' | 'B200' };
/** What an order wants, once its id is claimed. */
async function wants({ id, product = 'H200', ...asked }: Asked): Promise<CappedUnits> {
  await claimOrders(ledger.database, [{ terms: termsOf(id, asked.customer, product, asked.units), policy: '2026-01-rule' }], at);
  return { ...asked, key: `${id}/r`, orderId: id, product, customerClass: 'core', at };
}
const reserve = async (asked: Asked) => reserveWithinQuotas(ledger.database, await wants(asked));
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
    const { quotas: _none, customer: _said, ...plain } = await wants({ id: 'N-1', customer: 'not-asked', units: 90, quotas: [] });
    await reserveUnits(ledger.database, plain);
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

  it('never passes a cap, whatever four clients reserve and give back at the same time', async () => {
    await stock('B200', 100_000);
    const pools = Array.from({ length: 4 }, () => ledger.pool());
    let runs = 0;
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ units: fc.integer({ min: 1, max: 60 }), comesBack: fc.boolean() }), { minLength: 8, maxLength: 12 }),
        async (asked) => {
          runs += 1;
          const before = (await unitsInUse(ledger.database)).filter(({ product }) => product === 'B200').reduce((sum, { units }) => sum + units, 0);
          const cap = before + 100;
          await Promise.all(
            asked.map(async ({ units, comesBack }, index) => {
              const id = `R-${runs}-${index}`;
              const wanted = await wants({ id, customer: `c-${index}`, product: 'B200', units, quotas: [inAll(cap)] });
              const pool = pools[index % 4] ?? ledger.database;
              const answer = await reserveWithinQuotas(pool, wanted);
              seen.add(answer.outcome);
              if (comesBack) await releaseUnits(pool, { orderId: id, reservationKey: wanted.key, at });
            }),
          );
          const after = (await unitsInUse(ledger.database)).filter(({ product }) => product === 'B200').reduce((sum, { units }) => sum + units, 0);
          expect(after).toBeLessThanOrEqual(cap);
          expect(await auditStock(ledger.database)).toBeUndefined();
        },
      ),
      { numRuns: 12 },
    );
    expect([...seen].toSorted()).toEqual(['over-quota', 'reserved']);
  });
});
