import type { Fulfillment, Order } from './state.ts';
import { unitsOf } from './state.ts';
import { mayHaveHappened } from './steps.ts';

/** Goods that have left and have not come to rest, or have. */
export type Underway = Extract<Fulfillment, { state: (typeof underwayStates)[number] }>;
export const underwayStates = ['shipped', 'at-customs', 'detained', 'released', 'delivered', 'returning', 'returned', 'set-apart'] as const;

const isUnderway = (goods: Fulfillment): goods is Underway => underwayStates.some((state) => state === goods.state);
const isAtRest = ({ state }: Fulfillment): boolean => state === 'delivered' || state === 'set-apart';

/** Goods that leave together, numbered from 1. */
export interface LeftWave {
  readonly number: number;
  readonly units: number;
  readonly goods: Underway;
}

/** The number of the wave that leaves next, or has left last. */
export const waveNumber = ({ wave }: Order): number => wave?.number ?? 1;

/** The units of the wave that leaves next, or has left last: all that the order is for, unless it goes in several. */
export const waveUnits = (order: Order): number => order.wave?.units ?? unitsOf(order);

/** Every wave that has left, the first one first. */
export function wavesLeft(order: Order): readonly LeftWave[] {
  const { fulfillment: goods, waves = [] } = order;
  return isUnderway(goods) ? [...waves, { number: waveNumber(order), units: waveUnits(order), goods }] : waves;
}

const sumOf = (waves: readonly LeftWave[]): number => waves.reduce((sum, { units }) => sum + units, 0);

/** How many units have left. */
export const unitsGone = (order: Order): number => sumOf(wavesLeft(order));

/** How many units have arrived. */
export const unitsDelivered = (order: Order): number => sumOf(wavesLeft(order).filter(({ goods }) => goods.state === 'delivered'));

/** How many units have not left and are to. */
export const unitsToShip = (order: Order): number => unitsOf(order) - unitsGone(order);

/** Whether goods may have left, also where nobody knows yet. */
export const mayHaveLeft = (order: Order): boolean => mayHaveHappened(order.steps.ship) || wavesLeft(order).length > 0;

/** Whether all that has left is where it stays. */
export const areAtRest = (order: Order): boolean => wavesLeft(order).every(({ goods }) => isAtRest(goods));

/** Whether the order wants no more goods to leave, and had begun to ready some: what was begun for them is taken back. */
export const isAbandoned = (order: Order): boolean => order.shortened?.isClosed === true && !isUnderway(order.fulfillment);

export const reservedUnits = ({ allocation }: Order): number =>
  allocation.state === 'reserved' ? allocation.lots.reduce((sum, { units }) => sum + units, 0) : 0;
