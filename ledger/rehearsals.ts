import { type Database, inTransaction, query } from './database.ts';

const mark = 'rehearsal_ledger';
/** What a migrated ledger has before anything has happened in it, and what a rehearsal never writes, since it could not be taken back. */
const kept: readonly string[] = [mark, 'ledger_migrations', 'policy_board', 'queue_rules', 'sealed_records', 'record_checkpoints'];

/** Marks a new ledger as one for rehearsals, which may be emptied. A desk's ledger never has the mark. */
export const markForRehearsals = (database: Database): Promise<unknown> => query(database, `create table ${mark} ()`);

/** Empties a ledger for the next story. Fails where the ledger is not marked for rehearsals. */
export const emptyLedger = (database: Database): Promise<void> =>
  inTransaction(database, async (ledger) => {
    const tables = (await ledger.query<{ name: string }>('select tablename as name from pg_tables where schemaname = current_schema()')).map((row) => row.name);
    if (!tables.includes(mark)) throw new Error('this ledger is not marked for rehearsals, so it is not emptied');
    await ledger.query(`truncate ${tables.filter((table) => !kept.includes(table)).join(', ')}`);
    await ledger.query('update policy_board set epoch = 0');
  });
