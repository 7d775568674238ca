import { type Database, query } from './database.ts';

/** A look at all customers of open orders; times in epoch milliseconds. */
export interface ScreeningRun {
  /** The day of the night, or when somebody asked for it. */
  readonly run: string;
  readonly begun: number;
  /** Null while it is under way. */
  readonly finished: number | null;
}

/** The run that began last; undefined where there was none. */
export async function lastRun(database: Database): Promise<ScreeningRun | undefined> {
  const [row] = await query<{ run: string; begun: Date; finished: Date | null }>(
    database,
    'select run, begun_at as begun, finished_at as finished from screening_runs order by position desc limit 1',
  );
  return row && { run: row.run, begun: row.begun.getTime(), finished: row.finished?.getTime() ?? null };
}

/** What a run found of one customer; no match is clear. */
export interface LookedAt {
  readonly customer: string;
  readonly listVersion: string;
  readonly matches: readonly string[];
}

/** Everybody whom a run has looked at, in the order of the alphabet. */
export const lookedAt = (database: Database, run: string): Promise<LookedAt[]> =>
  query<LookedAt & Record<string, unknown>>(
    database,
    'select customer, list_version as "listVersion", matches from screening_looks where run = $1 order by customer',
    [run],
  );
