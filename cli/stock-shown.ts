import type { ReservationDue } from '../ledger/stock-review.ts';
import type { LotStanding, WindowStanding } from '../ledger/stock-shown.ts';
import { count, part, table } from './output.ts';

/** A day, or a moment that is none. */
const dayOf = (at: number): string => {
  const told = new Date(at).toISOString();
  return told.endsWith('T00:00:00.000Z') ? told.slice(0, 10) : `${told.slice(0, 16)}Z`;
};

/** Lots as a table: what there is of each, where, and from when on. */
export const lotTable = (lots: readonly LotStanding[]): string =>
  table(
    ['lot', 'product', 'received', 'free', 'reserved', 'quarantined', 'shipped', 'opens', 'place'],
    lots.map(({ lot, product, received, free, reserved, quarantined, shipped, opensAt, place }) => [
      ...[lot, product],
      ...[received, free, reserved, quarantined, shipped].map(count),
      ...[opensAt === null ? 'on hand' : dayOf(opensAt), place ?? ''],
    ]),
  );

/** Windows as a table, under an empty line; nothing where there are none. */
export const windowTable = (windows: readonly WindowStanding[]): string[] =>
  part(
    ['window', 'product', 'units', 'received', 'opens', 'is', 'moved'],
    [16, 8, 9, 9, 10, 9, 13],
    windows.map(({ id, product, units, received, opensAt, certainty, history }) => [
      ...[id, product, count(units), count(received), dayOf(opensAt), certainty, movedThrough(history)],
    ]),
  );

/** The days that a window was moved away from. */
const movedThrough = (history: WindowStanding['history']): string =>
  history
    .flatMap(({ kind }, index) => {
      const before = history[index - 1];
      return kind === 'moved' && before ? [`from ${dayOf(before.opensAt)}`] : [];
    })
    .join(', ');

/** Reservations that are to be looked at again, under an empty line; nothing where there are none. */
export const dueTable = (due: readonly ReservationDue[]): string[] =>
  part(
    ['look again', 'order', 'product', 'units'],
    [10, 24, 10, 10],
    due.map(({ reviewBy, order, product, units }) => [reviewBy, order, product, count(units)]),
  );
