import { describe, expect, it } from 'vitest';
import { type Amount, type Coverage, licenseStanding } from '../../ledger/licenses.ts';
import { reviseLicense, suspendLicense } from '../../ledger/licenses-changes.ts';
import { LicenseConflict, recordLicense } from '../../ledger/licenses-record.ts';
import { releaseLicense, reserveLicense } from '../../ledger/licenses-reservations.ts';
import { at, change, coverage, license, on, withLicenses, worth } from './with-licenses.ts';

const { ledger, issued, reserve } = withLicenses();
const standing = (number: string, day = on) => licenseStanding(ledger.database, number, day);

describe('a license', () => {
  it('is recorded with all of it free, and again without a second one', async () => {
    const one = license('rec-1', { parties: ['distributor-1', 'end-user-1'], valueMinor: 1_000_000_000_000_000, expires: null });
    await recordLicense(ledger.database, one, at);
    await recordLicense(ledger.database, one, at + 1);
    const none = { units: 0, valueMinor: 0 };
    expect(await standing('rec-1')).toEqual({
      ...{ ...one, status: 'live', free: { units: 100, valueMinor: 1_000_000_000_000_000 }, reserved: none, used: none, revokedUnits: 0 },
    });
    expect(await standing('rec-never')).toBeUndefined();
  });

  it.each([
    { units: 99 },
    { valueMinor: 1 },
    { orderId: 'other' },
    { customer: 'other' },
    { parties: ['other'] },
    { product: 'H20' },
    { endUse: 'research' },
    { issued: '2026-02-02' },
    { expires: null },
    { expires: '2026-12-30' },
  ])('keeps its number for its content: %o is another', async (other) => {
    const one = await issued(`rec-2-${JSON.stringify(other)}`);
    await expect(recordLicense(ledger.database, { ...one, ...other }, at)).rejects.toThrow(LicenseConflict);
    expect(await standing(one.number)).toMatchObject(one);
  });

  it('is the same license still after it was revised', async () => {
    const one = await issued('rec-3');
    await reviseLicense(ledger.database, { ...change('rec-3', 'r'), to: { units: 80, expires: '2026-06-30', parties: ['end-user-2'] } });
    await recordLicense(ledger.database, one, at);
    expect(await standing('rec-3')).toMatchObject({ units: 80, expires: '2026-06-30', parties: ['end-user-2'] });
  });

  it('sets aside what its own order needs before any other can', async () => {
    const one = license('rec-4');
    for (const time of [at, at + 1]) await recordLicense(ledger.database, one, time, { key: 'rec-4/own', ...worth(100) });
    expect(await standing('rec-4')).toMatchObject({ free: worth(0), reserved: worth(100) });
    expect(await reserve('rec-4', 'other', 1)).toEqual({ outcome: 'short', number: 'rec-4', balance: worth(0) });
  });

  it('is recorded whole where its order has given up meanwhile', async () => {
    await releaseLicense(ledger.database, { key: 'rec-5/own', orderId: 'rec-5-order', at });
    await recordLicense(ledger.database, license('rec-5'), at, { key: 'rec-5/own', ...worth(100) });
    expect(await standing('rec-5')).toMatchObject({ free: worth(100), reserved: worth(0) });
  });

  it('is not recorded at all where its order would need more of it than it is for', async () => {
    await expect(recordLicense(ledger.database, license('rec-6'), at, { key: 'rec-6/own', ...worth(101) })).rejects.toThrow('licenses_free_check');
    expect(await standing('rec-6')).toBeUndefined();
  });

  it('is recorded once by four clients that bring it at the same moment', async () => {
    const pools = Array.from({ length: 4 }, () => ledger.pool());
    await Promise.all(pools.map((pool) => recordLicense(pool, license('rec-7'), at, { key: 'rec-7/own', ...worth(60) })));
    expect(await standing('rec-7')).toMatchObject({ free: worth(40), reserved: worth(60) });
  });

  it('is good through its last day', async () => {
    await issued('rec-8', { expires: '2026-03-31' });
    expect(await standing('rec-8', '2026-03-31')).toMatchObject({ status: 'live' });
    expect(await standing('rec-8', '2026-04-01')).toMatchObject({ status: 'expired' });
  });
});

describe('license determination', () => {
  let asked = 0;
  /** The number of the license that an order would get, which it gives back. */
  async function find(one: ReturnType<typeof license>, other: Partial<Coverage & Amount> = {}): Promise<string | undefined> {
    const { units, valueMinor, ...covering } = { ...coverage(one), ...worth(100), ...other };
    const request = { key: `find-${(asked += 1)}`, orderId: 'find', at };
    const answer = await reserveLicense(ledger.database, { ...request, units, valueMinor, covering });
    if (answer.outcome !== 'reserved') return undefined;
    await releaseLicense(ledger.database, request);
    return answer.number;
  }

  it('finds a live license with enough left for the same customer, product, end use and currency', async () => {
    const one = await issued('det-1');
    expect(await find(one)).toBe('det-1');
  });

  it.each([
    ...[{ customer: 'other' }, { product: 'H20' }, { endUse: 'research' }, { currency: 'EUR' }],
    ...[{ units: 101 }, { valueMinor: 100 * 250 + 1 }, { on: '2026-01-31' }, { on: '2027-01-01' }],
  ])('finds none for %o', async (other) => {
    const one = await issued(`det-2-${JSON.stringify(other)}`);
    expect(await find(one)).toBe(one.number);
    expect(await find(one, other)).toBeUndefined();
  });

  it('finds none that is suspended', async () => {
    const one = await issued('det-3');
    await suspendLicense(ledger.database, change('det-3', 's'));
    expect(await find(one)).toBeUndefined();
  });

  it('takes the one that expires first, and passes over one with too little left', async () => {
    const early = await issued('det-4a', { expires: '2026-06-30', units: 50 });
    const { customer } = early;
    await issued('det-4b', { customer, expires: null });
    await issued('det-4c', { customer, expires: '2026-09-30' });
    expect(await find(early, worth(50))).toBe('det-4a');
    expect(await find(early, worth(51))).toBe('det-4c');
    await reserve('det-4c', 'other', 100);
    expect(await find(early, worth(51))).toBe('det-4b');
  });
});
