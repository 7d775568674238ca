import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';
import pg from 'pg';

/** The ledger's database, whatever PostgreSQL stands behind it. */
export type Database = pg.Pool;
type Row = Record<string, unknown>;
/** One connection inside a transaction. */
export interface Session {
  query<R extends Row>(text: string, values?: readonly unknown[]): Promise<R[]>;
}

const bigintType = 20;

/** Counts and minor units come as JavaScript numbers; one past 2^53 is an error, never a rounded number. */
function readBigint(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`the ledger holds ${text}, which is past 2^53`);
  return value;
}
const types: pg.CustomTypesConfig = {
  getTypeParser: (id, format) => (id === bigintType ? readBigint : pg.types.getTypeParser(id, format)),
};

/** What an address says of itself where the embedded database stands behind it. */
export const embeddedMark = 'application_name=twokey-embedded-ledger';
const embedded = new WeakSet<Database>();

/** Opens a pool to a PostgreSQL address; connections are made when first used. */
export function openDatabase(url: string): Database {
  const pool = new pg.Pool({ connectionString: url, types, max: 4, connectionTimeoutMillis: 10_000 });
  if (url.includes(embeddedMark)) embedded.add(pool);
  // An idle connection that breaks is dropped by the pool; the next statement opens another and reports what is wrong.
  pool.on('error', () => undefined);
  // One that breaks while it is used fails its statement, and must not end the process besides.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

const sessionOf = (client: pg.PoolClient): Session => ({
  async query<R extends Row>(text: string, values: readonly unknown[] = []) {
    return (await client.query<R>(text, [...values])).rows;
  },
});

/**
 * One statement, which commits by itself. Where it has a `name`, each connection has it read and planned once, whatever its values. The embedded database keeps connections apart only within transactions (docs/decisions/0002), so there it
 * has one like any other work.
 */
export async function query<R extends Row>(database: Database, text: string, values: readonly unknown[] = [], name?: string): Promise<R[]> {
  if (embedded.has(database)) return await inTransaction(database, (session) => session.query<R>(text, values));
  const client = await connected(database);
  let isBroken = false;
  try {
    return (await client.query<R>({ text, values: [...values], ...(name !== undefined && { name }) })).rows;
  } catch (error) {
    isBroken = !(error instanceof pg.DatabaseError);
    throw error;
  } finally {
    client.release(isBroken);
  }
}

/** Runs `work` in one transaction; an error rolls it back and is thrown on. */
export async function inTransaction<T>(database: Database, work: (session: Session) => Promise<T>): Promise<T> {
  const client = await connected(database);
  let isBroken = false;
  try {
    await client.query('begin');
    const result = await work(sessionOf(client));
    await client.query('commit');
    return result;
  } catch (error) {
    isBroken = !(await client.query('rollback').then(
      () => true,
      () => false,
    ));
    throw error;
  } finally {
    client.release(isBroken);
  }
}

/** The five characters by which PostgreSQL names an error; undefined where it is none of its own. */
export const sqlStateOf = (error: unknown): string | undefined => (error instanceof pg.DatabaseError ? error.code : undefined);

/** Calls with one key wait for each other, until the transaction of the first ends. */
export const lockKey = (ledger: Session, key: string): Promise<unknown> => ledger.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [key]);

/** The ledger's database cannot be reached, or does not let us in. */
export class LedgerUnreachable extends Error {
  override readonly name = 'LedgerUnreachable';
}

async function connected(database: Database): Promise<pg.PoolClient> {
  try {
    return await database.connect();
  } catch (error) {
    throw new LedgerUnreachable(error instanceof Error ? error.message || error.name : String(error), { cause: error });
  }
}

/** Brings the schema up to date; forward only, and under a lock, so that several processes may do it at once. */
export async function migrate(url: string): Promise<void> {
  await runner({
    databaseUrl: url,
    dir: fileURLToPath(new URL('./migrations', import.meta.url)),
    direction: 'up',
    migrationsTable: 'ledger_migrations',
    advisoryLockMode: 'wait',
    logger: { debug: () => undefined, info: () => undefined, warn: console.warn, error: console.error },
  });
}
