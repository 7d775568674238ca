import { type Database, query } from './database.ts';
import { releaseUnits } from './stock.ts';

/** An order whose turn has come: units have been set aside under its key, or it is over a quota. It has not been told so. */
export interface Untold {
  readonly orderId: string;
  readonly key: string;
}

/** The orders that are to be told, the first called first, `most` at a time. */
export const untoldOrders = (database: Database, most: number): Promise<Untold[]> =>
  query<Untold & Record<string, unknown>>(
    database,
    `select order_id as "orderId", key from waitlist where called_at is not null and told_at is null order by call limit $1`,
    [most],
  );

/** An order has been told, `at` in epoch milliseconds: over a quota, it is on the list no longer. Of one that has moved on since, nothing. */
export const markTold = (database: Database, { orderId, key }: Untold, at: number): Promise<unknown> =>
  query(
    database,
    `with over as (delete from waitlist where order_id = $1 and key = $2 and is_over_quota)
     update waitlist set told_at = $3 where order_id = $1 and key = $2 and called_at is not null and not is_over_quota`,
    [orderId, key, new Date(at)],
  );

/** Whether somebody is to be told. */
export const isSomebodyUntold = async (database: Database): Promise<boolean> => (await untoldOrders(database, 1)).length > 0;

/** An order that was called is closed: what was set aside for it goes to the next. */
export const giveUpCall = (database: Database, { orderId, key }: Untold, at: number): Promise<unknown> =>
  releaseUnits(database, { orderId, reservationKey: key, at });

/** The orders that wait for stock, or have been called and not come for it, by arrival. */
export const waitingOrders = async (database: Database): Promise<string[]> =>
  (await query<{ order_id: string }>(database, 'select order_id from waitlist order by arrival')).map((row) => row.order_id);

/** The orders whose turn came after an entry of the waitlist's journal, each with its own entry; after '0' all. */
export const calledSince = (database: Database, position: string): Promise<{ readonly position: string; readonly orderId: string }[]> =>
  query<{ position: string; orderId: string }>(
    database,
    `select position, order_id as "orderId" from waitlist_journal where position > $1 and kind in ('called', 'over-quota') order by waitlist_journal.position`,
    [position],
  );
