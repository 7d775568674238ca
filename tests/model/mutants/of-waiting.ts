import type { Plan } from '../../../domain/plan.ts';
import { fulfillment } from '../../../domain/stages/fulfillment.ts';
import { theCore } from '../core.ts';
import { deciding, type Mutant, planning, telling } from './mutant.ts';

const nobody: Omit<Plan, 'stage'> = { run: [], asks: [], deadline: undefined, closed: false };
const later = { refused: 'not-yet', message: 'not now', accepted: 'this act later' } as const;

/** Orders that nobody knows how to bring on, and people who may not do what is theirs to do. */
export const ofWaiting: readonly Mutant[] = [
  planning('an order that is short of stock asks nobody', 'an-open-order-waits-on-somebody-or-on-a-timer', (order) =>
    order.allocation.state === 'short' && order.outcome === undefined ? { stage: 'allocation', ...nobody } : theCore.plan(order),
  ),
  planning('Commerce is asked for a license while a hold forbids it', 'nobody-is-asked-for-what-would-be-refused', (order) => {
    const plan = theCore.plan(order);
    return plan.stage === 'us-review' && order.usReview.state === 'before-commerce'
      ? { ...plan, asks: [{ role: 'us.commerce', acts: ['issue-license'] }] }
      : plan;
  }),
  planning('nobody is told of a step that failed while a hold is on', 'a-failed-step-can-be-mended', (order) => {
    const plan = theCore.plan(order);
    const isHeld = plan.asks.some((ask) => ask.role === 'policy.admin');
    return isHeld ? { ...plan, asks: plan.asks.filter((ask) => !ask.acts.includes('retry-step')) } : plan;
  }),
  telling('a second reservation is always heard as short', 'there-is-always-a-way-on', (event, order) =>
    event.type === 'stock-reserved' && (order.steps['reserve-stock']?.wish ?? 0) > 0 ? { type: 'stock-short', free: 7, at: event.at } : event,
  ),
  deciding('the desk cannot cancel an order that is under test', 'the-desk-may-cancel-until-the-goods-may-have-left', (order, command, now) =>
    command.type === 'act' && command.act.name === 'cancel' && fulfillment.wants(order).asks.some((ask) => ask.role === 'test.lab')
      ? later
      : theCore.decide(order, command, now),
  ),
  deciding('an agency speaks once and for all', 'an-agency-may-speak-and-change-its-position-until-the-review-closes', (order, command, now) => {
    const { usReview } = order;
    const spoke =
      command.type === 'act' &&
      usReview.state === 'referred' &&
      Object.entries(usReview.positions).some(([agency, { state }]) => agency === command.act.by && state === 'given');
    return spoke ? later : theCore.decide(order, command, now);
  }),
  deciding('China has to wait for the license', 'china-decides-whenever-an-application-is-open-there', (order, command, now) =>
    command.type === 'act' && command.act.name === 'approve-purchase' && order.usReview.state !== 'licensed' ? later : theCore.decide(order, command, now),
  ),
];
