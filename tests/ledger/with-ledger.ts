import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, inject } from 'vitest';
import { type Database, migrate, openDatabase, query } from '../../ledger/database.ts';
import type { EmbeddedLedger } from '../../ledger/embedded.ts';
import { createDatabase } from '../support/local-postgres.ts';
import { startTestLedger } from '../support/test-ledger.ts';

const patience = 60_000;

/**
 * A ledger for one test file, opened before its tests: embedded and gone after them, or where the run provides
 * one (project "postgresql"), a database of its own in a real PostgreSQL.
 */
export function withLedger(): { readonly database: Database; readonly url: string; pool(): Database } {
  const folder = mkdtempSync(join(tmpdir(), 'twokey-ledger-'));
  const pools: Database[] = [];
  let ledger: EmbeddedLedger | undefined;
  let url: string | undefined;
  let database: Database | undefined;

  const pool = (): Database => {
    if (url === undefined) throw new Error('the ledger is open only while tests run');
    const opened = openDatabase(url);
    pools.push(opened);
    return opened;
  };
  beforeAll(async () => {
    const server = inject('postgresUrl');
    if (server) {
      url = await createDatabase(server);
      await migrate(url);
    } else {
      ledger = await startTestLedger(join(folder, 'ledger.log'));
      url = ledger.url;
    }
    database = pool();
  }, patience);
  afterAll(async () => {
    await Promise.all(pools.map((one) => one.end()));
    await ledger?.stop();
    rmSync(folder, { recursive: true, force: true });
  }, patience);

  return {
    get database() {
      if (!database) throw new Error('the ledger is open only while tests run');
      return database;
    },
    get url() {
      if (url === undefined) throw new Error('the ledger is open only while tests run');
      return url;
    },
    pool,
  };
}

/** What the ledger holds of a product, over all its lots. */
export interface Holdings extends Record<string, unknown> {
  readonly received: number;
  readonly free: number;
  readonly reserved: number;
  readonly quarantined: number;
  readonly shipped: number;
}
export async function holdingsOf(database: Database, product: string): Promise<Holdings> {
  const [row] = await query<Holdings>(
    database,
    `select coalesce(sum(received), 0)::int as received, coalesce(sum(free), 0)::int as free, coalesce(sum(reserved), 0)::int as reserved,
       coalesce(sum(quarantined), 0)::int as quarantined, coalesce(sum(shipped), 0)::int as shipped from lots where product = $1`,
    [product],
  );
  if (!row) throw new Error('a sum always has one row');
  return row;
}
