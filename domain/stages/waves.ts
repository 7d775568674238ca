import type { OrderEvent } from '../events.ts';
import { refuse } from '../refusal.ts';
import type { ActRules, Evolutions } from '../stage.ts';
import type { Order } from '../state.ts';
import { mayHaveHappened, type StepName, wantAnew } from '../steps.ts';
import { hasLeft, unitsDelivered, unitsShipped, unitsReserved, unitsToShip, wavesShipped, waveNumber, waveUnits } from '../waves.ts';
import { haveKeysTurned } from './both-keys.ts';
import { approvalsOf } from './china-review.ts';
import { withoutPapers } from './export.ts';
import { areUnitsReplaced, shortenedAt, withoutFinding } from './failed-units.ts';

/** What a wave is made of: so many units, on one approval of China. */
interface WaveTerms {
  readonly units: number;
  readonly approvalNumber: string;
}

/** The approval that the next units leave on, and how many it still covers; those before it are used up. */
export function nextApproval(order: Order): WaveTerms | undefined {
  const { chinaReview: key } = order;
  if (key.state !== 'approved') return undefined;
  let left = unitsShipped(order);
  for (const { approvalNumber, units = Infinity } of approvalsOf(key)) {
    if (left < units) return { approvalNumber, units: units - left };
    left -= units;
  }
  return undefined;
}

/**
 * What can leave next: the least of what is still to leave, what is reserved, and what China's approval still covers. What the license and the quotas
 * leave is in what is reserved, and both are asked again in the transaction that ships. Undefined where nothing can.
 */
function shippable(order: Order): WaveTerms | undefined {
  const approval = nextApproval(order);
  const units = Math.min(unitsToShip(order), unitsReserved(order), approval?.units ?? 0);
  return approval && units > 0 ? { units, approvalNumber: approval.approvalNumber } : undefined;
}

/** What a wave does for its goods, each wave anew. */
export const waveSteps = [
  'request-inspection',
  'rescreen-parties',
  'book-shipment',
  'ship',
  'accrue-levy',
  'declare-customs',
] as const satisfies readonly StepName[];

/**
 * Forms the wave that leaves next where an order does not leave as a whole: once both keys have turned, and again when a wave has been declared to
 * customs and something more can leave. A wave that is being made ready follows an approval that has changed.
 */
export function wavesAt(order: Order, at: number): OrderEvent[] {
  // What can leave follows from how many units the order is for.
  if (order.lacking !== undefined) return shortenedAt(order, order.lacking, at);
  if (order.policy.edition === 1 || order.shortened?.isClosed || !haveKeysTurned(order)) return [];
  const next = shippable(order);
  if (!next) return [];
  if (hasLeft(order)) return isDeclared(order) ? [{ type: 'wave-formed', wave: waveNumber(order) + 1, ...next, at }] : [];
  const { wave } = order;
  // What was levied, tested or booked for so many units is good for no more.
  const isBegun = waveSteps.some((step) => mayHaveHappened(order.steps[step]));
  const formed = { ...next, units: isBegun ? Math.min(next.units, waveUnits(order)) : next.units };
  const isAsBefore = wave ? wave.approvalNumber === formed.approvalNumber && wave.units === formed.units : formed.units === waveUnits(order);
  return isAsBefore || mayHaveHappened(order.steps.ship) ? [] : [{ type: 'wave-formed', wave: waveNumber(order), ...formed, at }];
}

const isDeclared = ({ steps }: Order): boolean => (['accrue-levy', 'declare-customs'] as const).every((step) => steps[step]?.state === 'done');

/** How an order ends whose goods are all where they stay, and what became of the units. */
export function endingOf(order: Order): Pick<OrderEvent<'order-ended'>, 'outcome' | 'reason'> {
  const [ordered, delivered] = [order.terms.units, unitsDelivered(order)];
  const back = unitsShipped(order) - delivered;
  if (back === 0 && !order.shortened?.isClosed) return { outcome: 'delivered', reason: 'all units delivered' };
  const { units, reason } = order.shortened ?? { units: ordered, reason: '' };
  const told = [
    `${delivered} of ${ordered} units delivered`,
    ...(back > 0 ? [`${back} sent back by customs and set apart`] : []),
    ...(units < ordered ? [`${ordered - units} never left: ${reason}`] : []),
  ];
  return { outcome: delivered > 0 ? 'partly-delivered' : 'undelivered', reason: told.join('; ') };
}

export const waveActs: ActRules<'short-close'> = {
  'short-close': (order, { reason }, at) => {
    const { id } = order.terms;
    const isLeaving = mayHaveHappened(order.steps.ship) && !hasLeft(order);
    if (isLeaving)
      return refuse('irreversible', `order ${id}: wave ${waveNumber(order)} may have been handed to the carrier`, 'short-close once that is known');
    if (areUnitsReplaced(order)) return refuse('not-yet', `order ${id}: units that failed their test are being replaced`, 'short-close once they are');
    if (wavesShipped(order).length === 0) return refuse('not-yet', `nothing of order ${id} has left`, 'cancel, which ends the order');
    if (unitsToShip(order) === 0) return refuse('already-decided', `order ${id} has no units left to ship`, 'an order of which some units have not left');
    return [{ type: 'order-short-closed', units: unitsShipped(order), reason, at }];
  },
};

export const waveEvolutions: Evolutions<'wave-formed' | 'order-short-closed'> = {
  'wave-formed': (order, { wave: number, units, approvalNumber }) => {
    const isAnother = number !== waveNumber(order);
    const formed = { ...order, wave: { number, units, approvalNumber } };
    if (!isAnother) return units === waveUnits(order) ? formed : withoutPapers(formed);
    return { ...withoutRegister(formed), waves: wavesShipped(order), fulfillment: { state: 'not-started' }, steps: waveSteps.reduce(wantAnew, order.steps) };
  },
  'order-short-closed': (before, { units, reason }) => {
    const order = withoutFinding(before);
    return {
      ...order,
      shortened: { units, reason, isClosed: true },
      steps: order.steps['reduce-stock'] ? wantAnew(order.steps, 'reduce-stock') : order.steps,
    };
  },
};

const withoutRegister = ({ register: _register, ...order }: Order): Order => order;
