import { callOf } from '../../../domain/calls.ts';
import type { Order } from '../../../domain/state.ts';
import { theCore } from '../core.ts';
import { deciding, evolving, inWalk, type Mutant, planning, telling } from './mutant.ts';

/** Wants to ship, once, where it must not. */
const shipping = (says: string, caughtBy: string, tooEarly: (order: Order) => boolean): Mutant =>
  planning(says, caughtBy, (order) =>
    order.outcome === undefined && order.steps.ship === undefined && tooEarly(order)
      ? { ...theCore.plan(order), run: [callOf({ ...order, fulfillment: { state: 'booked', bookingReference: 'none' } }, 'ship')] }
      : theCore.plan(order),
  );

/** Broken ways to ship. */
export const ofTheKeys: readonly Mutant[] = [
  ...inWalk(
    'opaque: a license is corrected',
    evolving('a license that was corrected stays where it was', 'a-corrected-decision-turns-no-key', (order, event) =>
      event.type === 'decision-corrected' ? order : theCore.evolve(order, event),
    ),
    deciding('another license is issued before the mistaken one is void', 'a-corrected-decision-turns-no-key', (order, command, now) => {
      const { toVoid: _toVoid, ...decided } = order.decided ?? {};
      return theCore.decide(command.type === 'act' && command.act.name === 'issue-license' ? { ...order, decided } : order, command, now);
    }),
  ),
  planning('a hold is ignored when it comes to shipping', 'nothing-begins-while-held', (order) => {
    const plan = theCore.plan(order);
    return order.fulfillment.state === 'booked' && order.steps.ship === undefined && order.outcome === undefined
      ? { ...plan, run: [callOf(order, 'ship')] }
      : plan;
  }),
  shipping('an order ships as soon as its application is filed', 'ships-only-with-a-license', (order) => order.usReview.state === 'filed'),
  shipping('an order ships to parties that were found on a list', 'ships-only-to-cleared-parties', (order) => order.intake.state === 'hit'),
  shipping('an order ships units that nobody has booked', 'ships-only-reserved-and-booked-units', (order) => order.fulfillment.state === 'tested'),
  shipping(
    'an order ships as soon as the buyer has applied in China',
    'ships-only-with-the-chinese-approval',
    (order) => order.chinaReview.state === 'applied',
  ),
  shipping('an order ships what has failed its inspection', 'ships-only-what-passed-inspection', (order) => order.fulfillment.state === 'test-failed'),
  telling('goods are told to have left twice', 'ships-at-most-once', (event) => (event.type === 'goods-shipped' ? [event, event] : event)),
];
