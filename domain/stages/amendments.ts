import type { Act } from '../acts.ts';
import type { OrderEvent } from '../events.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { amendmentRow, type Progress } from '../rules/amendments.ts';
import type { ActRules, Evolutions, ReportRules } from '../stage.ts';
import { type Order, priceOf, unitsOf } from '../state.ts';
import { mayHaveHappened, wantAnew } from '../steps.ts';
import { limits } from '../terms.ts';
import { mayHaveLeft, unitsReserved, unitsToShip } from '../waves.ts';
import { areUnitsReplaced } from './failed-units.ts';
import { keptOf } from './us-review/license.ts';

const licensed: ReadonlySet<Order['usReview']['state']> = new Set<Order['usReview']['state']>(['licensed', 'covered', 'license-unusable', 'not-required']);

/** A levy that has been told and goods that may have left are history. */
const progressOf = (order: Order): Progress =>
  mayHaveLeft(order) || mayHaveHappened(order.steps['accrue-levy']) ? 'exported' : licensed.has(order.usReview.state) ? 'licensed' : 'before-license';

export const amendmentActs: ActRules<'amend'> = {
  amend: (order, act, at) => {
    const { change, to, reason } = act;
    const number = Number(to);
    const isNumber = change === 'units' || change === 'price';
    const before = change === 'units' ? unitsOf(order) : priceOf(order);
    if (isNumber && !(Number.isSafeInteger(number) && number > 0 && String(number) === to))
      return refuse('invalid-act', `to: ${change} of ${JSON.stringify(to)}`, 'a whole number in digits; a price in minor units of one unit');
    const { then } = amendmentRow(progressOf(order), change, number > before);
    if (typeof then === 'object') return refuse(then.code, `order ${order.terms.id}: ${change} cannot change under the same authorization`, then.accepted);
    if (then === 'recorded') return [{ type: 'amendment-recorded', change, to, reason, at }];
    if (then === 'shortened' && areUnitsReplaced(order))
      return refuse('not-yet', `order ${order.terms.id}: units that failed their test are being replaced`, 'amend once they are');
    if (then === 'shortened' && isAskingForStock(order))
      return refuse('not-yet', `order ${order.terms.id}: stock is being reserved`, 'amend once it has been reserved or found short');
    if (number === before) return refuse('already-decided', `order ${order.terms.id} has ${change} ${to}`, 'another number');
    return then === 'shortened' ? [{ type: 'order-amended', units: number, reason, at }] : repriced(order, act, number, at);
  },
};

/** A call that is under way or tried again says under its key what it said first. */
const isAskingForStock = ({ steps }: Order): boolean => steps['reserve-stock'] !== undefined && steps['reserve-stock'].state !== 'done';

function repriced(order: Order, { reason }: Act<'amend'>, unitPriceMinor: number, at: number): OrderEvent[] | Refusal {
  const { id } = order.terms;
  if (unitPriceMinor * unitsOf(order) > limits.revenueMinor)
    return refuse('invalid-act', `order ${id}: units times price is past ${limits.revenueMinor} minor units`, 'a smaller price');
  // What people signed for is what the worker ships by.
  if (order.actors)
    return refuse('replacement-needed', `order ${id}: its price was signed with its submission`, 'a new order that names this one in `replaces`');
  return [{ type: 'order-amended', unitPriceMinor, reason, at }];
}

/** Whether more is reserved than the order is for any more: it is given back before anything else is done. */
export const holdsExcess = (order: Order): boolean => order.shortened !== undefined && unitsReserved(order) > unitsToShip(order);

export const amendmentReports: ReportRules<'reduce-stock'> = {
  'reduce-stock': (order, { kept }, at) => {
    const units = unitsToShip(order);
    // An order that believed it had given back what it has not would ship it.
    if (kept > units) return [{ type: 'step-failed', step: 'reduce-stock', reason: `${kept} units were kept, and ${units} were asked for`, at }];
    return [{ type: 'stock-reduced', units: kept, at }];
  },
};

export const amendmentEvolutions: Evolutions<'order-amended' | 'amendment-recorded' | 'stock-reduced'> = {
  'order-amended': (order, { units, unitPriceMinor, reason }) => ({
    ...order,
    ...(units !== undefined && { shortened: { units, reason }, steps: order.steps['reduce-stock'] ? wantAnew(order.steps, 'reduce-stock') : order.steps }),
    ...(unitPriceMinor !== undefined && { repriced: unitPriceMinor }),
  }),
  'amendment-recorded': (order) => order,
  'stock-reduced': (order, event) => ({ ...order, allocation: keptOf(order, event.units) }),
};
