import { describe, expect, it } from 'vitest';
import { inTransaction } from '../../ledger/database.ts';
import { licenseStanding } from '../../ledger/licenses.ts';
import { reinstateLicense, reviseLicense, revokeLicense, suspendLicense } from '../../ledger/licenses-changes.ts';
import { licenseHistory } from '../../ledger/licenses-history.ts';
import { takeBackUse } from '../../ledger/licenses-use.ts';
import { at, change, hour, on, withLicenses, worth } from './with-licenses.ts';

const { ledger, issued, reserve, use } = withLicenses();
const standing = (number: string) => licenseStanding(ledger.database, number, on);
const unchanged = { outcome: 'changed', revokedUnits: 0, usesSince: [], lost: [] };

describe('a revocation', () => {
  it('of the whole license takes all that is unused for good, and reservations with it', async () => {
    await issued('rev-1');
    await reserve('rev-1', 'A', 30);
    await use('rev-1', 'wave-1', 10);
    const answer = await revokeLicense(ledger.database, change('rev-1', 'r'));
    expect(answer).toEqual({
      outcome: 'changed',
      revokedUnits: 90,
      usesSince: [expect.objectContaining({ units: 10 })],
      lost: [{ key: 'rev-1/A', orderId: 'A', ...worth(30) }],
    });
    expect(await standing('rev-1')).toMatchObject({ status: 'revoked', free: { units: 0 }, reserved: worth(0), used: worth(10), revokedUnits: 90 });
    expect(await reviseLicense(ledger.database, { ...change('rev-1', 'v'), to: { units: 200 } })).toMatchObject({
      outcome: 'refused',
      code: 'license-revoked',
    });
    expect(await revokeLicense(ledger.database, change('rev-1', 'again'))).toMatchObject({ outcome: 'refused', code: 'license-revoked' });
  });

  it('as of the past lists the shipments since then, and no others', async () => {
    await issued('rev-2');
    await use('rev-2', 'before', 10, { at: at - 3 * hour });
    await use('rev-2', 'at-the-moment', 20, { at: at - 2 * hour });
    await use('rev-2', 'after', 30, { at: at - hour });
    await use('rev-2', 'never-left', 5, { at: at - hour });
    await inTransaction(ledger.database, (session) => takeBackUse(session, { key: 'rev-2/never-left', at }));
    const asOf = change('rev-2', 'r', { effectiveAt: at - 2 * hour });
    const gap = {
      outcome: 'changed',
      revokedUnits: 40,
      usesSince: [
        { key: 'rev-2/at-the-moment', orderId: 'at-the-moment', ...worth(20), at: at - 2 * hour },
        { key: 'rev-2/after', orderId: 'after', ...worth(30), at: at - hour },
      ],
      lost: [],
    };
    expect(await revokeLicense(ledger.database, asOf)).toEqual(gap);
    expect(await revokeLicense(ledger.database, asOf)).toEqual(gap);
  });

  it('of a part takes what is free first, then whole reservations, the newest first', async () => {
    await issued('rev-3');
    for (const [order, units] of [...Object.entries({ A: 50, B: 20, C: 20 })]) await reserve('rev-3', order, units);
    expect(await revokeLicense(ledger.database, { ...change('rev-3', 'r1'), units: 10 })).toEqual({ ...unchanged, revokedUnits: 10 });
    expect(await standing('rev-3')).toMatchObject({ status: 'live', reserved: worth(90), revokedUnits: 10 });
    const second = await revokeLicense(ledger.database, { ...change('rev-3', 'r2'), units: 25 });
    expect(second).toEqual({
      ...unchanged,
      revokedUnits: 25,
      lost: [
        { key: 'rev-3/C', orderId: 'C', ...worth(20) },
        { key: 'rev-3/B', orderId: 'B', ...worth(20) },
      ],
    });
    expect(await standing('rev-3')).toMatchObject({ free: { units: 15 }, reserved: worth(50), revokedUnits: 35 });
    expect(await use('rev-3', 'wave-1', 16, { reservation: 'B' })).toMatchObject({ outcome: 'refused', code: 'license-balance', available: { units: 15 } });
    expect(await use('rev-3', 'wave-1', 15, { reservation: 'B' })).toMatchObject({ outcome: 'used', balance: { after: 50 } });
  });

  it('of more than is unused is refused, and of all that is leaves the license live and empty', async () => {
    await issued('rev-4');
    await use('rev-4', 'wave-1', 60);
    expect(await revokeLicense(ledger.database, { ...change('rev-4', 'r'), units: 41 })).toMatchObject({ outcome: 'refused', code: 'units-used' });
    expect(await revokeLicense(ledger.database, { ...change('rev-4', 'r'), units: 40 })).toMatchObject({ outcome: 'changed', revokedUnits: 40 });
    expect(await standing('rev-4')).toMatchObject({ status: 'live', free: { units: 0 } });
    await expect(revokeLicense(ledger.database, { ...change('rev-4', 'r0'), units: 0 })).rejects.toThrow('0 units of license rev-4 cannot be revoked');
  });

  it('is made once by four clients that bring it at the same moment', async () => {
    await issued('rev-5');
    const pools = Array.from({ length: 4 }, () => ledger.pool());
    const answers = await Promise.all(pools.map((pool) => revokeLicense(pool, { ...change('rev-5', 'r'), units: 30 })));
    expect(answers).toEqual(Array.from({ length: 4 }, () => ({ ...unchanged, revokedUnits: 30 })));
    expect(await standing('rev-5')).toMatchObject({ revokedUnits: 30, free: { units: 70 } });
  });
});

