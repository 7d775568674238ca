import { describe, expect, it } from 'vitest';
import { inTransaction } from '../../ledger/database.ts';
import { auditLicenses } from '../../ledger/licenses-audit.ts';
import { licenseHistory } from '../../ledger/licenses-history.ts';
import { importLicense, type PartUsedLicense, setAsideImported } from '../../ledger/licenses-imported.ts';
import { licenseStanding } from '../../ledger/licenses.ts';
import { LicenseConflict } from '../../ledger/licenses-record.ts';
import { at, license, on, withLicenses, worth } from './with-licenses.ts';

const { ledger } = withLicenses();
const standing = (number: string) => licenseStanding(ledger.database, number, on);
const partUsed = (number: string, units: number, given: Partial<PartUsedLicense> = {}): PartUsedLicense => ({
  ...license(number),
  ...{ conditions: ['no transfer'], used: worth(units), at, by: 'seller.desk', evidence: 'ab'.repeat(32), ...given },
});
const setAside = (one: PartUsedLicense, units: number, key = `${one.number}/order`): Promise<void> =>
  inTransaction(ledger.database, (session) => setAsideImported(session, one, { ...worth(units), key, on }));

describe('a license that is imported', () => {
  it('has what was used before on its balance, with who says so and on which document', async () => {
    expect(await importLicense(ledger.database, partUsed('imp-1', 40))).toBe('imported');
    expect(await standing('imp-1')).toMatchObject({ units: 100, used: worth(40), free: worth(60), reserved: worth(0) });
    expect(await licenseHistory(ledger.database, 'imp-1')).toMatchObject([
      { kind: 'recorded', balance: 100 },
      { kind: 'used', balance: 60, by: 'seller.desk', reason: 'used before it was imported', evidence: 'ab'.repeat(32) },
    ]);
    expect(await auditLicenses(ledger.database)).toBeUndefined();
  });

  it('is the same a second time, and another use of it is refused', async () => {
    await importLicense(ledger.database, partUsed('imp-2', 40));
    expect(await importLicense(ledger.database, partUsed('imp-2', 40))).toBe('known');
    await expect(importLicense(ledger.database, partUsed('imp-2', 41))).rejects.toThrow(LicenseConflict);
    await expect(importLicense(ledger.database, partUsed('imp-2', 40, { units: 90 }))).rejects.toThrow(LicenseConflict);
    expect(await standing('imp-2')).toMatchObject({ used: worth(40), free: worth(60) });
  });

  it('may be wholly used, or not at all', async () => {
    await importLicense(ledger.database, partUsed('imp-3', 100));
    await importLicense(ledger.database, partUsed('imp-4', 0));
    expect(await standing('imp-3')).toMatchObject({ free: worth(0) });
    expect(await licenseHistory(ledger.database, 'imp-4')).toHaveLength(1);
  });
});

describe('an order that is imported with its license', () => {
  it('records it with its use where nobody has, and sets the rest aside, once', async () => {
    for (let time = 0; time < 2; time += 1) await setAside(partUsed('imp-5', 40), 60);
    expect(await standing('imp-5')).toMatchObject({ used: worth(40), reserved: worth(60), free: worth(0) });
  });

  it('draws on the one that is there already, as far as it goes', async () => {
    await importLicense(ledger.database, partUsed('imp-6', 40));
    await setAside(partUsed('imp-6', 40), 50);
    expect(await standing('imp-6')).toMatchObject({ used: worth(40), reserved: worth(50), free: worth(10) });
    await expect(setAside(partUsed('imp-6', 40), 20, 'imp-6/other')).rejects.toThrow('does not carry the 20 units');
  });

  it('draws on no license of another kind', async () => {
    await importLicense(ledger.database, partUsed('imp-7', 0));
    await expect(setAside(partUsed('imp-7', 0, { product: 'H20' }), 10)).rejects.toThrow(LicenseConflict);
  });
});
