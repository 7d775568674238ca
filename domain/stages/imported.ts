import type { Evolutions } from '../stage.ts';
import type { Order } from '../state.ts';
import { type StepName, wantAnew } from '../steps.ts';
import { unitsToShip, wavesShipped } from '../waves.ts';

export const importEvolutions: Evolutions<'order-imported' | 'import-completed'> = {
  'order-imported': (order) => order,
  'import-completed': (order, { digest, at }) => {
    const shipments = wavesShipped(order).map(({ shipment }) => shipment);
    return wantedAnew({ ...order, imported: { recordedAt: at, digest, shipments, ...licenseOf(order) } });
  },
};

const licenseOf = ({ usReview, steps }: Order): { license?: string } =>
  usReview.state === 'licensed' && steps['notify-license']?.state === 'done' ? { license: usReview.license.number } : {};

/**
 * What this desk's systems do not know of an order that is still to leave is done anew: its parties are screened, its units reserved, what is left of its
 * license is set aside.
 */
function wantedAnew(order: Order): Order {
  if (order.outcome !== undefined || unitsToShip(order) === 0) return order;
  const { steps, intake, allocation, usReview } = order;
  const isReserved = steps['reserve-stock'] !== undefined;
  const isLicensed = order.policy.edition !== 1 && order.imported?.license !== undefined;
  const anew: readonly StepName[] = [
    ...(intake.state === 'cleared' ? (['screen-parties'] as const) : []),
    ...(isReserved ? (['reserve-stock'] as const) : []),
    ...(isLicensed ? (['notify-license'] as const) : []),
  ];
  return {
    ...order,
    intake: intake.state === 'cleared' ? { state: 'screening' } : intake,
    allocation: isReserved ? { state: 'unallocated' } : allocation,
    // A license of another order covers this one only once the ledger has set some of it aside.
    usReview: usReview.state === 'covered' ? { state: 'not-submitted' } : usReview,
    steps: anew.reduce(wantAnew, steps),
  };
}
