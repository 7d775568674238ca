import { type Database, inTransaction, type Session } from './database.ts';
import { assertUnits, StockRefused } from './stock-refused.ts';

/** Capacity to come. */
export interface StockWindow {
  readonly id: string;
  readonly product: string;
  readonly units: number;
  /** When its units may first be reserved, in epoch milliseconds. */
  readonly opensAt: number;
  readonly certainty: 'expected' | 'confirmed';
}

interface WindowRow extends Record<string, unknown> {
  product: string;
  units: number;
  received: number;
  opens_at: Date;
  certainty: StockWindow['certainty'];
  closed_at: Date | null;
}

/** What is done to a window that is there, and why; `at` in epoch milliseconds. */
interface WindowChange {
  readonly id: string;
  readonly reason: string;
  readonly at: number;
}

/**
 * Opens a window, or confirms one that was expected. The same again changes nothing. Throws `StockRefused` where its day is past, or its name
 * stands for another window.
 */
export async function openWindow(database: Database, window: StockWindow, at: number): Promise<void> {
  const { id, product, units, opensAt, certainty } = window;
  assertUnits(units, `window ${id}`);
  await inTransaction(database, async (ledger) => {
    const known = await windowOf(ledger, id);
    if (known && (known.product !== product || known.units !== units || known.opens_at.getTime() !== opensAt))
      throw new StockRefused(
        'window-conflict',
        `window ${id} is known with ${known.units} ${known.product} from ${dayOf(known.opens_at.getTime())}, not ${units} ${product} from ${dayOf(opensAt)}: ` +
          `move it, or give the new one a name of its own`,
      );
    if (known?.closed_at) throw closed(id);
    if (known?.certainty === certainty) return;
    if (known?.certainty === 'confirmed')
      throw new StockRefused('window-conflict', `window ${id} is confirmed: it is not expected any more; close it where it does not come`);
    assertNotPast(id, opensAt, at);
    await ledger.query(
      `insert into stock_windows (id, product, units, opens_at, certainty) values ($1, $2, $3, $4, $5) on conflict (id) do update set certainty = excluded.certainty`,
      [id, product, units, new Date(opensAt), certainty],
    );
    await enter(ledger, id, known ? 'confirmed' : 'opened', at);
  });
}

/** Moves a window to another day; lots that were received from it keep theirs. Throws `StockRefused` where that day is past or the window is no more. */
export const moveWindow = (database: Database, { id, reason, at, opensAt }: WindowChange & { readonly opensAt: number }): Promise<void> =>
  inTransaction(database, async (ledger) => {
    const known = await openOne(ledger, id);
    if (known.opens_at.getTime() === opensAt) return;
    assertNotPast(id, opensAt, at);
    await ledger.query('update stock_windows set opens_at = $2 where id = $1', [id, new Date(opensAt)]);
    await enter(ledger, id, 'moved', at, reason);
  });

/** Ends a window: what was received from it stays, no more comes. Ended before, it stays as it is. Throws `StockRefused` where there is none. */
export const closeWindow = (database: Database, { id, reason, at }: WindowChange): Promise<void> =>
  inTransaction(database, async (ledger) => {
    if ((await knownOne(ledger, id)).closed_at) return;
    await ledger.query('update stock_windows set closed_at = $2 where id = $1', [id, new Date(at)]);
    await enter(ledger, id, 'closed', at, reason);
  });

/** Takes a lot that is received now off its window, in the transaction that receives it. The lot opens with the window unless a day of its own was given. */
export async function fillWindow(ledger: Session, lot: { id: string; product: string; units: number }, id: string): Promise<void> {
  const filled = await ledger.query(
    `with filled as (
       update stock_windows set received = received + $3
       where id = $2 and product = $4 and certainty = 'confirmed' and closed_at is null and units - received >= $3 returning id, opens_at
     )
     update lots set stock_window = filled.id, opens_at = coalesce(lots.opens_at, filled.opens_at) from filled where lots.id = $1 returning 1`,
    [lot.id, id, lot.units, lot.product],
  );
  if (filled.length > 0) return;
  const { product, units, received, certainty } = await openOne(ledger, id);
  if (product !== lot.product)
    throw new StockRefused('window-conflict', `lot ${lot.id} is ${lot.product}, and window ${id} is of ${product}: receive it without the window`);
  if (certainty === 'expected')
    throw new StockRefused('window-expected', `window ${id} is expected only; what is confirmed can be received: open it once more with --confirmed`);
  throw new StockRefused(
    'window-full',
    `window ${id} has ${units - received} of ${units} units to come, not ${lot.units}: receive the others without the window`,
  );
}

const day = 86_400_000;
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

function assertNotPast(id: string, opensAt: number, at: number): void {
  if (Math.floor(opensAt / day) < Math.floor(at / day))
    throw new StockRefused(
      'window-past',
      `window ${id} would open on ${dayOf(opensAt)}, which is past; expected ${dayOf(at)} or later. Receive what is there: twokey stock receive`,
    );
}

const windowOf = async (ledger: Session, id: string): Promise<WindowRow | undefined> =>
  (await ledger.query<WindowRow>('select product, units, received, opens_at, certainty, closed_at from stock_windows where id = $1 for update', [id]))[0];

async function knownOne(ledger: Session, id: string): Promise<WindowRow> {
  const known = await windowOf(ledger, id);
  if (!known) throw new StockRefused('window-unknown', `window ${id} is not in the ledger; twokey stock show names those that are`);
  return known;
}

async function openOne(ledger: Session, id: string): Promise<WindowRow> {
  const known = await knownOne(ledger, id);
  if (known.closed_at) throw closed(id);
  return known;
}

const closed = (id: string): StockRefused => new StockRefused('window-closed', `window ${id} is closed: open one of another name`);

/** Writes down how the window stands after a change. */
const enter = (ledger: Session, id: string, kind: 'opened' | 'confirmed' | 'moved' | 'closed', at: number, reason?: string): Promise<unknown> =>
  ledger.query(
    'insert into stock_window_changes (stock_window, kind, opens_at, reason, changed_at) select id, $2, opens_at, $3, $4 from stock_windows where id = $1',
    [id, kind, reason ?? null, new Date(at)],
  );
