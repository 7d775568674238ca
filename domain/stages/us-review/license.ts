import { splitUnits } from '../../lots.ts';
import { type Refusal, refuse } from '../../refusal.ts';
import type { ActRules, Evolutions } from '../../stage.ts';
import type { Order } from '../../state.ts';
import { wantAnew } from '../../steps.ts';
import type { Licensed } from '../../us-review.ts';
import { unitsShipped } from '../../waves.ts';
import { trackedOf } from '../conditions.ts';
import { review } from './moves.ts';

/** The license that the order's goods would leave under; undefined where there is none, or none is needed. */
export const licensedBy = ({ usReview }: Order): Licensed | undefined => (usReview.state === 'covered' || usReview.state === 'licensed' ? usReview : undefined);

export const licenseActs: ActRules<'recheck-license'> = {
  'recheck-license': (order, _act, at) => unlessUnusable(order) ?? [{ type: 'license-recheck-requested', at }],
};

const unlessUnusable = (order: Order): Refusal | undefined =>
  order.usReview.state === 'license-unusable'
    ? undefined
    : refuse('not-yet', `order ${order.terms.id}: no license has stopped a shipment; the US key is ${order.usReview.state}`, 'this act once one has');

type LicenseEvent = 'license-found' | 'order-shortened' | 'shipment-refused-by-license' | 'license-recheck-requested' | 'coverage-given-up';

export const licenseEvolutions: Evolutions<LicenseEvent> = {
  'license-found': (order, { license }) => ({
    ...order,
    usReview: { state: 'covered', license },
    ...(license.conditions.length > 0 && { conditions: trackedOf(license.conditions) }),
  }),
  'order-shortened': ({ lacking: _lacking, ...order }, { units, reason }) => ({
    ...order,
    shortened: { units, reason },
    allocation: keptOf(order, units - unitsShipped(order)),
  }),
  'shipment-refused-by-license': (order, { code, available }) => {
    const licensed = licensedBy(order);
    if (!licensed) throw new Error(`order ${order.terms.id}: a license stopped a shipment, and the US key is ${order.usReview.state}`);
    return { ...order, usReview: { state: 'license-unusable', code, available, licensed }, steps: wantAnew(order.steps, 'ship') };
  },
  'license-recheck-requested': (order) => review(order, 'license-unusable', ({ licensed }) => licensed),
  // The order goes on as one that no license covers.
  'coverage-given-up': (order) => withoutConditions({ ...order, usReview: { state: 'not-submitted' } }),
};

/** A license that is given up takes its conditions along. */
export const withoutConditions = ({ conditions: _conditions, ...order }: Order): Order => order;

/** The order with so many of its units reserved, as the ledger keeps them: the first lots by name. */
export const keptOf = ({ allocation }: Order, units: number): Order['allocation'] =>
  allocation.state === 'reserved' ? { ...allocation, lots: splitUnits(allocation.lots, units).first } : allocation;
