import { describe, expect, it } from 'vitest';
import { inTransaction } from '../../ledger/database.ts';
import { licenseStanding } from '../../ledger/licenses.ts';
import { reinstateLicense, revokeLicense, suspendLicense } from '../../ledger/licenses-changes.ts';
import { releaseLicense, reserveLicense } from '../../ledger/licenses-reservations.ts';
import { takeBackUse, useLicense } from '../../ledger/licenses-use.ts';
import { at, change, coverage, on, withLicenses, worth } from './with-licenses.ts';

const { ledger, issued, reserve, use } = withLicenses();
const standing = (number: string) => licenseStanding(ledger.database, number, on);
const release = (number: string, key: string) => releaseLicense(ledger.database, { key: `${number}/${key}`, orderId: key, at });
const takeBack = (key: string) => inTransaction(ledger.database, (session) => takeBackUse(session, { key, at }));

describe('reserving', () => {
  it('sets units and value aside once, however often it is asked under one key', async () => {
    await issued('res-1');
    for (let time = 0; time < 3; time += 1) expect(await reserve('res-1', 'A', 60)).toEqual({ outcome: 'reserved', number: 'res-1' });
    expect(await standing('res-1')).toMatchObject({ free: worth(40), reserved: worth(60) });
  });

  it('is all or nothing, in units as in value', async () => {
    await issued('res-2', { valueMinor: 1_000 });
    expect(await reserve('res-2', 'A', 5)).toEqual({ outcome: 'short', number: 'res-2', balance: { units: 100, valueMinor: 1_000 } });
    expect(await reserve('res-2', 'A', 4)).toEqual({ outcome: 'reserved', number: 'res-2' });
    expect(await reserve('res-2', 'B', 101)).toEqual({ outcome: 'short', number: 'res-2', balance: { units: 96, valueMinor: 0 } });
  });

  it('finds the license by what it covers, and tells a short one from none', async () => {
    const one = await issued('res-3');
    const wanted = { key: 'res-3/A', orderId: 'A', at, ...worth(60), covering: coverage(one) };
    expect(await reserveLicense(ledger.database, wanted)).toEqual({ outcome: 'reserved', number: 'res-3' });
    expect(await reserveLicense(ledger.database, { ...wanted, key: 'res-3/B' })).toEqual({ outcome: 'short', number: 'res-3', balance: worth(40) });
    expect(await reserveLicense(ledger.database, { ...wanted, key: 'res-3/C', covering: { ...wanted.covering, product: 'H20' } })).toEqual({ outcome: 'none' });
    expect(await reserveLicense(ledger.database, wanted)).toEqual({ outcome: 'reserved', number: 'res-3' });
  });

  it('is refused by a license that is suspended, revoked or past its last day', async () => {
    await issued('res-4');
    expect(await reserve('res-4', 'A', 1, '2027-01-01')).toEqual({ outcome: 'refused', number: 'res-4', code: 'license-expired' });
    await suspendLicense(ledger.database, change('res-4', 's'));
    expect(await reserve('res-4', 'A', 1)).toEqual({ outcome: 'refused', number: 'res-4', code: 'license-suspended' });
    await revokeLicense(ledger.database, change('res-4', 'r'));
    expect(await reserve('res-4', 'A', 1)).toEqual({ outcome: 'refused', number: 'res-4', code: 'license-revoked' });
    expect(await standing('res-4')).toMatchObject({ reserved: worth(0) });
  });

  it('fails for a license that is not recorded, and for a key that stands for another reservation', async () => {
    await issued('res-5');
    await reserve('res-5', 'A', 10);
    await expect(reserve('res-5', 'A', 11)).rejects.toThrow('license reservation res-5/A was made before for another amount or order');
    await expect(reserve('res-never', 'A', 1)).rejects.toThrow('license res-never is not in the ledger');
    await expect(reserve('res-5', 'B', 0)).rejects.toThrow('only_a_reservation_holds_units');
  });
});

describe('giving back', () => {
  it('frees what is left of a reservation, once, with the same answer', async () => {
    await issued('rel-1');
    await reserve('rel-1', 'A', 60);
    await use('rel-1', 'wave-1', 25, { reservation: 'A' });
    expect(await release('rel-1', 'A')).toEqual({ released: 35 });
    expect(await release('rel-1', 'A')).toEqual({ released: 35 });
    expect(await standing('rel-1')).toMatchObject({ free: worth(75), reserved: worth(0), used: worth(25) });
  });

  it('of what was never reserved keeps it from being so', async () => {
    await issued('rel-2');
    expect(await release('rel-2', 'A')).toEqual({ released: 0 });
    expect(await release('rel-2', 'A')).toEqual({ released: 0 });
    await expect(reserve('rel-2', 'A', 10)).rejects.toThrow('license reservation rel-2/A was released: it cannot be made again');
    expect(await standing('rel-2')).toMatchObject({ free: worth(100) });
  });

  it('of what is used up gives nothing', async () => {
    await issued('rel-3');
    await reserve('rel-3', 'A', 10);
    await use('rel-3', 'wave-1', 10, { reservation: 'A' });
    expect(await release('rel-3', 'A')).toEqual({ released: 0 });
    expect(await standing('rel-3')).toMatchObject({ used: worth(10), free: worth(90) });
  });
});

