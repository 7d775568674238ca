import { z } from 'zod';

/** What writers are told to do: the raw update of one row, reservations and releases, or nothing. */
export const work = z.enum(['raw', 'reserve', 'rest']);
export type Work = z.infer<typeof work>;

export const writers = 16;
export const product = 'hot';
/** A little fewer than the 256 that all writers hold at most together, so that now and then one finds too few left. */
export const stock = 250;
/** How many reservations a writer holds before it gives the oldest back. */
export const mostHeld = 8;
/** The units of a writer's nth reservation: 1, 2 or 3. */
export const unitsOf = (turn: number): number => 1 + (turn % 3);
export const keyOf = (writer: number, turn: number): string => `writer-${writer}/${turn}`;
/** An order has one reservation at a time, or waits for one: as many orders a writer as it holds, and one that asks. */
export const ordersEach = mostHeld + 1;
export const orderOf = (writer: number, turn: number): string => `B-${writer}-${turn % ordersEach}`;
