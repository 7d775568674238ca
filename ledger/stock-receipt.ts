import { type Database, inTransaction, type Session } from './database.ts';
import { assertUnits, StockRefused } from './stock-refused.ts';
import type { SerialRange } from '../domain/serial-range.ts';
import { recordSerials, serialsOf, toldRange } from './stock-serials.ts';
import { fillWindow } from './stock-windows.ts';
import { lockQueues, serveQueue } from './waitlist.ts';

/** A quantity of one product that came in together. */
export interface Lot {
  readonly id: string;
  readonly product: string;
  readonly units: number;
  /** When it may first be reserved from, in epoch milliseconds; left out for what is on hand, or opens with its window. */
  readonly opensAt?: number;
  /** Where it lies. */
  readonly place?: string;
  /** The serial numbers of all its units; left out where they are not known. */
  readonly serials?: readonly SerialRange[];
  /** The window of capacity that it is received from. */
  readonly window?: string;
}

/**
 * Takes a lot in, `at` in epoch milliseconds; answers whether it is new: the same lot again changes nothing. Throws `StockRefused` where the
 * name stands for another lot, the units are no count, the serial numbers are not theirs alone, or the window does not hold so many.
 */
export async function receiveLot(database: Database, lot: Lot, at: number): Promise<{ readonly isNew: boolean }> {
  assertUnits(lot.units, `lot ${lot.id}`);
  assertSerials(lot);
  return await inTransaction(database, (ledger) => receiveIn(ledger, lot, at));
}

function assertSerials({ id, units, serials }: Lot): void {
  const numbered = serials?.reduce((sum, range) => sum + range.units, 0) ?? units;
  if (numbered !== units) throw new StockRefused('serials-invalid', `lot ${id}: ${numbered} serial numbers for ${units} units; expected as many of both`);
}

async function receiveIn(ledger: Session, lot: Lot, at: number): Promise<{ isNew: boolean }> {
  const { id, product, units, opensAt, place, serials = [], window } = lot;
  await lockQueues(ledger, [product]);
  const [made] = await ledger.query(
    `insert into lots (id, product, opens_at, received, free, place) values ($1, $2, $3, $4, $4, $5) on conflict do nothing returning 1`,
    [id, product, opensAt === undefined ? null : new Date(opensAt), units, place ?? null],
  );
  if (!made) {
    await assertSame(ledger, lot);
    return { isNew: false };
  }
  if (window !== undefined) await fillWindow(ledger, lot, window);
  await recordSerials(ledger, lot, serials);
  await ledger.query(`insert into stock_journal (lot, kind, units, key, at) values ($1, 'received', $2, $1, $3)`, [id, units, new Date(at)]);
  await serveQueue(ledger, product, at);
  return { isNew: true };
}

interface KnownLot extends Record<string, unknown> {
  product: string;
  received: number;
  opens_at: Date | null;
  place: string | null;
  stock_window: string | null;
}

/** The same receipt says the same again; the day of a lot that came from a window was the window's to say. */
async function assertSame(ledger: Session, { id, product, units, opensAt, place, serials = [], window }: Lot): Promise<void> {
  const [known] = await ledger.query<KnownLot>('select product, received, opens_at, place, stock_window from lots where id = $1', [id]);
  if (!known) throw new Error(`lot ${id} is gone`);
  const day = (at: number | undefined): string => (at === undefined ? 'at once' : new Date(at).toISOString());
  const numbers = (ranges: readonly Pick<SerialRange, 'first' | 'last'>[]): string => ranges.map(toldRange).toSorted().join(', ') || 'none';
  const said: readonly (readonly [what: string, before: string, now: string])[] = [
    ['product', known.product, product],
    ['units', `${known.received}`, `${units}`],
    ['opens', ...(window !== undefined && opensAt === undefined ? (['', ''] as const) : ([day(known.opens_at?.getTime()), day(opensAt)] as const))],
    ['place', known.place ?? 'none', place ?? 'none'],
    ['window', known.stock_window ?? 'none', window ?? 'none'],
    ['serial numbers', numbers(await serialsOf(ledger, id)), numbers(serials)],
  ];
  const other = said.find(([, before, now]) => before !== now);
  if (other)
    throw new StockRefused(
      'lot-conflict',
      `lot ${id} is known with ${known.received} ${known.product}, not ${units} ${product} (${other[0]}: ${other[1]}, not ${other[2]}): give the new receipt a name of its own`,
    );
}