describe('a shipment', () => {
  it('depletes its license once, however often it is asked under one key, and answers the same', async () => {
    await issued('use-1');
    expect(await use('use-1', 'wave-1', 40)).toEqual({ outcome: 'used', balance: { before: 100, after: 60 } });
    expect(await use('use-1', 'wave-2', 25)).toEqual({ outcome: 'used', balance: { before: 60, after: 35 } });
    expect(await use('use-1', 'wave-1', 40)).toEqual({ outcome: 'used', balance: { before: 100, after: 60 } });
    expect(await standing('use-1')).toMatchObject({ free: worth(35), used: worth(65) });
    await expect(use('use-1', 'wave-1', 41)).rejects.toThrow('use use-1/wave-1 of license use-1 was made before otherwise');
  });

  it('draws on what its order has set aside, and beyond that on what is free', async () => {
    await issued('use-2');
    await reserve('use-2', 'A', 60);
    await reserve('use-2', 'B', 30);
    expect(await use('use-2', 'wave-1', 65, { reservation: 'A' })).toEqual({ outcome: 'used', balance: { before: 100, after: 35 } });
    expect(await standing('use-2')).toMatchObject({ free: worth(5), reserved: worth(30), used: worth(65) });
    expect(await use('use-2', 'wave-2', 6, { reservation: 'A' })).toMatchObject({ outcome: 'refused', code: 'license-balance', available: worth(5) });
  });

  it('gives back the money that its reservation has in excess with the last unit, and takes what it lacks from what is free', async () => {
    await issued('use-3');
    await reserve('use-3', 'A', 10);
    await use('use-3', 'wave-1', 4, { reservation: 'A', valueMinor: 900 });
    expect(await standing('use-3')).toMatchObject({ reserved: { units: 6, valueMinor: 1_600 }, used: { units: 4, valueMinor: 900 } });
    await use('use-3', 'wave-2', 6, { reservation: 'A', valueMinor: 1_000 });
    expect(await standing('use-3')).toMatchObject({ free: { units: 90, valueMinor: 23_100 }, reserved: worth(0), used: { units: 10, valueMinor: 1_900 } });
    await reserve('use-3', 'B', 10);
    await use('use-3', 'wave-3', 10, { reservation: 'B', valueMinor: 3_000 });
    expect(await standing('use-3')).toMatchObject({ free: { units: 80, valueMinor: 20_100 }, used: { units: 20, valueMinor: 4_900 } });
  });

  it('of more than is left is refused whole, in units as in value', async () => {
    await issued('use-4');
    await reserve('use-4', 'other', 30);
    const over = { outcome: 'refused', code: 'license-balance', number: 'use-4', available: worth(70) };
    expect(await use('use-4', 'wave-1', 71)).toEqual(over);
    expect(await use('use-4', 'wave-1', 1, { valueMinor: 70 * 250 + 1 })).toEqual(over);
    expect(await standing('use-4')).toMatchObject({ used: worth(0), free: worth(70) });
    expect(await use('use-4', 'wave-1', 70)).toMatchObject({ outcome: 'used' });
  });

  it('is taken on the last day of its license, and refused on the next', async () => {
    await issued('use-5', { expires: '2026-03-31' });
    expect(await use('use-5', 'wave-1', 1, { on: '2026-03-31' })).toMatchObject({ outcome: 'used' });
    expect(await use('use-5', 'wave-2', 1, { on: '2026-04-01' })).toMatchObject({ outcome: 'refused', code: 'license-expired' });
    expect(await use('use-5', 'wave-1', 1, { on: '2026-04-01' })).toMatchObject({ outcome: 'used', balance: { after: 99 } });
  });

  it('is refused while its license is suspended, taken again once it is reinstated, and refused for good when it is revoked', async () => {
    await issued('use-6');
    await reserve('use-6', 'A', 60);
    await suspendLicense(ledger.database, change('use-6', 's'));
    expect(await use('use-6', 'wave-1', 10, { reservation: 'A' })).toMatchObject({ outcome: 'refused', code: 'license-suspended' });
    await reinstateLicense(ledger.database, change('use-6', 'i'));
    expect(await use('use-6', 'wave-1', 10, { reservation: 'A' })).toMatchObject({ outcome: 'used' });
    await revokeLicense(ledger.database, change('use-6', 'r'));
    expect(await use('use-6', 'wave-2', 10, { reservation: 'A' })).toMatchObject({ outcome: 'refused', code: 'license-revoked', available: { units: 0 } });
  });

  it('fails where the reservation it names is not the order’s on that license', async () => {
    await issued('use-7');
    await issued('use-7b');
    await reserve('use-7', 'A', 10);
    await expect(use('use-7b', 'wave-1', 1, { reservation: 'A' })).rejects.toThrow('license reservation use-7b/A is not held by order A on license use-7b');
    await release('use-7', 'A');
    await expect(use('use-7', 'wave-1', 1, { reservation: 'A' })).rejects.toThrow('is not held by order A on license use-7');
  });

  it('that fails afterwards in its transaction has used nothing', async () => {
    await issued('use-8');
    const shipping = inTransaction(ledger.database, async (session) => {
      await useLicense(session, { key: 'use-8/wave-1', number: 'use-8', orderId: 'A', ...worth(10), at, on });
      throw new Error('the carrier is gone');
    });
    await expect(shipping).rejects.toThrow('the carrier is gone');
    expect(await standing('use-8')).toMatchObject({ free: worth(100), used: worth(0) });
  });

  it('that never left is taken back once, and is made anew under a key of its own', async () => {
    await issued('use-9');
    await use('use-9', 'wave-1', 30);
    expect(await takeBack('use-9/wave-1')).toEqual({ takenBack: 30 });
    expect(await takeBack('use-9/wave-1')).toEqual({ takenBack: 30 });
    expect(await takeBack('use-9/never')).toEqual({ takenBack: 0 });
    expect(await standing('use-9')).toMatchObject({ free: worth(100), used: worth(0) });
    await expect(use('use-9', 'wave-1', 30)).rejects.toThrow('use use-9/wave-1 of license use-9 was taken back');
    expect(await use('use-9', 'wave-2', 100)).toMatchObject({ outcome: 'used', balance: { after: 0 } });
  });

  it('that is taken back after its license was revoked leaves nothing to use', async () => {
    await issued('use-10');
    await use('use-10', 'wave-1', 30);
    await revokeLicense(ledger.database, change('use-10', 'r'));
    await takeBack('use-10/wave-1');
    expect(await standing('use-10')).toMatchObject({ status: 'revoked', free: { units: 0 }, used: worth(0), revokedUnits: 100 });
  });
});

