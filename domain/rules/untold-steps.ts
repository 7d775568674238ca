import type { Order } from '../state.ts';
import type { StepName, StepResults } from '../steps.ts';
import { unitsToShip } from '../waves.ts';

/** A list or lot that only the desk's former systems know. */
const elsewhere = 'before-import';

/**
 * Steps that change nothing outside the desk's own systems, each with what it must have answered for an order to have gone on. Those systems are others
 * here, so an order that is imported is screened and given stock anew. All other steps an import must tell, or name as not done yet: nobody is filed,
 * booked, invoiced or told twice.
 */
const answers: { readonly [S in StepName]: null | ((order: Order) => StepResults[S]) } = {
  'screen-parties': () => ({ outcome: 'clear', listVersion: elsewhere }),
  'rescreen-parties': () => ({ outcome: 'clear', listVersion: elsewhere }),
  'record-customer': ({ intake }) => ({ recorded: intake.state === 'vetted' ? intake.standing : 'approved' }),
  'reserve-stock': (order) => ({ outcome: 'reserved', lots: [{ lot: elsewhere, units: unitsToShip(order) }] }),
  'file-application': null,
  'notify-license': null,
  'void-license': () => ({ outcome: 'not-recorded' }),
  'request-inspection': null,
  'book-shipment': null,
  ship: null,
  'accrue-levy': null,
  'declare-customs': null,
  'quarantine-return': (order) => ({ quarantined: unitsToShip(order) }),
  'replace-units': ({ fulfillment: now }) => ({
    replaced: now.state === 'units-failed' ? [{ lot: elsewhere, units: now.failed.units }] : [],
    missing: 0,
  }),
  'reduce-stock': (order) => ({ kept: unitsToShip(order) }),
  'release-stock': () => ({ released: 0 }),
  'withdraw-application': null,
  'cancel-inspection': null,
  'cancel-booking': null,
  'notify-ending': null,
};

/** Whether an import may leave the step out. */
export const isAssumed = (step: StepName): boolean => answers[step] !== null;

/** What the step must have answered. Throws for one that an import must tell. */
export function assumedAnswer<S extends StepName>(order: Order, step: S): StepResults[S] {
  const answer = answers[step];
  if (answer === null) throw new Error(`order ${order.terms.id}: what ${step} answered is to be told, and cannot be assumed`);
  return answer(order);
}
