import { refuse } from '../../refusal.ts';
import { reviewRules } from '../../rules-of.ts';
import { missingCertifications, routeOf } from '../../rules/filing.ts';
import type { ActRules, Evolutions } from '../../stage.ts';
import type { Order } from '../../state.ts';
import type { Filing } from '../../us-review.ts';

export const paperActs: ActRules<'certify' | 'issue-end-user-statement' | 'rule-on-classification' | 'confirm-filing'> = {
  certify: (order, act, at) => {
    const asked = reviewRules(order.policy).filing.certifications;
    if (!asked.includes(act.certification))
      return refuse('invalid-act', `the policy of order ${order.terms.id} asks for no certification ${act.certification}`, asked.join(', ') || 'none');
    return missingCertifications(order).includes(act.certification)
      ? [{ type: 'certified', certification: act.certification, evidence: act.evidence, at }]
      : refuse('already-decided', `order ${order.terms.id}: ${act.certification} is certified`, 'each certification once');
  },
  'issue-end-user-statement': (order, act, at) =>
    order.filing?.endUserStatement === undefined
      ? [{ type: 'end-user-statement-issued', statementNumber: act.statementNumber, at }]
      : refuse('already-decided', `order ${order.terms.id} has end-user statement ${order.filing.endUserStatement}`, 'one statement an order'),
  'rule-on-classification': (order, act, at) =>
    order.usReview.state === 'not-submitted' && routeOf(order) === 'needs-ruling'
      ? [{ type: 'classification-ruled', rulingNumber: act.rulingNumber, route: act.route, at }]
      : refuse('already-decided', `order ${order.terms.id}: ${order.terms.product} is looked at as ${routeOf(order)}`, 'an order that waits for a ruling'),
  'confirm-filing': (order, act, at) => {
    const { id } = order.terms;
    if (order.filing?.confirmed) return refuse('already-decided', `order ${id}: the filing has been confirmed`, 'one confirmation an order');
    return order.usReview.state === 'not-submitted' && routeOf(order) === 'presumption-of-denial'
      ? [{ type: 'filing-confirmed', reason: act.reason, at }]
      : refuse('already-decided', `order ${id} needs no confirmation: its route is ${routeOf(order)}`, 'an order for which denial is presumed');
  },
};

export const paperEvolutions: Evolutions<'certified' | 'end-user-statement-issued' | 'classification-ruled' | 'filing-confirmed'> = {
  certified: (order, event) => withFiling(order, { certified: [...(order.filing?.certified ?? []), event.certification] }),
  'end-user-statement-issued': (order, event) => withFiling(order, { endUserStatement: event.statementNumber }),
  'classification-ruled': (order, event) => withFiling(order, { ruling: { number: event.rulingNumber, route: event.route } }),
  'filing-confirmed': (order) => withFiling(order, { confirmed: true }),
};

const withFiling = (order: Order, more: Filing): Order => ({ ...order, filing: { ...order.filing, ...more } });
