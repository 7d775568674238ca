import type { Timed } from '../../clock.ts';
import { agencies, type Agency } from '../../roles.ts';
import { ladder } from '../../rules/escalation.ts';
import { isStatementMissing, missingCertifications, routeOf } from '../../rules/filing.ts';
import { commerceActs } from '../../rules/us-decision.ts';
import type { ActName } from '../../acts.ts';
import type { Ask, Stage, Wants } from '../../stage.ts';
import { nothing } from '../../stage.ts';
import type { Order } from '../../state.ts';
import type { Consensus, OpenReview, Position, UsReview } from '../../us-review.ts';
import { mayAppeal } from './escalation.ts';
import { isNoticeNeeded } from './decision.ts';
import { isOpen, registrationOf } from './moves.ts';
import { mayCarryAccepted } from './negotiation.ts';
import { openQuestions } from './opinions.ts';

export const usReview: Stage = {
  name: 'us-review',
  isDone: ({ usReview: now, steps }) =>
    now.state === 'not-required' || now.state === 'covered' || (now.state === 'licensed' && steps['notify-license']?.state === 'done'),
  wants: (order) => {
    const wanted = isOpen(order.usReview)
      ? { steps: [], asks: [...reviewAsks(order, order.usReview), ...answersAsked(order.usReview)] }
      : wantsOf(order, order.usReview);
    return order.decided?.toVoid ? { ...wanted, steps: ['void-license', ...wanted.steps] } : wanted;
  },
};

const asked = (role: Ask['role'], ...acts: ActName[]): Ask[] => [{ role, acts }];

function wantsOf(order: Order, now: Exclude<UsReview, OpenReview>): Wants {
  switch (now.state) {
    case 'not-submitted':
      return { steps: [], asks: filingAsks(order) };
    case 'submitted':
      return { steps: ['file-application'], asks: [] };
    case 'filed':
      return { steps: [], asks: asked('us.commerce', 'register', ...(order.policy.edition === 1 ? [] : (['reject-unregistered'] as const))) };
    case 'licensed':
      return { steps: ['notify-license'], asks: [] };
    case 'withdrawing':
      return { steps: ['withdraw-application'], asks: [] };
    case 'held-without-action':
      return { steps: [], asks: asked('us.commerce', 'resume-review', 'return-without-action') };
    case 'rejected-unregistered':
    case 'returned-without-action':
      return { steps: [], asks: asked('seller.desk', 'resubmit', 'cancel') };
    case 'withdrawn':
      return { steps: [], asks: now.of ? asked('seller.desk', 'resubmit', 'cancel') : [] };
    case 'license-unusable':
      return { steps: [], asks: asked('seller.desk', 'recheck-license', 'resubmit', 'cancel') };
    case 'denied':
    case 'covered':
    case 'not-required':
      return nothing;
  }
}

/** What is missing before the application can be filed, and whoever can bring it; the filing itself once nothing is. */
function filingAsks(order: Order): Ask[] {
  const route = routeOf(order);
  if (route === 'needs-ruling') return asked('us.commerce', 'rule-on-classification');
  const papers = [
    ...(route === 'presumption-of-denial' && !order.filing?.confirmed ? asked('seller.desk', 'confirm-filing') : []),
    ...(missingCertifications(order).length > 0 ? asked('seller.desk', 'certify') : []),
    ...(isStatementMissing(order) ? asked('cn.mofcom', 'issue-end-user-statement') : []),
  ];
  return papers.length > 0 ? papers : asked('seller.desk', 'submit-application');
}

const dueOf = (clock: Timed): Pick<Ask, 'dueAt'> => (clock.state === 'running' ? { dueAt: clock.dueAt } : {});

function reviewAsks(order: Order, now: OpenReview): Ask[] {
  switch (now.state) {
    case 'registered':
      return asked('us.commerce', 'refer');
    case 'referred':
      return agencies.flatMap((agency) => askOf(agency, now.positions[agency]));
    case 'referred-opaque':
      return [{ role: 'us.commerce', acts: decisionActs(order, 'not-shown'), ...dueOf(now.reminder) }];
    case 'before-level':
      return [{ role: ladder[now.level].role, acts: ['decide-appeal'], ...dueOf(now.due) }];
    case 'appealable':
      return mayAppeal(now).map((role) => ({ role, acts: ['escalate'], ...dueOf(now.clock) }));
    case 'before-president':
      return asked('us.president', 'presidential-decision');
    case 'before-commerce':
      return asked('us.commerce', ...decisionActs(order, now.consensus));
    case 'one-text':
      return mayAppeal(now).map((role) => ({ role, acts: ['concur', 'escalate'] }));
    case 'conditions-offered':
      return asked('seller.desk', 'accept-conditions', 'counter-conditions', 'decline-conditions');
    case 'intent-to-deny':
      return [
        ...(now.response === undefined && now.respondBy.state !== 'reached'
          ? [{ role: 'seller.desk', acts: ['respond-to-intent-to-deny'], ...dueOf(now.respondBy) } as const]
          : []),
        { role: 'us.commerce', acts: ['rescind-intent-to-deny'], ...dueOf(now.final) },
      ];
  }
}

/** What Commerce may do, with the notice before a denial where one is needed. */
function decisionActs(order: Order, consensus: Consensus): ActName[] {
  const acts = commerceActs(consensus).map((act): ActName => (act === 'deny' && isNoticeNeeded(order) ? 'notify-intent-to-deny' : act));
  const mayOffer = order.policy.edition !== 1 && (acts.includes('issue-license') || consensus === 'conditions-contradict');
  const isLicensable = order.policy.edition === 1 || (mayCarryAccepted(order) && !order.decided?.toVoid);
  return [...acts.filter((act) => act !== 'issue-license' || isLicensable), ...(mayOffer ? (['propose-conditions'] as const) : [])];
}

const askOf = (agency: Agency, position: Position): Ask[] =>
  position.state !== 'asked' ? [] : [{ role: agency, acts: ['recommend'], ...dueOf(position.clock) }];

const answersAsked = (now: OpenReview): Ask[] => (openQuestions(registrationOf(now)).length > 0 ? asked('seller.desk', 'answer-information') : []);
