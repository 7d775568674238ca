import type { LotUnits } from '../domain/lots.ts';
import type { Session } from './database.ts';
import { StockRefused } from './stock-refused.ts';

/** The columns of a lot between which units move; they always add up to what was received. */
type Column = 'free' | 'reserved' | 'quarantined' | 'shipped';
type MovementKind = 'reserved' | 'released' | 'quarantined' | 'restored' | 'shipped' | 'returned';

/** A movement of units that are there already, `at` in epoch milliseconds. */
export interface Movement {
  readonly kind: MovementKind;
  /** What asked for it: the reservation, the shipment, the finding. */
  readonly key: string;
  /** The reservation whose units they are; left out for units that are nobody's. */
  readonly reservation?: { readonly key: string; readonly orderId: string };
  /** Which units, `FIRST..LAST`, where they are known by number. */
  readonly serials?: string;
  readonly reason?: string;
  readonly at: number;
}

const columnsOf = ({ kind, reservation }: Movement): readonly [from: Column, to: Column] =>
  (
    ({
      reserved: ['free', 'reserved'],
      released: ['reserved', 'free'],
      shipped: ['reserved', 'shipped'],
      returned: ['shipped', 'free'],
      quarantined: [reservation ? 'reserved' : 'free', 'quarantined'],
      restored: ['quarantined', 'free'],
    }) as const
  )[kind];

/**
 * Moves units of lots from one column to another and writes that into the journal, in one statement. Answers the products of what moved.
 * Throws `StockRefused` where a lot has not as many; of what a reservation has, its lots always have.
 */
export async function moveUnits(ledger: Session, movement: Movement, parts: readonly LotUnits[]): Promise<string[]> {
  const [from, to] = columnsOf(movement);
  const { kind, key, reservation, serials, reason, at } = movement;
  const moved = await ledger.query<{ lot: string; product: string }>(
    // Lots are locked by name wherever several are, so that nobody waits for one that waits for him.
    `with part as (
       select id, part.units from unnest($1::text[], $2::int[]) as part (lot, units) join lots on id = part.lot order by id for update of lots
     ), moved as (
       update lots set ${from} = lots.${from} - part.units, ${to} = lots.${to} + part.units from part
       where lots.id = part.id and lots.${from} >= part.units returning lots.id, lots.product, part.units
     ), entered as (
       insert into stock_journal (lot, kind, units, key, reservation_key, order_id, serials, reason, at)
       select id, $3, units, $4, $5, $6, $7, $8, $9 from moved
     )
     select id as lot, product from moved`,
    [
      ...[parts.map(({ lot }) => lot), parts.map(({ units }) => units), kind, key, reservation?.key ?? null, reservation?.orderId ?? null],
      ...[serials ?? null, reason ?? null, new Date(at)],
    ],
  );
  const missing = parts.find(({ lot }) => !moved.some((one) => one.lot === lot));
  if (missing) throw new StockRefused('units-short', `lot ${missing.lot} has not ${missing.units} units ${from}: none becomes ${to}`);
  return [...new Set(moved.map(({ product }) => product))];
}