describe('a revision', () => {
  it('gives more units and value, another last day and other parties, and leaves alone what it does not name', async () => {
    await issued('chg-1');
    expect(await reviseLicense(ledger.database, { ...change('chg-1', 'v1'), to: { ...worth(150) } })).toEqual(unchanged);
    expect(await standing('chg-1')).toMatchObject({ free: worth(150), expires: '2026-12-31', parties: [] });
    await reviseLicense(ledger.database, { ...change('chg-1', 'v2'), to: { expires: null, parties: ['end-user-1'] } });
    expect(await standing('chg-1')).toMatchObject({ ...worth(150), expires: null, parties: ['end-user-1'] });
  });

  it('to less makes reservations give way, the newest first, in units as in value', async () => {
    await issued('chg-2');
    await reserve('chg-2', 'A', 50);
    await reserve('chg-2', 'B', 50);
    const lost = [{ key: 'chg-2/B', orderId: 'B', ...worth(50) }];
    expect(await reviseLicense(ledger.database, { ...change('chg-2', 'v1'), to: { units: 90 } })).toEqual({ ...unchanged, lost });
    expect(await standing('chg-2')).toMatchObject({ free: { units: 40 }, reserved: worth(50) });
    expect(await reviseLicense(ledger.database, { ...change('chg-2', 'v2'), to: { valueMinor: 10 } })).toMatchObject({ lost: [{ key: 'chg-2/A' }] });
    expect(await standing('chg-2')).toMatchObject({ free: { units: 90, valueMinor: 10 }, reserved: worth(0) });
  });

  it('to less than is used is refused, and so is one to expire before it was issued', async () => {
    await issued('chg-3');
    await use('chg-3', 'wave-1', 60);
    await revokeLicense(ledger.database, { ...change('chg-3', 'r'), units: 10 });
    const revise = (key: string, to: Parameters<typeof reviseLicense>[1]['to']) => reviseLicense(ledger.database, { ...change('chg-3', key), to });
    expect(await revise('v', { units: 69 })).toMatchObject({ outcome: 'refused', code: 'units-used', why: expect.stringContaining('70 units') });
    expect(await revise('v', { valueMinor: 60 * 250 - 1 })).toMatchObject({ outcome: 'refused', code: 'value-used' });
    expect(await revise('v', { expires: '2026-01-31' })).toMatchObject({ outcome: 'refused', code: 'expires-before-issue' });
    expect(await revise('v', { units: 70, valueMinor: 60 * 250 })).toMatchObject({ outcome: 'changed' });
    expect(await standing('chg-3')).toMatchObject({ free: worth(0), used: worth(60), revokedUnits: 10 });
  });
});

