import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Database, inTransaction } from '../../ledger/database.ts';
import { licenseStanding } from '../../ledger/licenses.ts';
import { auditLicenses } from '../../ledger/licenses-audit.ts';
import { reinstateLicense, reviseLicense, revokeLicense, suspendLicense } from '../../ledger/licenses-changes.ts';
import { releaseLicense, reserveLicense } from '../../ledger/licenses-reservations.ts';
import { takeBackUse, useLicense } from '../../ledger/licenses-use.ts';
import { at, change, coverage, on, withLicenses, worth } from './with-licenses.ts';

const { ledger, issued } = withLicenses();
const issuedUnits = 60;

const kinds = [
  'reserve',
  'reserve',
  'cover',
  'use',
  'use',
  'ship reserved',
  'ship reserved',
  'release',
  'take back',
  'revise',
  'suspend',
  'reinstate',
  'revoke',
];
interface Operation {
  readonly kind: string;
  /** Which reservation or shipment: few, so that clients meet at the same key. */
  readonly which: number;
  readonly units: number;
}
const operation: fc.Arbitrary<Operation> = fc.record({ kind: fc.constantFrom(...kinds), which: fc.nat(4), units: fc.integer({ min: 1, max: 30 }) });

/** What is out of turn is refused by an error that says so, which is no fault of the ledger. */
const outOfTurn = /was released|is not held by|was made before|was taken back/;

/** Does one operation of those that there are, by one client. */
async function perform(database: Database, license: Awaited<ReturnType<typeof issued>>, { kind, which, units }: Operation): Promise<unknown> {
  const { number } = license;
  const held = { key: `${number}/${which}`, orderId: `${which}`, at };
  const use = (key: string, reservation?: { reservationKey: string }) =>
    inTransaction(database, (session) => useLicense(session, { key, number, orderId: `${which}`, ...worth(units), at, on, ...reservation }));
  if (kind === 'reserve') return reserveLicense(database, { ...held, ...worth(units), number, on });
  if (kind === 'cover') return reserveLicense(database, { ...held, ...worth(units), covering: coverage(license) });
  if (kind === 'use') return use(`${number}/use/${which}`);
  if (kind === 'ship reserved') return use(`${number}/wave/${which}/${units}`, { reservationKey: held.key });
  if (kind === 'release') return releaseLicense(database, held);
  if (kind === 'take back') return inTransaction(database, (session) => takeBackUse(session, { key: `${number}/use/${which}`, at }));
  const made = change(number, `${kind}/${which}/${units}`);
  if (kind === 'revise') return reviseLicense(database, { ...made, to: worth(units * 3) });
  if (kind === 'suspend') return suspendLicense(database, made);
  if (kind === 'reinstate') return reinstateLicense(database, made);
  return revokeLicense(database, which === 0 && units > 27 ? made : { ...made, units });
}

it('no unit and no cent of a license is made or lost, whatever two clients do with it at the same time', async () => {
  const pools = [ledger.pool(), ledger.pool()];
  const seen = new Set<string>();
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(fc.tuple(...pools.map(() => fc.array(operation, { minLength: 5, maxLength: 16 }))), async (clients) => {
      const license = await issued(`P${(runs += 1)}`, { units: issuedUnits });
      await Promise.all(
        clients.map(async (operations, index) => {
          const pool = pools[index];
          if (pool)
            for (const one of operations) {
              const answer = await perform(pool, license, one).catch((error: unknown) => {
                if (!(error instanceof Error && outOfTurn.test(error.message))) throw error;
                return { outcome: 'out of turn' };
              });
              if (typeof answer === 'object' && answer !== null && 'outcome' in answer) seen.add(`${one.kind}: ${String(answer.outcome)}`);
            }
        }),
      );

      const standing = await licenseStanding(ledger.database, license.number, on);
      if (!standing) throw new Error(`license ${license.number} is gone`);
      const { free, reserved, used, revokedUnits, units, valueMinor } = standing;
      expect(free.units + reserved.units + used.units).toBe(units - revokedUnits);
      expect(free.valueMinor + reserved.valueMinor + used.valueMinor).toBe(valueMinor);
      expect(Math.min(free.units, reserved.units, used.units, free.valueMinor, reserved.valueMinor, used.valueMinor)).toBeGreaterThanOrEqual(0);
      expect(await auditLicenses(ledger.database)).toBeUndefined();
    }),
    { numRuns: 25 },
  );
  // That the property has met what it is about.
  for (const met of [
    'reserve: short',
    'cover: reserved',
    'use: used',
    'use: refused',
    'ship reserved: used',
    'revise: changed',
    'revoke: refused',
    'suspend: changed',
  ])
    expect([...seen]).toContain(met);
});

it('one order after another draws on a license until it is empty, and no further, over two connections', async () => {
  const { number } = await issued('drawn', { units: 100 });
  const pools = [ledger.pool(), ledger.pool()];
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 12, maxLength: 12 }), async (wanted) => {
      const one = await issued(`${number}-${wanted.join('-')}`, { units: 100 });
      const answers = await Promise.all(
        wanted.map(async (units, index) => {
          const use = { key: `${one.number}/${index}`, number: one.number, orderId: `${index}`, ...worth(units), at, on };
          const answer = await inTransaction(pools[index % 2] ?? ledger.database, (session) => useLicense(session, use));
          return { units, answer };
        }),
      );
      const used = answers.filter(({ answer }) => answer.outcome === 'used').reduce((sum, { units }) => sum + units, 0);
      expect(await licenseStanding(ledger.database, one.number, on)).toMatchObject({ used: worth(used), free: worth(100 - used) });
      for (const { units, answer } of answers) if (answer.outcome === 'refused') expect(answer.available.units).toBeLessThan(units);
      for (const { units, answer } of answers) if (answer.outcome === 'used') expect(answer.balance.before - answer.balance.after).toBe(units);
    }),
    { numRuns: 15 },
  );
});
