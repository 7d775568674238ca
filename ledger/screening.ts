import { holdIn, openOrdersOf, unsealed } from './board-tidings.ts';
import { type Database, inTransaction, lockKey, query, type Session } from './database.ts';

/** Begins a run, at epoch milliseconds; one that had begun before goes on. */
export const beginRun = (database: Database, run: string, at: number): Promise<unknown> =>
  query(database, 'insert into screening_runs (run, begun_at) values ($1, $2) on conflict (run) do nothing', [run, new Date(at)]);

/** Says that a run is over, once. */
export const finishRun = (database: Database, run: string, at: number): Promise<unknown> =>
  query(database, 'update screening_runs set finished_at = $2 where run = $1 and finished_at is null', [run, new Date(at)]);

/** The next customers with open orders that a run has not looked at, in the order of the alphabet; none where it is done. */
export async function customersToLookAt(database: Database, run: string, most: number): Promise<string[]> {
  const rows = await query<{ customer: string }>(
    database,
    `select distinct terms->>'customer' as customer from orders where ${unsealed}
       and not exists (select 1 from screening_looks where run = $1 and customer = terms->>'customer')
     order by 1 limit $2`,
    [run, most],
  );
  return rows.map(({ customer }) => customer);
}

/** An order, and what its customer matches on a list. */
export interface OrderMatched {
  readonly order: string;
  readonly matches: readonly string[];
}

/** The open orders of a customer, each with those of the matches for which no screening has held it yet; without those for which none is left. */
export const ordersMatched = (database: Database, customer: string, matches: readonly string[]): Promise<OrderMatched[]> =>
  inTransaction(database, async (ledger) => {
    const orders = await openOrdersOf(ledger, customer);
    return await stillNew(
      ledger,
      orders.map((order) => ({ order, matches })),
    );
  });

async function stillNew(ledger: Session, matched: readonly OrderMatched[]): Promise<OrderMatched[]> {
  const rows = await ledger.query<{ order: string; match: string }>(
    'select order_id as order, unnest(matches) as match from screening_holds where order_id = any($1)',
    [matched.map(({ order }) => order)],
  );
  return matched
    .map(({ order, matches }) => ({ order, matches: matches.filter((match) => !rows.some((row) => row.order === order && row.match === match)) }))
    .filter(({ matches }) => matches.length > 0);
}

/** What a run found of a customer at a moment in epoch milliseconds, and the orders to hold for it. */
export interface Look {
  readonly run: string;
  readonly customer: string;
  readonly listVersion: string;
  readonly matches: readonly string[];
  readonly toHold: readonly OrderMatched[];
  readonly at: number;
}

/**
 * Records what a run found of a customer and puts its orders on hold, in one transaction: from then on none of them ships. A run looks at a
 * customer once; the same again changes nothing. Answers whether orders were held.
 */
export const recordLook = (database: Database, look: Look): Promise<boolean> =>
  inTransaction(database, async (ledger) => {
    const { run, customer, listVersion, matches, at } = look;
    // Two runs at a time hold an order once for one match.
    await lockKey(ledger, `screening/${customer}`);
    const recorded = await ledger.query(
      `insert into screening_looks (run, customer, list_version, matches, looked_at) values ($1, $2, $3, $4, $5)
       on conflict (run, customer) do nothing returning run`,
      [run, customer, listVersion, matches, new Date(at)],
    );
    if (recorded.length === 0) return false;
    const held = await stillNew(ledger, look.toHold);
    for (const one of held) await hold(ledger, look, one);
    return held.length > 0;
  });

async function hold(ledger: Session, { run, customer, listVersion }: Look, { order, matches }: OrderMatched): Promise<void> {
  const id = `screening-${run}-${customer}`;
  await holdIn(ledger, [order], { id, reason: `${customer} matches ${matches.join(', ')} on list ${listVersion}` });
  await ledger.query('insert into screening_holds (hold, order_id, run, customer, matches) values ($1, $2, $3, $4, $5)', [id, order, run, customer, matches]);
}
