import { expect, it } from 'vitest';
import type { OrderTerms } from '../../domain/terms.ts';
import { claimOrders } from '../../ledger/orders.ts';
import { releaseUnits } from '../../ledger/stock.ts';
import { shipUnits } from '../../ledger/stock-shipments.ts';
import { reserveUnits } from '../../ledger/stock-queue.ts';
import { receiveLot } from '../../ledger/stock-receipt.ts';
import { unitsInUse } from '../../ledger/units-in-use.ts';
import { withLedger } from './with-ledger.ts';

const ledger = withLedger();
const at = Date.UTC(2026, 0, 15);

const terms: Omit<OrderTerms, 'id' | 'customer' | 'product' | 'units'> = {
  customerClass: 'core',
  unitPriceMinor: 3_000_000,
  currency: 'USD',
  endUse: 'civil-ai',
  reviews: 'in-sequence',
  fileApplication: 'by-act',
};

async function reserved(id: string, customer: string, product: 'H200' | 'MI325X', units: number): Promise<void> {
  await claimOrders(ledger.database, [{ terms: { ...terms, id, customer, product, units }, policy: '2026-01-rule' }], at);
  const answer = await reserveUnits(ledger.database, { customerClass: 'core', key: `${id}/r`, orderId: id, product, units, at });
  expect(answer.outcome).toBe('reserved');
}

it('counts what is reserved and what was shipped by customer and product, over lots and orders, and not what was given back', async () => {
  for (const [id, product, units] of [
    ['L1', 'H200', 60],
    ['L2', 'H200', 200],
    ['L3', 'MI325X', 50],
  ] as const)
    await receiveLot(ledger.database, { id, product, units }, at);
  expect(await unitsInUse(ledger.database)).toEqual([]);
  await reserved('A-1', 'cloud-1', 'H200', 100);
  await reserved('A-2', 'cloud-1', 'MI325X', 50);
  await reserved('A-3', 'cloud-2', 'H200', 30);
  await reserved('A-4', 'cloud-1', 'H200', 10);
  await shipUnits(ledger.database, { key: 'A-1/s', orderId: 'A-1', reservationKey: 'A-1/r', policyEpoch: 0, at });
  await releaseUnits(ledger.database, { orderId: 'A-3', reservationKey: 'A-3/r', at });
  expect(await unitsInUse(ledger.database)).toEqual([
    { customer: 'cloud-1', product: 'H200', units: 110, reserved: 10, committed: 100 },
    { customer: 'cloud-1', product: 'MI325X', units: 50, reserved: 50, committed: 0 },
  ]);
});
