import type { FoundLicense } from '../domain/license.ts';
import { type Database, query, type Session } from './database.ts';

/** What a license says beside its amounts, and by what it is proven, where its order takes signed acts. */
export interface LicensePapers {
  readonly conditions: readonly string[];
  readonly proof?: object;
}

/** Keeps the papers of a license with it, once. */
export async function keepPapers(ledger: Session, number: string, { conditions, proof }: LicensePapers): Promise<void> {
  await ledger.query('insert into license_papers (license, conditions, proof) values ($1, $2, $3) on conflict do nothing', [
    ...[number, conditions, proof === undefined ? null : JSON.stringify(proof)],
  ]);
}

/** A license as an order is told that it covers it. */
export async function foundLicense(ledger: Session, number: string): Promise<FoundLicense> {
  const [row] = await ledger.query<{ expires: string | null; conditions: string[] | null }>(
    `select to_char(expires_on, 'YYYY-MM-DD') as expires, conditions from licenses left join license_papers on license = number where number = $1`,
    [number],
  );
  return { number, ...(row?.expires && { expires: row.expires }), conditions: row?.conditions ?? [] };
}

/** What proves a license, as it was kept: nothing of it is believed until its signatures are checked. Undefined where nothing was. */
export async function licenseProof(database: Database, number: string): Promise<unknown> {
  const [row] = await query<{ proof: unknown }>(database, 'select proof from license_papers where license = $1', [number]);
  return row?.proof ?? undefined;
}
