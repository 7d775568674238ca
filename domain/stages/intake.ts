import type { OrderEvent } from '../events.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { shippingOf } from '../rules/export-papers.ts';
import type { ActRules, Evolutions, ReportRules, Stage } from '../stage.ts';
import { nothing } from '../stage.ts';
import type { Order } from '../state.ts';
import { withRegister } from './export.ts';
import { wantAnew } from '../steps.ts';

export const intake: Stage = {
  name: 'intake',
  isDone: (order) => order.intake.state === 'cleared',
  wants: (order) => {
    switch (order.intake.state) {
      case 'screening':
        return { steps: ['screen-parties'], asks: [] };
      case 'hit':
        return { steps: [], asks: [{ role: 'compliance.second', acts: ['clear-hit', 'confirm-hit'] }] };
      case 'not-vetted':
        return { steps: [], asks: [{ role: 'us.commerce', acts: ['approve-customer', 'decline-customer'] }] };
      case 'vetted':
        return { steps: ['record-customer'], asks: [] };
      case 'cleared':
        return nothing;
    }
  },
};

const noHit = (id: string) => refuse('not-yet', `order ${id} has no screening hit`, 'this act answers a hit');

export const intakeActs: ActRules<'clear-hit' | 'confirm-hit' | 'approve-customer' | 'decline-customer'> = {
  'clear-hit': (order, act, at) =>
    order.intake.state === 'hit' ? [{ type: 'hit-cleared', reason: act.reason, at }, ...vettingOf(order.intake.standing, at)] : noHit(order.terms.id),
  'confirm-hit': (order, act, at) =>
    order.intake.state === 'hit'
      ? [
          { type: 'hit-confirmed', reason: act.reason, at },
          { type: 'order-ended', outcome: 'refused-at-intake', reason: `screening hit confirmed: ${act.reason}`, at },
        ]
      : noHit(order.terms.id),
  'approve-customer': (order, act, at) => notAsked(order) ?? [{ type: 'customer-approved', reason: act.reason, at }],
  'decline-customer': (order, act, at) => notAsked(order) ?? [{ type: 'customer-declined', reason: act.reason, at }],
};

/** Commerce vets the customer of an order that waits for it; a customer that it takes off the list is a matter of the policy board. */
function notAsked({ intake: now, terms }: Order): Refusal | undefined {
  if (now.state === 'not-vetted') return undefined;
  return now.state === 'screening' || now.state === 'hit'
    ? refuse('not-yet', `the parties of order ${terms.id} are not cleared`, 'this act once they are')
    : refuse('already-decided', `order ${terms.id} waits for no word on customer ${terms.customer}`, 'an order whose customer is not vetted yet');
}

type Unvetted = 'not-vetted' | 'declined' | 'removed';
/** What the list of vetted customers says, where it does not say that the customer is on it. */
const unvetted = (standing: 'approved' | Unvetted | undefined): Unvetted | undefined => (standing === 'approved' ? undefined : standing);
const vettingOf = (standing: Unvetted | undefined, at: number): OrderEvent[] => (standing === undefined ? [] : [{ type: 'customer-not-vetted', standing, at }]);

export const intakeReports: ReportRules<'screen-parties' | 'rescreen-parties' | 'record-customer'> = {
  'screen-parties': (_order, result, at) => {
    const standing = unvetted(result.standing);
    return result.outcome === 'clear'
      ? [{ type: 'parties-cleared', listVersion: result.listVersion, at }, ...vettingOf(standing, at)]
      : [{ type: 'screening-hit', listVersion: result.listVersion, matches: result.matches, ...(standing && { standing }), at }];
  },
  // A hit brings an order back to its intake, wherever it was; so does a customer that is no longer on the list.
  'rescreen-parties': (_order, result, at) => {
    const standing = unvetted(result.standing);
    return result.outcome === 'clear'
      ? [{ type: 'parties-rescreened', listVersion: result.listVersion, at }, ...vettingOf(standing, at)]
      : [{ type: 'screening-hit', listVersion: result.listVersion, matches: result.matches, ...(standing && { standing }), at }];
  },
  'record-customer': ({ intake: now, outcome }, _result, at) => [
    { type: 'customer-recorded', at },
    ...(outcome === undefined && now.state === 'vetted' && now.standing === 'declined'
      ? [{ type: 'order-ended', outcome: 'refused-at-intake', reason: `customer declined by Commerce: ${now.reason}`, at } as const]
      : []),
  ],
};

/** An order that comes back to its intake may have told the list before: a new word is told anew. */
const vetted = (order: Order, standing: 'approved' | 'declined', reason: string): Order => ({
  ...order,
  intake: { state: 'vetted', standing, reason },
  ...(order.steps['record-customer'] && { steps: wantAnew(order.steps, 'record-customer') }),
});

type IntakeEvent =
  | 'parties-cleared'
  | 'parties-rescreened'
  | 'screening-hit'
  | 'hit-cleared'
  | 'hit-confirmed'
  | 'customer-not-vetted'
  | 'customer-approved'
  | 'customer-declined'
  | 'customer-recorded';

export const intakeEvolutions: Evolutions<IntakeEvent> = {
  'parties-cleared': (order) => ({ ...order, intake: { state: 'cleared' } }),
  'parties-rescreened': (order, { listVersion }) => (shippingOf(order) ? withRegister(order, { listVersion }) : order),
  'screening-hit': (order, { listVersion, matches, standing }) => ({
    ...(shippingOf(order) ? withRegister(order, { listVersion }) : order),
    intake: { state: 'hit', matches, ...(standing && { standing }) },
  }),
  'hit-cleared': (order) => ({ ...order, intake: { state: 'cleared' } }),
  'hit-confirmed': (order) => order,
  'customer-not-vetted': (order, event) => ({ ...order, intake: { state: 'not-vetted', standing: event.standing } }),
  'customer-approved': (order, { reason }) => vetted(order, 'approved', reason),
  'customer-declined': (order, { reason }) => vetted(order, 'declined', reason),
  // Of an order that was cancelled meanwhile, the list is told all the same.
  'customer-recorded': (order) => ({ ...order, intake: { state: 'cleared' } }),
};
