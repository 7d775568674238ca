import type { Act, ActName } from '../acts.ts';
import { agencies, type Role } from '../roles.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { commerceMay } from '../rules/us-decision.ts';
import type { ActRules } from '../stage.ts';
import { dayOf } from '../stage.ts';
import type { Order } from '../state.ts';
import type { Position } from '../us-review.ts';

type UsAct = 'submit-application' | 'register' | 'refer' | 'recommend' | 'escalate' | 'presidential-decision' | 'issue-license' | 'deny';

export const usReviewActs: ActRules<UsAct> = {
  'submit-application': (order, _act, at) =>
    order.usReview.state !== 'not-submitted'
      ? refuse('already-decided', `the application of order ${order.terms.id} is ${order.usReview.state}`, 'one application an order')
      : order.allocation.state !== 'reserved'
        ? refuse('not-yet', `order ${order.terms.id} has no stock yet (${order.allocation.state})`, 'filing once stock is reserved')
        : [{ type: 'application-submitted', at }],

  register: (order, act, at) =>
    order.usReview.state === 'filed' ? [{ type: 'application-registered', applicationNumber: act.applicationNumber, at }] : outOfTurn(order, 'register'),

  refer: (order, _act, at) => (order.usReview.state === 'registered' ? [{ type: 'application-referred', at }] : outOfTurn(order, 'refer')),

  recommend: (order, act, at) => {
    if (order.usReview.state !== 'referred') return outOfTurn(order, 'recommend');
    const agency = agencies.find((one) => one === act.by);
    if (!agency) throw new Error(`act ${act.id}: ${act.by} is no agency, though acts.ts lets it recommend`);
    const position = positionOf(act);
    return 'refused' in position ? position : [{ type: 'position-given', agency, position, at }];
  },

  escalate: (order, act, at) => beforeCommerce(order, 'escalate') ?? [{ type: 'escalated', reason: act.reason, at }],

  'presidential-decision': (order, act, at) =>
    order.usReview.state === 'before-president'
      ? [{ type: 'president-decided', consensus: act.decision === 'approve' ? 'president-approved' : 'president-denied', at }]
      : refuse(
          'not-before-president',
          `the review of order ${order.terms.id} is ${order.usReview.state}`,
          'a decision while a disagreement lies before the President',
        ),

  'issue-license': (order, act, at) =>
    beforeCommerce(order, 'issue-license') ?? [
      { type: 'license-issued', license: { number: act.licenseNumber, conditions: act.conditions ?? [], issuedAt: at }, at },
    ],

  deny: (order, act, at) =>
    beforeCommerce(order, 'deny') ?? [
      { type: 'license-denied', basis: act.basis, at },
      { type: 'order-ended', outcome: 'denied-by-us', reason: act.basis, at },
    ],
};

/** Refuses what Commerce may not do now; undefined where it may. */
function beforeCommerce(order: Order, name: 'issue-license' | 'deny' | 'escalate'): Refusal | undefined {
  if (order.usReview.state !== 'before-commerce') return outOfTurn(order, name);
  const verdict = commerceMay[order.usReview.consensus][name];
  return verdict.taken ? undefined : refuse(verdict.code, `order ${order.terms.id}: ${verdict.why}`, verdict.accepted);
}

/** Why an act of the review comes too early or too late, told from where the review stands. */
function outOfTurn(order: Order, name: ActName): Refusal {
  const { id } = order.terms;
  const review = order.usReview;
  switch (review.state) {
    case 'not-submitted':
    case 'submitted':
      return refuse('no-application', `order ${id} has no application at Commerce yet`, 'this act once the application has been filed');
    case 'filed':
    case 'registered':
      if (name === 'register' && review.state === 'registered')
        return refuse('already-decided', `the application of order ${id} is registered as ${review.applicationNumber}`, 'refer');
      return name === 'register' || name === 'refer'
        ? refuse('not-yet', `the application of order ${id} is ${review.state}`, review.state === 'filed' ? 'register' : 'refer')
        : refuse('no-application', `the application of order ${id} has not been referred yet`, 'this act once Commerce has referred the application');
    case 'referred': {
      const open = agencies.flatMap((agency) => openUntil(agency, review.positions[agency]));
      return refuse(
        name === 'register' || name === 'refer' ? 'already-decided' : 'review-open',
        `the review of order ${id} is open: ${open.join(', ')}`,
        'recommend',
      );
    }
    case 'before-president':
      return refuse('review-closed', `the disagreement over order ${id} lies before the President`, 'presidential-decision by us.president');
    case 'before-commerce':
      return refuse('review-closed', `the review of order ${id} has closed and lies before Commerce`, 'issue-license or deny by us.commerce');
    case 'licensed':
      return refuse(
        'already-decided',
        `order ${id} has license ${review.license.number} since ${dayOf(review.license.issuedAt)}`,
        'no further act of the review',
      );
    case 'denied':
    case 'withdrawn':
      return refuse('already-decided', `the application of order ${id} has been ${review.state}`, 'no further act of the review');
  }
}

const openUntil = (agency: Role, position: Position): string[] =>
  position.state !== 'asked' ? [] : [position.clock.state === 'running' ? `${agency} until ${dayOf(position.clock.dueAt)}` : `${agency}, clock stopped`];

/** A denial names its basis, an approval with conditions names them (EO 12981 s. 3; 15 CFR 750.3). */
function positionOf(act: Act<'recommend'>): Extract<Position, { state: 'given' }> | Refusal {
  if (act.conditions && act.position !== 'approve-with-conditions')
    return refuse('invalid-act', `conditions do not go with ${act.position}`, 'conditions with approve-with-conditions only');
  if (act.basis !== undefined && act.position !== 'deny') return refuse('invalid-act', `a basis does not go with ${act.position}`, 'basis with deny only');
  switch (act.position) {
    case 'no-objection':
      return { state: 'given', position: 'no-objection' };
    case 'approve-with-conditions':
      return act.conditions
        ? { state: 'given', position: 'approve-with-conditions', conditions: act.conditions }
        : refuse('conditions-missing', `${act.by} approves with conditions but names none`, 'field conditions with at least one text');
    case 'deny':
      return act.basis
        ? { state: 'given', position: 'deny', basis: act.basis }
        : refuse('basis-missing', `${act.by} denies without a basis`, 'field basis, e.g. 15 CFR 742.6(b)');
  }
}
