import type { ActName } from '../../../domain/acts.ts';
import type { PolicyOfEdition2, ReviewRules } from '../../../domain/policy.ts';
import type { Order } from '../../../domain/state.ts';
import type { Appeal, BeforeCommerce, Positions } from '../../../domain/us-review.ts';
import { theCore } from '../core.ts';
import { deciding, evolving, inWalk, type Mutant, planning, telling } from './mutant.ts';

/** Judges one act as if the order were another. */
const asIf = (says: string, caughtBy: string, name: ActName, other: (order: Order) => Order): Mutant =>
  deciding(says, caughtBy, (order, command, now) => theCore.decide(command.type === 'act' && command.act.name === name ? other(order) : order, command, now));

const underRules = (order: Order, rules: Partial<ReviewRules>): Order => {
  const { policy } = order;
  const changed = (known: PolicyOfEdition2): PolicyOfEdition2 => ({ ...known, review: { ...known.review, ...rules } });
  return policy.edition === 2 ? { ...order, policy: changed(policy) } : order;
};
const beforeCommerce = (order: Order, change: (now: BeforeCommerce) => BeforeCommerce): Order =>
  order.usReview.state === 'before-commerce' ? { ...order, usReview: change(order.usReview) } : order;

const yes = { state: 'given', position: 'no-objection' } as const;
const nobodyObjects: Positions = { 'us.state': yes, 'us.energy': yes, 'us.defense': yes };

const asIfRejected = (order: Order): Order =>
  order.usReview.state === 'filed' ? { ...order, usReview: { ...order.usReview, state: 'rejected-unregistered', reason: 'none' } } : order;
const filed = asIf(
  'an application that is still there is filed once more',
  'an-application-comes-back-only-as-a-new-one-after-it-has-ended',
  'resubmit',
  asIfRejected,
);
/** Told of an application that is still there, the true core would stop: this one goes on. */
const filedTwice: Mutant = {
  ...filed,
  core: { ...filed.core, evolve: (order, event) => theCore.evolve(event.type === 'application-resubmitted' ? asIfRejected(order) : order, event) },
};

const deniedWith = (order: Order, appeal: Appeal): Order => (order.usReview.state === 'denied' ? { ...order, usReview: { ...order.usReview, appeal } } : order);

/** Broken rules of filing, escalation, conditions and decisions. */
export const ofTheReview: readonly Mutant[] = [
  ...inWalk(
    'papers: case-by-case',
    asIf('an application is filed without its papers', 'nothing-is-filed-without-its-papers', 'submit-application', (order) =>
      underRules(order, { filing: { certifications: [], endUserStatement: 'not-needed' } }),
    ),
    filedTwice,
  ),
  ...inWalk(
    'papers: needs-ruling',
    telling('a ruling dispenses with the license', 'a-license-is-dispensed-with-only-where-none-is-required', (event) =>
      event.type === 'classification-ruled' ? [event, { type: 'license-not-required', reason: 'ruled', at: event.at }] : event,
    ),
  ),
  ...inWalk(
    'ladder: every disagreement',
    telling('a tie in a committee approves', 'each-level-decides-by-its-own-rule', (event) =>
      event.type === 'level-decided' && event.decision.votes?.approve.length === event.decision.votes?.deny.length
        ? { ...event, decision: { ...event.decision, decision: 'approve' } }
        : event,
    ),
    deciding('an agency appeals a decision that it shares', 'an-agency-takes-up-only-what-it-dissents-from', (order, command, now) =>
      order.usReview.state === 'appealable' && command.type === 'act' && command.act.name === 'escalate'
        ? [{ ...command.act, type: 'escalated', at: now, act: { id: command.act.id, content: '' } }]
        : theCore.decide(order, command, now),
    ),
    asIf('Commerce licenses what a level has denied', 'commerce-is-bound-by-who-decided-above', 'issue-license', (order) =>
      beforeCommerce(order, (now) => ({ ...now, consensus: now.consensus === 'escalation-denied' ? 'escalation-approved' : now.consensus })),
    ),
    asIf('a denial comes without a notice', 'a-denial-is-told-before-it-is-made', 'deny', (order) => underRules(order, { intentToDeny: null })),
  ),
  ...inWalk(
    'opaque: a denial that may be appealed',
    asIf('an appeal comes when its days are over', 'an-appeal-comes-in-its-days-and-suspends-nothing', 'appeal-denial', (order) =>
      deniedWith(order, { state: 'open', until: Infinity }),
    ),
    planning('what a denied order has reserved waits for its appeal', 'an-appeal-comes-in-its-days-and-suspends-nothing', (order) => {
      const plan = theCore.plan(order);
      const isAppealed = order.usReview.state === 'denied' && order.usReview.appeal?.state === 'recorded';
      return isAppealed ? { ...plan, run: [], closed: false } : plan;
    }),
  ),
  ...inWalk(
    'announcement: every word',
    asIf('an offer leaves out what agencies ask for', 'an-offer-has-all-that-agencies-ask-for-in-one-text', 'propose-conditions', (order) =>
      beforeCommerce(order, (now) => ({ ...now, positions: nobodyObjects })),
    ),
    deciding('a license carries conditions that nobody has accepted', 'a-license-carries-exactly-the-conditions-that-were-accepted', (order, command, now) => {
      if (command.type !== 'act' || command.act.name !== 'issue-license') return theCore.decide(order, command, now);
      const { conditions = [] } = command.act;
      return theCore.decide(
        beforeCommerce(order, (known) => ({ ...known, offer: conditions, answer: 'accepted' })),
        command,
        now,
      );
    }),
    asIf('a license is for all units where a part was approved', 'a-license-is-for-no-more-units-than-agencies-approve', 'issue-license', (order) =>
      beforeCommerce(order, (now) => ({ ...now, positions: nobodyObjects })),
    ),
    evolving('conditions that were declined count as accepted', 'the-state-says-what-the-history-says', (order, event) =>
      theCore.evolve(order, event.type === 'conditions-answered' && event.answer === 'declined' ? { ...event, answer: 'accepted' } : event),
    ),
    planning('Commerce is asked for a license before conditions are accepted', 'nobody-is-asked-for-what-would-be-refused', (order) => {
      const plan = theCore.plan(order);
      const { usReview: now } = order;
      return now.state === 'before-commerce' && now.consensus === 'agencies-approve'
        ? { ...plan, asks: [...plan.asks, { role: 'us.commerce', acts: ['issue-license'] }] }
        : plan;
    }),
  ),
];
