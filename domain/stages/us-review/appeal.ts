import { deadlineOf } from '../../calendar.ts';
import { type Refusal, refuse } from '../../refusal.ts';
import { authorityDay } from '../../rules/authority-day.ts';
import { reviewRules } from '../../rules-of.ts';
import type { ActRules, Evolutions } from '../../stage.ts';
import type { Order } from '../../state.ts';
import type { Appeal, BeforeCommerce, Opaque } from '../../us-review.ts';
import { review } from './moves.ts';

/**
 * The days in which the applicant may appeal a denial that is made at `at` (15 CFR 756.2); undefined where the policy knows none, and after the
 * President, whose word is final. They are not days of the review: no hold stops them.
 */
export function appealFrom(order: Order, now: BeforeCommerce | Opaque, at: number): Appeal | undefined {
  const { appealMs, day } = reviewRules(order.policy);
  if (appealMs === null || isOfPresident(now)) return undefined;
  return { state: 'open', until: deadlineOf(day, appealMs, at) };
}
const isOfPresident = (now: BeforeCommerce | Opaque): boolean => now.state === 'before-commerce' && now.consensus === 'president-denied';

/** The last moment (epoch milliseconds) at which the denial of an order may be appealed; undefined where nobody may appeal one. */
export const appealUntil = ({ usReview: now }: Order): number | undefined =>
  now.state === 'denied' && now.appeal?.state === 'open' ? now.appeal.until : undefined;

export const appealActs: ActRules<'appeal-denial'> = {
  'appeal-denial': (order, { grounds, document }, at) => appealFault(order) ?? [{ type: 'denial-appealed', grounds, document, at }],
};

function appealFault({ terms: { id }, policy, usReview: now }: Order): Refusal | undefined {
  if (now.state !== 'denied') return refuse('not-yet', `Commerce has not denied the application of order ${id}`, 'appeal-denial once it has');
  switch (now.appeal?.state) {
    case 'open':
      return undefined;
    case 'recorded':
      return refuse('already-decided', `the denial of order ${id} was appealed on ${authorityDay(policy, now.appeal.at)}`, 'one appeal');
    case 'over':
      return refuse('late', `order ${id}: the days to appeal the denial were over on ${authorityDay(policy, now.appeal.at)}`, 'an appeal in time');
    case undefined:
      return reviewRules(policy).appealMs === null
        ? refuse('not-in-policy', `policy ${policy.id} of order ${id} knows no days to appeal a denial`, 'a new order that replaces this one')
        : refuse('decided-by-president', `the President has denied order ${id}, and that is final`, 'a new order that replaces this one');
  }
}

/** The order after an appeal, which changes nothing but what is known of it, and after the days for one. */
export const appealEvolutions: Evolutions<'denial-appealed' | 'denial-appeal-period-ended'> = {
  'denial-appealed': (order, { grounds, document, at }) => review(order, 'denied', (now) => ({ ...now, appeal: { state: 'recorded', at, grounds, document } })),
  'denial-appeal-period-ended': (order, { at }) => review(order, 'denied', (now) => ({ ...now, appeal: { state: 'over', at } })),
};
