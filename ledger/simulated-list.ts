import { type Database, query } from './database.ts';

/** What somebody has changed on the simulated list. */
interface SimulatedListing {
  /** How many changes there have been, which makes a version of the list. */
  readonly changes: number;
  /** Whether a customer was put on it or taken off it last; undefined where nobody has said anything of it. */
  readonly isListed: boolean | undefined;
}

/** Puts a customer on the simulated list, or takes it off, at epoch milliseconds: from then on the list has another version. */
export const changeSimulatedList = (database: Database, customer: string, isListed: boolean, at: number): Promise<unknown> =>
  query(database, 'insert into simulated_list_changes (customer, is_listed, changed_at) values ($1, $2, $3)', [customer, isListed, new Date(at)]);

/** What the simulated list says of a customer now. */
export async function simulatedListing(database: Database, customer: string): Promise<SimulatedListing> {
  const [row] = await query<{ changes: number; listed: boolean | null }>(
    database,
    `select (select count(*) from simulated_list_changes) as changes,
       (select is_listed from simulated_list_changes where customer = $1 order by position desc limit 1) as listed`,
    [customer],
  );
  return { changes: row?.changes ?? 0, isListed: row?.listed ?? undefined };
}
