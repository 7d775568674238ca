import type { FailedUnits, Order } from '../state.ts';
import { hasLeft, type ShippedWave, type Underway, unitsToShip, wavesShipped, waveUnits } from '../waves.ts';
import { approvalsOf } from './china-review.ts';
import { exportTold } from './export.ts';

/** Units that failed their test, by number where that is known. */
export const unitsTold = ({ lot, units, serials }: FailedUnits): string => `${units} units of lot ${lot}${serials === undefined ? '' : ` (${serials})`}`;

/** Where the goods of an order stand that does not leave as a whole, and why customs keep or send back some: line by line. */
export function goodsTold(order: Order): string[] {
  const { wave, fulfillment } = order;
  const left = wavesShipped(order);
  if (!wave) return [...left.flatMap(({ goods }) => whyTold(goods).map((why) => `${goods.state}${why}`)), ...failedTold(order), ...exportTold(order)];
  const isNext = !hasLeft(order);
  const rest = unitsToShip(order) - (isNext ? waveUnits(order) : 0);
  return [
    ...approvalsTold(order),
    ...left.map(toldWave),
    ...(isNext ? [`wave ${wave.number}: ${wave.units} units on ${wave.approvalNumber}, ${fulfillment.state}`] : []),
    ...failedTold(order),
    ...(rest > 0 ? [`${rest} units have not left`] : []),
    ...exportTold(order),
  ];
}

const failedTold = ({ fulfillment: now }: Order): string[] =>
  now.state === 'units-failed' ? [`${unitsTold(now.failed)} failed the test and are to be replaced from stock: ${now.reason}`] : [];

const toldWave = ({ number, units, goods }: ShippedWave): string =>
  `wave ${number}: ${units} units ${goods.state}${'waybill' in goods ? `, waybill ${goods.waybill}` : ''}${whyTold(goods).join('')}`;

/** Why goods are where they are not meant to stay. */
function whyTold(goods: Underway): string[] {
  if ('reason' in goods) return [`: ${goods.reason}`];
  return 'doubted' in goods ? [`, not seen as licensed in ${goods.doubted}: report it by twokey diversion report`] : [];
}

const approvalsTold = ({ chinaReview: key }: Order): string[] =>
  key.state === 'approved'
    ? approvalsOf(key).map(({ approvalNumber, units }) => `approved as ${approvalNumber}${units === undefined ? '' : ` for ${units} units`}`)
    : [];
