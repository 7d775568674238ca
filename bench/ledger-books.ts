import { type Database, query } from '../ledger/database.ts';
import { auditStock } from '../ledger/stock-audit.ts';
import { keyOf, product, unitsOf } from './ledger-plan.ts';

/** What the ledger's books say after the bench, against what writers were told by it. */
export interface Found {
  /** Units that were once promised to somebody beyond what was received. */
  readonly oversold: number;
  /** Reservations and releases that were acknowledged to a writer and are not in the books. */
  readonly lost: number;
  /** Keys under which units were reserved, or given back, more than once or in another number. */
  readonly double: number;
}

/** Compares the writers' diaries with the ledger; throws where the ledger's own audit finds a difference. */
export async function compareBooks(database: Database, diaries: readonly (readonly string[])[]): Promise<Found> {
  const difference = await auditStock(database);
  if (difference) throw new Error(`twokey stock audit would say: ${JSON.stringify(difference)}`);
  return { oversold: await oversoldIn(database), lost: await lostIn(database, diaries), double: await doubleIn(database) };
}

/** The most that was ever reserved and shipped of the product beyond what had been received: added up movement by movement. */
async function oversoldIn(database: Database): Promise<number> {
  const [row] = await query<{ oversold: number }>(
    database,
    `select greatest(0, max(beyond))::int as oversold
     from (
       select sum(stock_movements.reserved + stock_movements.shipped - stock_movements.received) over (order by position) as beyond
       from stock_movements join lots on lots.id = lot where product = $1
     ) run`,
    [product],
  );
  if (!row) throw new Error('an aggregate always has one row');
  return row.oversold;
}

async function lostIn(database: Database, diaries: readonly (readonly string[])[]): Promise<number> {
  const rows = await query<{ key: string; state: string }>(database, 'select key, state from reservations');
  const states = new Map(rows.map(({ key, state }) => [key, state]));
  return diaries.flatMap((diary, writer) => {
    const turnsOf = (what: string): string[] =>
      diary.filter((line) => line.startsWith(`${what} `)).map((line) => keyOf(writer, Number(line.slice(what.length))));
    const [reserved, released] = [turnsOf('reserved'), turnsOf('released')];
    // Writers give back in the order in which they reserved. One that was killed may have given the oldest back and not heard of it.
    const [oldest = '', ...held] = reserved.slice(released.length);
    return [
      ...released.filter((key) => states.get(key) !== 'released'),
      ...held.filter((key) => states.get(key) !== 'reserved'),
      ...(oldest === '' || states.has(oldest) ? [] : [oldest]),
    ];
  }).length;
}

async function doubleIn(database: Database): Promise<number> {
  const rows = await query<{ key: string; reserved: number[]; released: number[] }>(
    database,
    `select reservation_key as key, coalesce(array_agg(units) filter (where kind = 'reserved'), '{}') as reserved,
       coalesce(array_agg(units) filter (where kind = 'released'), '{}') as released
     from stock_journal where reservation_key is not null group by reservation_key`,
  );
  return rows.filter(({ key, reserved, released }) => {
    const units = unitsOf(Number(key.slice(key.indexOf('/') + 1)));
    return reserved.length !== 1 || reserved[0] !== units || released.length > 1 || (released[0] ?? units) !== units;
  }).length;
}
