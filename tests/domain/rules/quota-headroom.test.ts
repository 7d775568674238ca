import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { headroomOf, overQuota } from '../../../domain/rules/quota-headroom.ts';
import type { Quota, UnitsInUse } from '../../../domain/rules/quota.ts';

const perCustomer: Quota = { kind: 'units-per-customer', name: 'per-customer', units: 75_000, products: ['H200', 'MI325X'] };
const inAll: Quota = { kind: 'units-in-all', name: 'in-all', units: 1_000_000, products: ['H200', 'MI325X'] };
const share: Quota = { kind: 'share-of-us-volume', name: 'half', percent: 50 };
const order = { customer: 'cloud-1', product: 'H200', units: 5_000 };
const inUse: readonly UnitsInUse[] = [
  { customer: 'cloud-1', product: 'H200', units: 60_000 },
  { customer: 'cloud-1', product: 'MI325X', units: 10_000 },
  { customer: 'cloud-1', product: 'H20', units: 900_000 },
  { customer: 'cloud-2', product: 'H200', units: 40_000 },
];

describe('a cap that an order does not fit into', () => {
  it('is the first of those that can be told', () => {
    const narrow: Quota = { ...inAll, name: 'narrow', units: 110_001 };
    expect(overQuota([share, perCustomer, narrow], { ...order, units: 5_001 }, inUse)).toEqual({
      ...{ quota: 'per-customer', limit: 75_000, used: 70_000, left: 5_000 },
    });
    expect(overQuota([share, narrow], { ...order, customer: 'cloud-3', units: 2 }, inUse)).toMatchObject({ quota: 'narrow', left: 1 });
    expect(overQuota([share, perCustomer, inAll], order, inUse)).toBeUndefined();
  });
});

describe('what is left of a quota', () => {
  it('counts the units of a customer, pooled over the products that it names', () => {
    expect(headroomOf([perCustomer], order, inUse)).toEqual([
      { quota: 'per-customer', kind: 'units-per-customer', limit: 75_000, used: 70_000, left: 5_000, fits: true, why: null },
    ]);
    expect(headroomOf([perCustomer], { ...order, units: 5_001 }, inUse)).toMatchObject([{ left: 5_000, fits: false }]);
    expect(headroomOf([perCustomer], { ...order, customer: 'cloud-3' }, inUse)).toMatchObject([{ used: 0, left: 75_000, fits: true }]);
  });

  it('counts all customers where it is a cap in all', () => {
    expect(headroomOf([inAll], order, inUse)).toMatchObject([{ used: 110_000, left: 890_000, fits: true }]);
  });

  it('says nothing of a product that it does not name', () => {
    expect(headroomOf([perCustomer, inAll], { ...order, product: 'H20' }, inUse)).toEqual([]);
  });

  it('is unknown of a share of what nobody knows, and says so', () => {
    expect(headroomOf([share], order, inUse)).toEqual([
      {
        quota: 'half',
        kind: 'share-of-us-volume',
        limit: 'unknown',
        used: 'unknown',
        left: 'unknown',
        fits: null,
        why: '50 % of a volume in the United States that is not published',
      },
    ]);
  });

  it('is a share of what is published, of each product by itself and over all customers, rounded down', () => {
    const published: Quota = { ...share, usVolume: { H200: 200_001, MI325X: 10 } };
    expect(headroomOf([published], order, inUse)).toMatchObject([{ limit: 100_000, used: 100_000, left: 0, fits: false }]);
    expect(headroomOf([published], { ...order, product: 'MI325X', units: 1 }, [])).toMatchObject([{ limit: 5, used: 0, left: 5, fits: true }]);
    expect(headroomOf([published], { ...order, product: 'H20' }, inUse)).toMatchObject([{ limit: 'unknown', fits: null }]);
  });

  it('is unknown where no ledger tells what is used, and says so', () => {
    expect(headroomOf([perCustomer], order, undefined)).toMatchObject([
      { limit: 75_000, used: 'unknown', left: 'unknown', fits: null, why: 'no ledger tells what is used' },
    ]);
  });

  it('is never below 0, fits exactly what is left, and does not change with the order of the books', () => {
    const use = fc.record({
      customer: fc.constantFrom('cloud-1', 'cloud-2'),
      product: fc.constantFrom('H200', 'MI325X', 'H20'),
      units: fc.integer({ min: 1, max: 60_000 }),
    });
    fc.assert(
      fc.property(fc.array(use, { maxLength: 6 }), fc.integer({ min: 1, max: 80_000 }), (books, units) => {
        const [one] = headroomOf([perCustomer], { ...order, units }, books);
        expect(headroomOf([perCustomer], { ...order, units }, books.toReversed())).toEqual([one]);
        expect(one).toMatchObject({ left: expect.any(Number), fits: units <= Number(one?.left) });
        expect(Number(one?.left)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
