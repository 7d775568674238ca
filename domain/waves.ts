import { sumOf } from './lots.ts';
import { type Fulfillment, type Order, unitsOf } from './state.ts';
import { mayHaveHappened, stepKey } from './steps.ts';

const underwayStates = ['shipped', 'at-customs', 'detained', 'released', 'delivered', 'returning', 'returned', 'set-apart'] as const;
/** Goods that have left, wherever they are by now. */
export type Underway = Extract<Fulfillment, { readonly state: (typeof underwayStates)[number] }>;

/** Goods that have left together. */
export interface ShippedWave {
  /** The first being 1. */
  readonly number: number;
  readonly units: number;
  /** The key of the step that handed them to the carrier. */
  readonly shipment: string;
  readonly goods: Underway;
}

const isUnderway = (goods: Fulfillment): goods is Underway => underwayStates.some((state) => state === goods.state);

/** The number of the wave that leaves next, or has left last. */
export const waveNumber = ({ wave }: Order): number => wave?.number ?? 1;

/** Its units: all that the order is for, unless it leaves in several. */
export const waveUnits = (order: Order): number => order.wave?.units ?? unitsOf(order);

/** Whether that wave has left. */
export const hasLeft = ({ fulfillment }: Order): boolean => isUnderway(fulfillment);

/** Every wave that has left, the first one first. */
export function wavesShipped(order: Order): readonly ShippedWave[] {
  const { fulfillment: goods, waves = [], terms, steps } = order;
  if (!isUnderway(goods)) return waves;
  const shipment = stepKey(terms.id, 'ship', steps.ship?.wish ?? 0);
  return [...waves, { number: waveNumber(order), units: waveUnits(order), shipment, goods }];
}

const unitsIn = (waves: readonly ShippedWave[]): number => waves.reduce((sum, { units }) => sum + units, 0);

/** How many units had left before the wave that leaves next, or has left last. */
export const unitsBefore = ({ waves = [] }: Order): number => unitsIn(waves);

/** How many units have left. */
export const unitsShipped = (order: Order): number => unitsIn(wavesShipped(order));

/** How many units have arrived. */
export const unitsDelivered = (order: Order): number => unitsIn(wavesShipped(order).filter(({ goods }) => goods.state === 'delivered'));

/** How many units have not left and are to. */
export const unitsToShip = (order: Order): number => unitsOf(order) - unitsShipped(order);

/** Whether goods may have left, also where nobody knows yet. */
export const mayHaveLeft = (order: Order): boolean => mayHaveHappened(order.steps.ship) || wavesShipped(order).length > 0;

/** Whether all that has left is where it stays. */
export const areAtRest = (order: Order): boolean =>
  wavesShipped(order).every(({ goods }) => (goods.state === 'delivered' && !isToVerify(order, goods)) || goods.state === 'set-apart');

/** Whether goods are to be looked at where they are, and have not been seen as they are licensed. */
export const isToVerify = ({ policy }: Order, goods: Fulfillment): boolean =>
  policy.edition === 2 && policy.shipping?.siteVerification === 'needed' && goods.state === 'delivered' && goods.verified !== true;

/** Whether the order was closed short while goods were being made ready: what was begun for them is taken back. */
export const isGivenUp = (order: Order): boolean => order.shortened?.isClosed === true && !hasLeft(order);

/** Units that are reserved for the order and have not left. */
export const unitsReserved = ({ allocation }: Order): number => (allocation.state === 'reserved' ? sumOf(allocation.lots) : 0);
