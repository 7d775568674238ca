import { describe, expect, it } from 'vitest';
import type { Quota } from '../../../domain/rules/quota.ts';
import { headroomOf } from '../../../domain/rules/quota-headroom.ts';
import { type QuotaUse, quotaStandings } from '../../../domain/rules/quota-standing.ts';

const pool = ['H200', 'MI325X'];
const perCustomer: Quota = { kind: 'units-per-customer', name: 'per-customer', units: 75_000, products: pool };
const inAll: Quota = { kind: 'units-in-all', name: 'in-all', units: 100_000, products: pool };
const share: Quota = { kind: 'share-of-us-volume', name: 'half', percent: 50 };
const used = (customer: string, product: string, reserved: number, committed: number): QuotaUse => ({
  ...{ customer, product, reserved, committed },
  units: reserved + committed,
});
const inUse = [used('cloud-1', 'H200', 1_000, 60_000), used('cloud-1', 'MI325X', 10_000, 0), used('cloud-2', 'H200', 0, 40_000), used('cloud-3', 'H20', 5, 0)];

describe('how quotas stand', () => {
  it('tells of each customer that has units in use what is reserved and committed, pooled', () => {
    const told = { quota: 'per-customer', kind: 'units-per-customer', products: pool, limit: 75_000 };
    expect(quotaStandings([perCustomer], inUse, {})).toEqual([
      { ...told, customer: 'cloud-1', reserved: 11_000, committed: 60_000, headroom: 4_000 },
      { ...told, customer: 'cloud-2', reserved: 0, committed: 40_000, headroom: 35_000 },
    ]);
  });

  it('tells of one customer also where nothing is in use', () => {
    expect(quotaStandings([perCustomer], inUse, { customer: 'cloud-9' })).toMatchObject([{ customer: 'cloud-9', reserved: 0, committed: 0, headroom: 75_000 }]);
  });

  it('counts all customers where the cap is in all, and has never less than nothing left', () => {
    expect(quotaStandings([inAll], inUse, { customer: 'cloud-1' })).toMatchObject([{ customer: null, reserved: 11_000, committed: 100_000, headroom: 0 }]);
  });

  it('says that a share is not published, and counts it all the same', () => {
    expect(quotaStandings([share], inUse, { product: 'H200' })).toMatchObject([
      { products: ['H200'], limit: 'not published', reserved: 1_000, committed: 100_000, headroom: 'not published' },
    ]);
  });

  it('takes a share of each product by itself where the volume is published', () => {
    expect(quotaStandings([{ ...share, usVolume: { H200: 300_000, B200: 9 } }], inUse, {})).toMatchObject([
      { products: ['B200'], limit: 4, headroom: 4 },
      { products: ['H20'], limit: 'not published', reserved: 5 },
      { products: ['H200'], limit: 150_000, headroom: 49_000 },
      { products: ['MI325X'], limit: 'not published' },
    ]);
  });

  it('leaves out what does not limit the product that is asked about', () => {
    expect(quotaStandings([perCustomer, inAll, share], inUse, { product: 'H20' }).map(({ quota }) => quota)).toEqual(['half']);
  });

  it('leaves the room that an order is told before it is filed', () => {
    const order = { customer: 'cloud-1', product: 'H200', units: 1 };
    const left = headroomOf([perCustomer, inAll], order, inUse).map((one) => one.left);
    expect(quotaStandings([perCustomer, inAll], inUse, order).map(({ headroom }) => headroom)).toEqual(left);
  });
});