describe('a suspension', () => {
  it('keeps reservations, lists the shipments since it counts, and ends with a reinstatement', async () => {
    await issued('sus-1');
    await reserve('sus-1', 'A', 60);
    await use('sus-1', 'wave-1', 10, { reservation: 'A', at: at - hour });
    const suspended = await suspendLicense(ledger.database, change('sus-1', 's', { effectiveAt: at - 2 * hour }));
    expect(suspended).toEqual({ ...unchanged, usesSince: [{ key: 'sus-1/wave-1', orderId: 'A', ...worth(10), at: at - hour }] });
    expect(await standing('sus-1')).toMatchObject({ status: 'suspended', reserved: worth(50) });
    expect(await suspendLicense(ledger.database, change('sus-1', 'again'))).toMatchObject({ outcome: 'refused', code: 'license-suspended' });
    expect(await reinstateLicense(ledger.database, change('sus-1', 'i'))).toMatchObject({ outcome: 'changed' });
    expect(await reinstateLicense(ledger.database, change('sus-1', 'again'))).toMatchObject({ outcome: 'refused', code: 'not-suspended' });
    expect(await standing('sus-1')).toMatchObject({ status: 'live', reserved: worth(50) });
  });
});

describe('a change of a license', () => {
  const evidence = 'e'.repeat(64);

  it('stands in the journal with who made it, when, as of when, why and on which document', async () => {
    await issued('jou-1');
    await suspendLicense(ledger.database, change('jou-1', 's', { by: 'commerce-7', effectiveAt: at - hour, reason: 'diversion suspected', evidence }));
    expect((await licenseHistory(ledger.database, 'jou-1')).at(-1)).toEqual({
      ...{ kind: 'suspended', key: 'jou-1/s', by: 'commerce-7', at, effectiveAt: at - hour, reason: 'diversion suspected', evidence },
      ...{ amounts: {}, status: 'suspended', expires: '2026-12-31', balance: 100 },
    });
  });

  it('is told in the order in which it happened, with what it moved and what was left', async () => {
    await issued('jou-2');
    await reserve('jou-2', 'A', 60);
    await use('jou-2', 'wave-1', 10, { reservation: 'A', on });
    await revokeLicense(ledger.database, { ...change('jou-2', 'r'), units: 50 });
    const history = await licenseHistory(ledger.database, 'jou-2');
    expect(
      history.map(({ kind, amounts: { free = 0, reserved = 0, used = 0, revoked = 0 }, balance }) => [kind, free, reserved, used, revoked, balance]),
    ).toEqual([
      ['recorded', 100, 0, 0, 0, 100],
      ['reserved', -60, 60, 0, 0, 100],
      ['used', 0, -10, 10, 0, 90],
      ['lost', 50, -50, 0, 0, 90],
      ['revoked', -50, 0, 0, 50, 40],
    ]);
    expect(history[2]).toMatchObject({ orderId: 'A', reservationKey: 'jou-2/A', on });
    expect(history[3]).toMatchObject({ orderId: 'A', causedBy: 'jou-2/r' });
    expect(await licenseHistory(ledger.database, 'never')).toEqual([]);
  });

  it('has its key for itself, whatever its kind', async () => {
    await issued('jou-3');
    await issued('jou-4');
    await suspendLicense(ledger.database, change('jou-3', 'k'));
    await expect(revokeLicense(ledger.database, change('jou-3', 'k'))).rejects.toThrow('change jou-3/k is known as license jou-3 suspended');
    await expect(suspendLicense(ledger.database, { ...change('jou-3', 'k'), number: 'jou-4' })).rejects.toThrow(
      'license jou-4 is suspended under a key of its own',
    );
  });

  it('does not count from a moment that is still to come, nor on something that is no digest', async () => {
    await issued('jou-5');
    await expect(suspendLicense(ledger.database, change('jou-5', 's', { effectiveAt: at + 1 }))).rejects.toThrow('nothing_is_effective_ahead');
    await expect(suspendLicense(ledger.database, change('jou-5', 's', { evidence: 'letter.pdf' }))).rejects.toThrow('license_changes_evidence_check');
    await expect(suspendLicense(ledger.database, change('jou-never', 's'))).rejects.toThrow('license jou-never is not in the ledger');
    expect(await standing('jou-5')).toMatchObject({ status: 'live' });
  });
});
