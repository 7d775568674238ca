import type { ActName } from '../../acts.ts';
import { type Refusal, refuse } from '../../refusal.ts';
import { agencies, type Role } from '../../roles.ts';
import type { Policy } from '../../policy.ts';
import { authorityDay } from '../../rules/authority-day.ts';
import type { Order } from '../../state.ts';
import type { Position, UsReview } from '../../us-review.ts';

/** Why an act of the review comes too early or too late, told from where the review stands. */
export function outOfTurn(order: Order, name: ActName): Refusal {
  const { id } = order.terms;
  const review = order.usReview;
  switch (review.state) {
    case 'not-submitted':
    case 'submitted':
      return refuse('no-application', `order ${id} has no application at Commerce yet`, 'this act once the application has been filed');
    case 'filed':
    case 'registered':
      return notReferred(id, review, name);
    case 'referred': {
      const open = agencies.flatMap((agency) => openUntil(order.policy, agency, review.positions[agency]));
      return refuse(early.has(name) ? 'already-decided' : 'review-open', `the review of order ${id} is open: ${open.join(', ')}`, 'recommend');
    }
    case 'licensed':
      return refuse(
        'already-decided',
        `order ${id} has license ${review.license.number} since ${authorityDay(order.policy, review.license.issuedAt)}`,
        'no further act of the review',
      );
    case 'denied':
    case 'withdrawn': {
      const accepted = 'of' in review && review.of ? 'resubmit by seller.desk' : 'no further act of the review';
      return refuse('already-decided', `the application of order ${id} has been ${review.state}`, accepted);
    }
    case 'before-president':
    case 'before-commerce':
    case 'referred-opaque':
    case 'before-level':
    case 'appealable':
    case 'one-text':
    case 'conditions-offered':
    case 'intent-to-deny':
    case 'held-without-action':
    case 'rejected-unregistered':
    case 'returned-without-action':
    case 'withdrawing':
    case 'covered':
    case 'license-unusable':
    case 'not-required': {
      const { code, says, accepted } = standing[review.state];
      return refuse(code, says(id), accepted);
    }
  }
}

/** Acts with which an application comes to its review. */
const early: ReadonlySet<ActName> = new Set<ActName>(['register', 'refer', 'reject-unregistered']);

/** Acts on any registered application. */
const onceRegistered: ReadonlySet<ActName> = new Set<ActName>(['hold-without-action', 'return-without-action']);

function notReferred(id: string, review: Extract<UsReview, { state: 'filed' | 'registered' }>, name: ActName): Refusal {
  if (early.has(name) && review.state === 'registered')
    return refuse('already-decided', `the application of order ${id} is registered as ${review.applicationNumber}`, 'refer');
  const accepted = `this act once Commerce has ${onceRegistered.has(name) ? 'registered' : 'referred'} the application`;
  return early.has(name)
    ? refuse('not-yet', `the application of order ${id} is ${review.state}`, 'register')
    : refuse('no-application', `the application of order ${id} has not been referred yet`, accepted);
}

type Told = Exclude<UsReview['state'], 'not-submitted' | 'submitted' | 'filed' | 'registered' | 'referred' | 'licensed' | 'denied' | 'withdrawn'>;

/** What is said of an act that does not fit where the review stands. */
const standing: { readonly [S in Told]: { readonly code: Refusal['refused']; readonly says: (order: string) => string; readonly accepted: string } } = {
  'before-president': {
    code: 'review-closed',
    says: (id) => `the disagreement over order ${id} lies before the President`,
    accepted: 'presidential-decision by us.president',
  },
  'before-commerce': {
    code: 'review-closed',
    says: (id) => `the review of order ${id} has closed and lies before Commerce`,
    accepted: 'issue-license or deny by us.commerce',
  },
  'referred-opaque': {
    code: 'not-shown',
    says: (id) => `what agencies say of order ${id} is not shown under its policy`,
    accepted: 'questions, and what Commerce decides',
  },
  'before-level': { code: 'review-closed', says: (id) => `the disagreement over order ${id} lies before a level of the escalation`, accepted: 'decide-appeal' },
  appealable: {
    code: 'review-closed',
    says: (id) => `a decision over order ${id} may be appealed by an agency that dissents`,
    accepted: 'escalate by such an agency, or to wait until its days are over',
  },
  'one-text': {
    code: 'review-closed',
    says: (id) => `conditions for order ${id} lie before the agencies that asked for some`,
    accepted: 'concur or escalate by such an agency',
  },
  'conditions-offered': {
    code: 'review-closed',
    says: (id) => `conditions for order ${id} lie before the applicant`,
    accepted: 'accept-conditions, counter-conditions or decline-conditions by seller.desk',
  },
  'intent-to-deny': {
    code: 'review-closed',
    says: (id) => `the applicant of order ${id} has been told of an intent to deny`,
    accepted: 'respond-to-intent-to-deny, or rescind-intent-to-deny by us.commerce',
  },
  'held-without-action': {
    code: 'not-yet',
    says: (id) => `the application of order ${id} is held without action`,
    accepted: 'resume-review by us.commerce first',
  },
  'rejected-unregistered': { code: 'no-application', says: (id) => `the application of order ${id} was rejected`, accepted: 'resubmit by seller.desk' },
  'returned-without-action': {
    code: 'no-application',
    says: (id) => `the application of order ${id} was returned without action`,
    accepted: 'resubmit by seller.desk',
  },
  withdrawing: { code: 'no-application', says: (id) => `the application of order ${id} is being withdrawn`, accepted: 'resubmit once it has been' },
  covered: { code: 'already-decided', says: (id) => `a license covers order ${id}`, accepted: 'no act of the review' },
  'license-unusable': {
    code: 'already-decided',
    says: (id) => `the license of order ${id} does not carry its shipment`,
    accepted: 'recheck-license or resubmit by seller.desk',
  },
  'not-required': { code: 'already-decided', says: (id) => `order ${id} needs no license`, accepted: 'no act of the review' },
};

const openUntil = (policy: Policy, agency: Role, position: Position): string[] =>
  position.state !== 'asked'
    ? []
    : [position.clock.state === 'running' ? `${agency} until ${authorityDay(policy, position.clock.dueAt)}` : `${agency}, clock stopped`];
