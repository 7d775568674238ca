import type { Told } from './board-tidings.ts';
import { type Database, query } from './database.ts';

/** A hold by screening that nobody has lifted, on an order that is not closed. */
export interface StandingHold {
  readonly order: string;
  readonly hold: string;
  readonly customer: string;
  readonly matches: readonly string[];
  readonly listVersion: string;
  /** When the match was found, in epoch milliseconds. */
  readonly since: number;
  /** Null until the order has been told. */
  readonly told: Exclude<Told, 'closed'> | null;
}

/** All of them, the oldest first. */
export async function standingHolds(database: Database): Promise<StandingHold[]> {
  const rows = await query<Omit<StandingHold, 'since'> & { since: Date }>(
    database,
    `select order_id as order, hold, customer, held.matches, list_version as "listVersion", looked_at as since, nullif(told, 'untold') as told
     from screening_holds held join standing_holds using (hold, order_id) join screening_looks using (run, customer)
     where told <> 'closed' order by looked_at, customer, order_id`,
  );
  return rows.map(({ since, ...row }) => ({ ...row, since: since.getTime() }));
}
