import type { Order } from './state.ts';
import { mayHaveHappened, type StepName, stepNames, stepTraits } from './steps.ts';
import { hasLeft } from './waves.ts';

/** The steps that take back what may have happened of some others, or of all, and are not done: in reverse order of the journey. */
export const takenBack = (order: Order, of: readonly StepName[] = stepNames): StepName[] =>
  of
    .flatMap((step) => (hasToBeUndone(order, step) ? (stepTraits[step].undoneBy ?? []) : []))
    .filter((step) => order.steps[step]?.state !== 'done')
    .toReversed();

/** An application in one of these states is no longer with Commerce. */
const isOver: ReadonlySet<Order['usReview']['state']> = new Set<Order['usReview']['state']>([
  'licensed',
  'denied',
  'rejected-unregistered',
  'returned-without-action',
  'license-unusable',
]);

/** When a step that took effect leaves nothing to take back any more. */
const nothingToTakeBack: { readonly [S in StepName]?: (order: Order) => boolean } = {
  'reserve-stock': ({ allocation: now, outcome }) =>
    now.state === 'over-quota' || (now.state === 'short' && now.place === undefined) || outcome === 'delivered',
  'file-application': (order) => isOver.has(order.usReview.state),
  'request-inspection': ({ fulfillment: { state } }) => state !== 'not-started' && state !== 'under-test' && state !== 'units-failed',
  'book-shipment': hasLeft,
};

const hasToBeUndone = (order: Order, step: StepName): boolean =>
  stepTraits[step].undoneBy !== undefined &&
  (mayHaveHappened(order.steps[step]) || (step === 'reserve-stock' && isQueued(order))) &&
  !nothingToTakeBack[step]?.(order);

/** A place in the queue is given back as stock is, also by an order that was about to ask again. */
const isQueued = ({ allocation: now }: Order): boolean => now.state === 'unallocated' && now.queuedUnder !== undefined;
