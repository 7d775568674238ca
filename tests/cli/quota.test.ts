import { beforeAll, describe, expect, it } from 'vitest';
import { claimOrders } from '../../ledger/orders.ts';
import { receiveLot } from '../../ledger/stock-receipt.ts';
import { shipUnits } from '../../ledger/stock-shipments.ts';
import { reserveUnits } from '../../ledger/stock-queue.ts';
import { termsOf } from '../ledger/capped-orders.ts';
import { withLedger } from '../ledger/with-ledger.ts';
import { Cli, expectFailure, expectSentence } from '../support/cli.ts';

const ledger = withLedger();
let cli: Cli;
beforeAll(async () => {
  cli = new Cli({ DATABASE_URL: ledger.url });
  const { database } = ledger;
  for (const [orderId, customer, product, units] of [
    ['A-1', 'cloud-1', 'H200', 70_000],
    ['A-2', 'cloud-1', 'MI325X', 4_000],
    ['A-3', 'cloud-2', 'H200', 500],
  ] as const) {
    await claimOrders(database, [{ terms: termsOf(orderId, customer, product, units), policy: '2026-01-rule' }], 0);
    await receiveLot(database, { id: `lot-${orderId}`, product, units }, 0);
    await reserveUnits(database, { customerClass: 'core', key: `${orderId}/r`, orderId, product, units, at: 0 });
  }
  await shipUnits(database, { key: 'A-1/s', orderId: 'A-1', reservationKey: 'A-1/r', policyEpoch: 0, at: 0 });
});
const show = (...args: readonly string[]) => ['quota', 'show', '--policy', '2026-01-rule', ...args];
const pooled = { quota: 'units-per-customer', kind: 'units-per-customer', products: ['H200', 'MI325X'], limit: 75_000 };
const inAll = { quota: 'units-in-all', kind: 'units-in-all', customer: null, products: ['H200', 'MI325X'], limit: 1_000_000 };
const half = { quota: 'half-of-us-volume', kind: 'share-of-us-volume', customer: null, limit: 'not published', headroom: 'not published' };

describe('twokey quota show', () => {
  it('tells limit, reserved, committed and headroom of every quota, of each customer that has units in use', async () => {
    expect(await cli.json(...show())).toEqual({
      policy: '2026-01-rule',
      quotas: [
        { ...half, products: ['H200'], reserved: 500, committed: 70_000 },
        { ...half, products: ['MI325X'], reserved: 4_000, committed: 0 },
        { ...pooled, customer: 'cloud-1', reserved: 4_000, committed: 70_000, headroom: 1_000 },
        { ...pooled, customer: 'cloud-2', reserved: 500, committed: 0, headroom: 74_500 },
        { ...inAll, reserved: 4_500, committed: 70_000, headroom: 925_500 },
      ],
    });
  });

  it('tells of one customer and of one product', async () => {
    expect(await cli.json(...show('--customer', 'cloud-3', '--product', 'MI325X'))).toEqual({
      policy: '2026-01-rule',
      quotas: [
        { ...half, products: ['MI325X'], reserved: 4_000, committed: 0 },
        { ...pooled, customer: 'cloud-3', reserved: 0, committed: 0, headroom: 75_000 },
        { ...inAll, reserved: 4_500, committed: 70_000, headroom: 925_500 },
      ],
    });
  });

  it('tells a person, and says what is not published', async () => {
    const text = await cli.text(...show());
    expect(text).toMatch(/^units per customer +cloud-1 +75,000 +4,000 +70,000 +1,000$/m);
    expect(text).toMatch(/^half of us volume +H200 +not published +500 +70,000 +not published$/m);
    expectSentence(text);
    expect(await cli.text('quota', 'show', '--policy', '2025-12-announcement')).toBe('policy 2025-12-announcement\n\nno quota of it counts anything here\n');
  });

  it.each([
    ['an unknown policy', 'policy-unknown', ['--policy', 'x']],
    ['an unknown product', 'product-unknown', ['--product', 'x']],
    ['no customer code', 'customer-invalid', ['--customer', '..']],
  ])('refuses %s', async (_what, code, args) => {
    await expectFailure(cli, 2, code, 'quota', 'show', ...args);
  });
});
