import { startClock, stopClock, type Clock } from '../clock.ts';
import type { OrderEvent } from '../events.ts';
import { agencies, type Agency } from '../roles.ts';
import { commerceActs } from '../rules/us-decision.ts';
import { usFinding } from '../rules/us-finding.ts';
import { reviewRules } from '../rules-of.ts';
import type { Ask, Evolutions, ReportRules, Stage, Wants } from '../stage.ts';
import { nothing } from '../stage.ts';
import { activeHolds, type Order } from '../state.ts';
import type { Position, Positions, UsReview } from '../us-review.ts';

export const usReview: Stage = {
  name: 'us-review',
  isDone: (order) => order.usReview.state === 'licensed' && order.steps['notify-license']?.state === 'done',
  wants: (order) => wantsOf(order, order.usReview),
};

function wantsOf(order: Order, review: UsReview): Wants {
  const asked = (ask: Ask): Wants => ({ steps: [], asks: [ask] });
  switch (review.state) {
    case 'not-submitted':
      return asked({ role: 'seller.desk', acts: ['submit-application'] });
    case 'submitted':
      return { steps: ['file-application'], asks: [] };
    case 'filed':
      return asked({ role: 'us.commerce', acts: ['register'] });
    case 'registered':
      return asked({ role: 'us.commerce', acts: ['refer'] });
    case 'referred':
      return { steps: [], asks: agencies.flatMap((agency) => askOf(agency, review.positions[agency])) };
    case 'before-president':
      return asked({ role: 'us.president', acts: ['presidential-decision'] });
    case 'before-commerce':
      return asked({ role: 'us.commerce', acts: commerceActs(review.consensus) });
    case 'licensed':
      return { steps: ['notify-license'], asks: [] };
    case 'denied':
    case 'withdrawn':
      return nothing;
  }
}

const askOf = (agency: Agency, position: Position): Ask[] =>
  position.state !== 'asked' ? [] : [{ role: agency, acts: ['recommend'], ...(position.clock.state === 'running' && { dueAt: position.clock.dueAt }) }];

/** Silence that has lasted its time, oldest first: each agency is deemed to have no objection at the moment its clock ran out. */
export function silencesAt(order: Order, now: number): OrderEvent[] {
  if (order.usReview.state !== 'referred') return [];
  const { positions } = order.usReview;
  return agencies
    .flatMap((agency) => {
      const position = positions[agency];
      return position.state === 'asked' && position.clock.state === 'running' && position.clock.dueAt <= now ? [{ agency, at: position.clock.dueAt }] : [];
    })
    .toSorted((a, b) => a.at - b.at)
    .map(({ agency, at }) => ({ type: 'agency-deemed', agency, at }));
}

/** The review closes when every agency has spoken or is deemed to have, and not before. */
export function closingAt(order: Order, at: number): OrderEvent[] {
  if (order.usReview.state !== 'referred') return [];
  const spoken = agencies.flatMap((agency) => {
    const position = order.usReview.state === 'referred' ? order.usReview.positions[agency] : undefined;
    return position && position.state !== 'asked' ? [position] : [];
  });
  return spoken.length < agencies.length ? [] : [{ type: 'review-closed', finding: usFinding(spoken).finding, at }];
}

/** Changes the clock of every agency that is still asked. */
export function onClocks(order: Order, change: (clock: Clock) => Clock): Order {
  if (order.usReview.state !== 'referred') return order;
  const positions = eachPosition(order.usReview.positions, (position) =>
    position.state === 'asked' ? { state: 'asked', clock: change(position.clock) } : position,
  );
  return { ...order, usReview: { ...order.usReview, positions } };
}

const eachPosition = (positions: Positions, change: (position: Position, agency: Agency) => Position): Positions => ({
  'us.state': change(positions['us.state'], 'us.state'),
  'us.energy': change(positions['us.energy'], 'us.energy'),
  'us.defense': change(positions['us.defense'], 'us.defense'),
});

/** A clock that starts while a hold is on starts stopped: it loses nothing. */
function askAll(order: Order, at: number): Positions {
  const clock = activeHolds(order).reduce((one, id) => stopClock(one, `hold ${id}`, at), startClock(reviewRules(order.policy).opinionMs, at));
  const asked: Position = { state: 'asked', clock };
  return { 'us.state': asked, 'us.energy': asked, 'us.defense': asked };
}

export const usReviewReports: ReportRules<'file-application' | 'notify-license' | 'withdraw-application'> = {
  'file-application': (_order, result, at) => [{ type: 'application-filed', filingReference: result.filingReference, at }],
  'notify-license': () => [],
  'withdraw-application': (_order, _result, at) => [{ type: 'application-withdrawn', at }],
};

type UsEvent =
  | 'application-submitted'
  | 'application-filed'
  | 'application-registered'
  | 'application-referred'
  | 'position-given'
  | 'agency-deemed'
  | 'review-closed'
  | 'escalated'
  | 'president-decided'
  | 'license-issued'
  | 'license-denied'
  | 'application-withdrawn';

export const usReviewEvolutions: Evolutions<UsEvent> = {
  'application-submitted': (order) => ({ ...order, usReview: { state: 'submitted' } }),
  // An application that was withdrawn meanwhile stays withdrawn.
  'application-filed': (order, event) =>
    order.usReview.state === 'submitted' ? { ...order, usReview: { state: 'filed', filingReference: event.filingReference } } : order,
  'application-registered': (order, event) => ({ ...order, usReview: { state: 'registered', applicationNumber: event.applicationNumber } }),
  'application-referred': (order, event) =>
    review(order, 'registered', (now) => ({ state: 'referred', applicationNumber: now.applicationNumber, positions: askAll(order, event.at) })),
  'position-given': (order, event) => withPosition(order, event.agency, event.position),
  'agency-deemed': (order, event) => withPosition(order, event.agency, { state: 'deemed', position: 'no-objection' }),
  'review-closed': (order, event) =>
    review(order, 'referred', (now) =>
      event.finding === 'disagreement' ? { ...now, state: 'before-president' } : { ...now, state: 'before-commerce', consensus: event.finding },
    ),
  escalated: (order) => review(order, 'before-commerce', ({ applicationNumber, positions }) => ({ state: 'before-president', applicationNumber, positions })),
  'president-decided': (order, event) => review(order, 'before-president', (now) => ({ ...now, state: 'before-commerce', consensus: event.consensus })),
  'license-issued': (order, event) =>
    review(order, 'before-commerce', (now) => ({ state: 'licensed', applicationNumber: now.applicationNumber, license: event.license })),
  'license-denied': (order, event) =>
    review(order, 'before-commerce', (now) => ({ state: 'denied', applicationNumber: now.applicationNumber, basis: event.basis })),
  'application-withdrawn': (order) => ({ ...order, usReview: { state: 'withdrawn' } }),
};

type ReviewIn<S extends UsReview['state']> = Extract<UsReview, { state: S }>;
const isIn = <S extends UsReview['state']>(now: UsReview, state: S): now is ReviewIn<S> => now.state === state;

/** Moves the review on from the one state in which the fact can have happened. */
function review<S extends UsReview['state']>(order: Order, from: S, to: (now: ReviewIn<S>) => UsReview): Order {
  if (!isIn(order.usReview, from)) throw new Error(`order ${order.terms.id}: review is ${order.usReview.state}, expected ${from}`);
  return { ...order, usReview: to(order.usReview) };
}

const withPosition = (order: Order, agency: Agency, position: Position): Order =>
  review(order, 'referred', (now) => ({ ...now, positions: eachPosition(now.positions, (before, one) => (one === agency ? position : before)) }));
