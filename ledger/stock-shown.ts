import { type Database, query } from './database.ts';
import type { StockWindow } from './stock-windows.ts';

/** A lot as it stands, in units. */
export interface LotStanding {
  readonly lot: string;
  readonly product: string;
  readonly received: number;
  readonly free: number;
  readonly reserved: number;
  readonly quarantined: number;
  readonly shipped: number;
  /** When it may first be reserved from, in epoch milliseconds; null for what is on hand. */
  readonly opensAt: number | null;
  readonly place: string | null;
  readonly window: string | null;
  /** Its serial ranges, `FIRST..LAST`. */
  readonly serials: readonly string[];
}

type LotRow = Omit<LotStanding, 'opensAt'> & Record<string, unknown> & { opens_at: Date | null };

/** Every lot, or every lot of a product: those on hand first, then by the day they open. */
export async function lotStandings(database: Database, product?: string): Promise<LotStanding[]> {
  const rows = await query<LotRow>(
    database,
    `select id as lot, product, received, free, reserved, quarantined, shipped, opens_at, place, stock_window as window,
       array(select first || '..' || last from lot_serials where lot_serials.lot = lots.id order by first) as serials
     from lots where $1::text is null or product = $1 order by product, opens_at nulls first, id`,
    [product ?? null],
  );
  return rows.map(({ opens_at, ...lot }) => ({ ...lot, opensAt: opens_at?.getTime() ?? null }));
}

/** A window as it stands, and the days that it was moved through. */
export interface WindowStanding extends StockWindow {
  /** Units of it that came in. */
  readonly received: number;
  readonly isClosed: boolean;
  readonly history: readonly WindowEntry[];
}
interface WindowEntry {
  readonly kind: 'opened' | 'confirmed' | 'moved' | 'closed';
  /** Epoch milliseconds, as `opensAt`: when it happened, and for when the window was then. */
  readonly at: number;
  readonly opensAt: number;
  readonly reason: string | null;
}

interface WindowRow extends Record<string, unknown> {
  id: string;
  product: string;
  units: number;
  received: number;
  opens_at: Date;
  certainty: StockWindow['certainty'];
  is_closed: boolean;
  history: WindowEntry[];
}

/** Every window, or every window of a product, by the day it opens. */
export async function windowStandings(database: Database, product?: string): Promise<WindowStanding[]> {
  const rows = await query<WindowRow>(
    database,
    `select id, product, units, received, opens_at, certainty, closed_at is not null as is_closed,
       (select jsonb_agg(jsonb_build_object('kind', kind, 'at', (extract(epoch from changed_at) * 1000)::bigint, 'opensAt', (extract(epoch from opens_at) * 1000)::bigint, 'reason', reason) order by position)
        from stock_window_changes where stock_window = stock_windows.id) as history
     from stock_windows where $1::text is null or product = $1 order by opens_at, id`,
    [product ?? null],
  );
  return rows.map(({ opens_at, is_closed, ...window }) => ({ ...window, opensAt: opens_at.getTime(), isClosed: is_closed }));
}