describe('two orders that race for the last 100 units', () => {
  it('by shipping: one ships, the other is told the balance', async () => {
    await issued('race-1', { units: 1_000 });
    await use('race-1', 'before', 900);
    const answers = await race((session, order) => useLicense(session, { key: `race-1/${order}`, number: 'race-1', orderId: order, ...worth(100), at, on }));
    expect(answers.map(({ outcome }) => outcome).toSorted()).toEqual(['refused', 'used']);
    expect(answers).toContainEqual({ outcome: 'used', balance: { before: 100, after: 0 } });
    expect(answers).toContainEqual({ outcome: 'refused', code: 'license-balance', number: 'race-1', available: worth(0) });
    expect(await standing('race-1')).toMatchObject({ free: worth(0), used: worth(1_000) });
  });

  it('by reserving: one has them, the other is short; revoking stops both', async () => {
    const one = await issued('race-2');
    const pools = [ledger.pool(), ledger.pool()];
    const answers = await Promise.all(
      pools.map((pool, index) => reserveLicense(pool, { key: `race-2/${index}`, orderId: `${index}`, at, ...worth(100), covering: coverage(one) })),
    );
    expect(answers.map(({ outcome }) => outcome).toSorted()).toEqual(['reserved', 'short']);
    await revokeLicense(ledger.database, change('race-2', 'r'));
    const winner = answers.findIndex(({ outcome }) => outcome === 'reserved');
    expect(await use('race-2', 'wave', 100, { reservation: `${winner}` })).toMatchObject({ outcome: 'refused', code: 'license-revoked' });
    expect(await use('race-2', 'other', 100)).toMatchObject({ outcome: 'refused', code: 'license-revoked' });
  });

  /** Both orders at once, each over a connection of its own. */
  const race = (ship: (session: Parameters<typeof useLicense>[0], order: string) => ReturnType<typeof useLicense>) =>
    Promise.all(['A', 'B'].map((order) => inTransaction(ledger.pool(), (session) => ship(session, order))));
});
