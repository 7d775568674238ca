import type { Order } from '../state.ts';
import { hasLeft, type ShippedWave, unitsToShip, wavesShipped, waveUnits } from '../waves.ts';
import { approvalsOf } from './china-review.ts';

/** Where the goods of an order stand that does not leave as a whole, and why customs keep or send back some: line by line. */
export function goodsTold(order: Order): string[] {
  const { wave, fulfillment } = order;
  const left = wavesShipped(order);
  if (!wave) return left.flatMap(({ goods }) => ('reason' in goods ? [`${goods.state}: ${goods.reason}`] : []));
  const isNext = !hasLeft(order);
  const rest = unitsToShip(order) - (isNext ? waveUnits(order) : 0);
  return [
    ...approvalsTold(order),
    ...left.map(toldWave),
    ...(isNext ? [`wave ${wave.number}: ${wave.units} units on ${wave.approvalNumber}, ${fulfillment.state}`] : []),
    ...(rest > 0 ? [`${rest} units have not left`] : []),
  ];
}

const toldWave = ({ number, units, goods }: ShippedWave): string =>
  `wave ${number}: ${units} units ${goods.state}${'waybill' in goods ? `, waybill ${goods.waybill}` : ''}${'reason' in goods ? `: ${goods.reason}` : ''}`;

const approvalsTold = ({ chinaReview: key }: Order): string[] =>
  key.state === 'approved'
    ? approvalsOf(key).map(({ approvalNumber, units }) => `approved as ${approvalNumber}${units === undefined ? '' : ` for ${units} units`}`)
    : [];
