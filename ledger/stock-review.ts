import { type Database, query } from './database.ts';

/** A reservation that the desk was to look at again by a day that has come. */
export interface ReservationDue {
  readonly order: string;
  readonly units: number;
  readonly product: string;
  /** YYYY-MM-DD. */
  readonly reviewBy: string;
}

/** The reservations whose day has come on a day (YYYY-MM-DD), the oldest first. Those of a product where one is named. */
export const reservationsDue = (database: Database, on: string, product?: string): Promise<ReservationDue[]> =>
  query<ReservationDue & Record<string, unknown>>(
    database,
    `select order_id as order, sum(units)::int as units, product, to_char(review_by, 'YYYY-MM-DD') as "reviewBy"
     from reservations join reservation_lots on reservation_key = key join lots on id = lot_id
     where state = 'reserved' and review_by <= $1 and ($2::text is null or product = $2)
     group by key, order_id, product, review_by order by review_by, order_id`,
    [on, product ?? null],
  );

/** Says by when (YYYY-MM-DD) the desk looks again at what an order has reserved, null for never; answers whether it has something reserved. */
export const setReview = async (database: Database, order: string, by: string | null): Promise<boolean> =>
  (await query(database, `update reservations set review_by = $2 where order_id = $1 and state = 'reserved' returning 1`, [order, by])).length > 0;
