import { theCore } from '../core.ts';
import { deciding, type Mutant, planning } from './mutant.ts';

/** Broken endings. */
export const ofEndings: readonly Mutant[] = [
  planning('a booking is not taken back', 'an-ended-order-closes-only-when-all-is-taken-back', (order) => {
    const { 'book-shipment': _booking, ...steps } = order.steps;
    return theCore.plan(order.outcome === undefined ? order : { ...order, steps });
  }),
  planning('an ended order closes at once', 'an-ended-order-closes-only-when-all-is-taken-back', (order) =>
    order.outcome === undefined ? theCore.plan(order) : { stage: 'closed', run: [], asks: [], deadline: undefined, closed: true },
  ),
  deciding('a word about a step opens a closed order again', 'a-closed-order-stays-closed', (order, command, now) => {
    const { 'notify-ending': _told, ...steps } = order.steps;
    const mends = command.type === 'act' && command.act.name === 'settle-step';
    return theCore.decide(mends ? { ...order, steps } : order, command, now);
  }),
  deciding('an order is cancelled while its goods are being handed over', 'an-order-whose-goods-may-have-left-is-not-called-off', (order, command, now) => {
    const { ship: _ship, ...steps } = order.steps;
    return theCore.decide(command.type === 'act' && command.act.name === 'cancel' ? { ...order, steps } : order, command, now);
  }),
  deciding('an order is delivered without its levy', 'an-order-is-delivered-only-after-the-whole-way', (order, command, now) => {
    const answer = theCore.decide(order, command, now);
    const arrived =
      !('refused' in answer) && answer.some((event) => event.type === 'delivery-confirmed') && !answer.some((event) => event.type === 'order-ended');
    return arrived ? [...answer, { type: 'order-ended', outcome: 'delivered', reason: 'arrived', at: now }] : answer;
  }),
  planning('an order that has ended goes on as if it had not', 'an-ended-order-begins-nothing-new', (order) => {
    const screened = order.outcome === 'cancelled' && order.intake.state === 'screening' && order.steps['screen-parties'] === undefined;
    return screened ? theCore.plan({ ...order, outcome: undefined }) : theCore.plan(order);
  }),
];
