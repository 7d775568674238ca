import { type Refusal, refuse } from '../refusal.ts';
import type { ActRules, Evolutions, Stage } from '../stage.ts';
import { nothing } from '../stage.ts';
import type { Order } from '../state.ts';

export const chinaReview: Stage = {
  name: 'china-review',
  isDone: (order) => order.chinaReview.state === 'approved',
  wants: (order) => {
    switch (order.chinaReview.state) {
      case 'not-applied':
        return { steps: [], asks: [{ role: 'buyer', acts: ['apply-purchase'] }] };
      case 'applied':
        return {
          steps: [],
          asks: [
            { role: 'cn.mofcom', acts: ['approve-purchase', 'deny-purchase'] },
            { role: 'cn.miit', acts: ['approve-purchase', 'deny-purchase'] },
          ],
        };
      case 'approved':
      case 'denied':
        return nothing;
    }
  },
};

export const chinaReviewActs: ActRules<'apply-purchase' | 'approve-purchase' | 'deny-purchase'> = {
  'apply-purchase': (order, act, at) =>
    order.intake.state !== 'cleared'
      ? refuse('not-yet', `the parties of order ${order.terms.id} are not cleared`, 'apply-purchase after intake')
      : order.chinaReview.state === 'not-applied'
        ? [{ type: 'purchase-applied', applicationNumber: act.applicationNumber, at }]
        : refuse('already-decided', `the purchase of order ${order.terms.id} is ${order.chinaReview.state}`, 'one application an order'),
  'approve-purchase': (order, act, at) => unlessOpen(order) ?? [{ type: 'purchase-approved', approvalNumber: act.approvalNumber, at }],
  'deny-purchase': (order, act, at) =>
    unlessOpen(order) ?? [
      { type: 'purchase-denied', reason: act.reason, at },
      { type: 'order-ended', outcome: 'denied-by-china', reason: act.reason, at },
    ],
};

/** The Chinese key is open to a decision as soon as the buyer has applied, also before the US key has turned. */
function unlessOpen(order: Order): Refusal | undefined {
  switch (order.chinaReview.state) {
    case 'applied':
      return undefined;
    case 'not-applied':
      return refuse('no-application', `the buyer of order ${order.terms.id} has not applied in China`, 'apply-purchase by buyer first');
    case 'approved':
    case 'denied':
      return refuse('already-decided', `the purchase of order ${order.terms.id} is ${order.chinaReview.state}`, 'one decision an application');
  }
}

export const chinaReviewEvolutions: Evolutions<'purchase-applied' | 'purchase-approved' | 'purchase-denied'> = {
  'purchase-applied': (order, event) => ({ ...order, chinaReview: { state: 'applied', applicationNumber: event.applicationNumber } }),
  'purchase-approved': (order, event) => ({ ...order, chinaReview: { state: 'approved', approvalNumber: event.approvalNumber } }),
  'purchase-denied': (order, event) => ({ ...order, chinaReview: { state: 'denied', reason: event.reason } }),
};
