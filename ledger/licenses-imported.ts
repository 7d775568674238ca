import { type Database, inTransaction, type Session } from './database.ts';
import { type Amount, type License, lockLicense } from './licenses.ts';
import { enter } from './licenses-journal.ts';
import { keepPapers, type LicensePapers } from './licenses-papers.ts';
import { isGivenUp, LicenseConflict, recordIn } from './licenses-record.ts';
import { reserveIn } from './licenses-reservations.ts';

/** A license that was used before this ledger knew it. `at`: when it is recorded, epoch milliseconds; `evidence`: SHA-256 of the document, hexadecimal. */
export interface PartUsedLicense extends License, LicensePapers {
  readonly used: Amount;
  readonly at: number;
  readonly by: string;
  readonly evidence?: string;
}

/** Records a license with what was used of it before. The same again changes nothing; throws `LicenseConflict` where the number stands for another, or for another use. */
export const importLicense = (database: Database, license: PartUsedLicense): Promise<'imported' | 'known'> =>
  inTransaction(database, async (ledger) => {
    const isKnown = await isRecorded(ledger, license.number);
    await recordUsedIn(ledger, license);
    return isKnown ? 'known' : 'imported';
  });

/** The same within a transaction of the caller. */
async function recordUsedIn(ledger: Session, license: PartUsedLicense): Promise<void> {
  const { number, orderId, used, at, by, evidence, issued } = license;
  const isKnown = await isRecorded(ledger, number);
  await recordIn(ledger, license, at);
  if (isKnown) return await assertSameUse(ledger, license);
  await keepPapers(ledger, number, license);
  if (used.units === 0) return;
  const amounts = { used: used.units, free: -used.units, value_used: used.valueMinor, value_free: -used.valueMinor };
  const why = { by, reason: 'used before it was imported', ...(evidence !== undefined && { evidence }) };
  await enter(ledger, await lockLicense(ledger, number), { kind: 'used', key: useKey(number), orderId, at, on: issued, amounts, ...why });
}

/** Sets aside for an order what is left to it of the license that it was imported with; one that the ledger does not know yet is recorded with what was used of it. */
export async function setAsideImported(ledger: Session, license: PartUsedLicense, rest: Amount & { readonly key: string; readonly on: string }): Promise<void> {
  const { number, orderId, at } = license;
  if (!(await isRecorded(ledger, number))) await recordUsedIn(ledger, license);
  else await assertSameKind(ledger, license);
  if (await isGivenUp(ledger, rest.key)) return;
  const answer = await reserveIn(ledger, { ...rest, number, orderId, at });
  if (answer.outcome === 'reserved') return;
  const why = answer.outcome === 'refused' ? answer.code : answer.outcome === 'short' ? `only ${answer.balance.units} units of it are free` : 'none is known';
  throw new Error(`license ${number} does not carry the ${rest.units} units that order ${orderId} has left: ${why}`);
}

const useKey = (number: string): string => `${number}/before-import`;

const isRecorded = async (ledger: Session, number: string): Promise<boolean> =>
  (await ledger.query('select 1 from licenses where number = $1', [number])).length > 0;

async function assertSameUse(ledger: Session, { number, used }: PartUsedLicense): Promise<void> {
  const [made] = await ledger.query<{ used: number; value_used: number }>(`select used, value_used from license_changes where kind = 'used' and key = $1`, [
    useKey(number),
  ]);
  if ((made?.used ?? 0) === used.units && (made?.value_used ?? 0) === used.valueMinor) return;
  throw new LicenseConflict(
    `license ${number} was imported before with ${made?.used ?? 0} units used, and not ${used.units}: what is used since is taken off by shipments`,
  );
}

/** An order draws on a license of its own kind alone. */
async function assertSameKind(ledger: Session, { number, customer, product, endUse, currency }: License): Promise<void> {
  const same = await ledger.query('select 1 from licenses where number = $1 and customer = $2 and product = $3 and end_use = $4 and currency = $5', [
    ...[number, customer, product, endUse, currency],
  ]);
  if (same.length === 0) throw new LicenseConflict(`license ${number} is for another customer, product or end use than the order that was imported with it`);
}
