import { type Refusal, refuse } from '../refusal.ts';
import type { ActRules, Ask, Evolutions, Stage } from '../stage.ts';
import { nothing } from '../stage.ts';
import { type Order, type PurchaseApproval, unitsOf } from '../state.ts';

type Approved = Extract<Order['chinaReview'], { readonly state: 'approved' }>;

export const chinaReview: Stage = {
  name: 'china-review',
  isDone: (order) => order.chinaReview.state === 'approved',
  wants: (order) => (order.chinaReview.state === 'approved' ? nothing : { steps: [], asks: purchaseAsks(order) }),
};

/** Who is asked for the next word on the purchase: of an order that is approved in part, on the rest. */
export function purchaseAsks(order: Order): Ask[] {
  const { chinaReview: key } = order;
  if ('applicationNumber' in key)
    return [
      { role: 'cn.mofcom', acts: ['approve-purchase', 'deny-purchase'] },
      { role: 'cn.miit', acts: ['approve-purchase', 'deny-purchase'] },
    ];
  const isAwaited = key.state === 'not-applied' || (key.state === 'approved' && unitsUnapproved(order) > 0);
  return isAwaited ? [{ role: 'buyer', acts: ['apply-purchase'] }] : [];
}

/** Units that no approval covers, where the purchase was approved in part. */
function unitsUnapproved(order: Order): number {
  const { chinaReview: key } = order;
  if (key.state !== 'approved') return unitsOf(order);
  if (key.units === undefined) return 0;
  return unitsOf(order) - approvalsOf(key).reduce((sum, { units = 0 }) => sum + units, 0);
}

export const chinaReviewActs: ActRules<'apply-purchase' | 'approve-purchase' | 'deny-purchase'> = {
  'apply-purchase': (order, act, at) =>
    order.intake.state !== 'cleared'
      ? refuse('not-yet', `the parties of order ${order.terms.id} are not cleared`, 'apply-purchase after intake')
      : order.chinaReview.state === 'not-applied' || isApprovedInPart(order)
        ? [{ type: 'purchase-applied', applicationNumber: act.applicationNumber, at }]
        : refuse('already-decided', `the purchase of order ${order.terms.id} is ${order.chinaReview.state}`, 'one application an order'),
  'approve-purchase': (order, { approvalNumber, units: said }, at) => {
    const units = said === undefined ? undefined : Number(said);
    return unlessOpen(order) ?? unlessWithin(order, units) ?? [{ type: 'purchase-approved', approvalNumber, ...(units !== undefined && { units }), at }];
  },
  'deny-purchase': (order, act, at) =>
    unlessOpen(order) ?? [
      { type: 'purchase-denied', reason: act.reason, at },
      // What was approved before stays approved.
      ...(order.chinaReview.state === 'applied' ? [{ type: 'order-ended', outcome: 'denied-by-china', reason: act.reason, at } as const] : []),
    ],
};

const isApprovedInPart = (order: Order): boolean =>
  order.chinaReview.state === 'approved' && order.chinaReview.applicationNumber === undefined && unitsUnapproved(order) > 0;

function unlessWithin(order: Order, units: number | undefined): Refusal | undefined {
  const most = unitsUnapproved(order);
  return units === undefined || units <= most
    ? undefined
    : refuse('invalid-act', `units: ${units} of order ${order.terms.id} cannot be approved, ${most} are not approved yet`, `units from 1 to ${most}`);
}

/** The Chinese key is open to a decision as soon as the buyer has applied, also before the US key has turned. */
function unlessOpen(order: Order): Refusal | undefined {
  const { chinaReview: key } = order;
  switch (key.state) {
    case 'applied':
      return undefined;
    case 'not-applied':
      return refuse('no-application', `the buyer of order ${order.terms.id} has not applied in China`, 'apply-purchase by buyer first');
    case 'approved':
      if (key.applicationNumber !== undefined) return undefined;
      if (isApprovedInPart(order))
        return refuse('no-application', `the buyer of order ${order.terms.id} has not applied for the rest in China`, 'apply-purchase by buyer first');
      return refuse('already-decided', `the purchase of order ${order.terms.id} is approved`, 'one decision an application');
    case 'denied':
      return refuse('already-decided', `the purchase of order ${order.terms.id} is ${order.chinaReview.state}`, 'one decision an application');
  }
}

export const chinaReviewEvolutions: Evolutions<'purchase-applied' | 'purchase-approved' | 'purchase-denied'> = {
  'purchase-applied': (order, { applicationNumber }) => {
    const { chinaReview: key } = order;
    return { ...order, chinaReview: key.state === 'approved' ? { ...key, applicationNumber } : { state: 'applied', applicationNumber } };
  },
  'purchase-approved': (order, { approvalNumber, units }) => {
    const { chinaReview: key } = order;
    const latest = { state: 'approved', approvalNumber, ...(units !== undefined && { units }) } as const;
    return { ...order, chinaReview: key.state === 'approved' ? { ...latest, before: approvalsOf(key) } : latest };
  },
  'purchase-denied': (order, { reason }) => {
    const { chinaReview: key } = order;
    if (key.state !== 'approved') return { ...order, chinaReview: { state: 'denied', reason } };
    const { applicationNumber: _applicationNumber, ...approved } = key;
    return { ...order, chinaReview: approved };
  },
};

/** Every approval, the first one first. */
export const approvalsOf = ({ approvalNumber, units, before = [] }: Approved): readonly PurchaseApproval[] => [
  ...before,
  { approvalNumber, ...(units !== undefined && { units }) },
];
