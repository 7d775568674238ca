import type { Clock, Timed } from '../../clock.ts';
import type { OrderEvent } from '../../events.ts';
import { agencies, type Agency, type Role } from '../../roles.ts';
import { ladder } from '../../rules/escalation.ts';
import { paperExpiries } from '../../rules/export-papers.ts';
import type { Order } from '../../state.ts';
import type { OpenReview, Opaque, Position, Positions, Registration } from '../../us-review.ts';
import { appealUntil } from './appeal.ts';
import { openReviewOf } from './moves.ts';

/** Whose time a clock of the review tells. */
type ClockOwner = Agency | 'total' | 'reminder' | 'level' | 'appeal' | 'response' | 'denial';
type Change = (clock: Clock, owner: ClockOwner) => Clock;

export const eachPosition = (positions: Positions, change: (position: Position, agency: Agency) => Position): Positions => ({
  'us.state': change(positions['us.state'], 'us.state'),
  'us.energy': change(positions['us.energy'], 'us.energy'),
  'us.defense': change(positions['us.defense'], 'us.defense'),
});

const timed = (clock: Timed, owner: ClockOwner, change: Change): Timed => (clock.state === 'reached' ? clock : change(clock, owner));
const withLimit = <R extends Registration>(now: R, change: Change): R => (now.limit ? { ...now, limit: timed(now.limit, 'total', change) } : now);
const withReminder = <R extends OpenReview>(now: R, change: Change): R =>
  now.state === 'referred-opaque' ? { ...now, reminder: timed(now.reminder, 'reminder', change) } : now;

function withEachClock(now: OpenReview, change: Change): OpenReview {
  switch (now.state) {
    case 'referred': {
      const positions = eachPosition(now.positions, (position, agency) =>
        position.state === 'asked' ? { state: 'asked', clock: change(position.clock, agency) } : position,
      );
      return withLimit({ ...now, positions }, change);
    }
    case 'before-level':
      return withLimit({ ...now, due: timed(now.due, 'level', change) }, change);
    case 'appealable':
      return withLimit({ ...now, clock: change(now.clock, 'appeal') }, change);
    case 'conditions-offered':
      return { ...now, before: withLimit(withReminder(now.before, change), change) };
    case 'intent-to-deny':
      return {
        ...now,
        respondBy: timed(now.respondBy, 'response', change),
        final: change(now.final, 'denial'),
        before: withLimit(withReminder(now.before, change), change),
      };
    case 'registered':
    case 'referred-opaque':
    case 'before-president':
    case 'before-commerce':
    case 'one-text':
      return withLimit(withReminder(now, change), change);
  }
}

/** Changes every clock of an order's review, also of one that is parked. */
export function onClocks(order: Order, change: Change): Order {
  const { usReview } = order;
  const open = openReviewOf(order);
  if (!open) return order;
  const changed = withEachClock(open, change);
  return { ...order, usReview: usReview.state === 'held-without-action' ? { ...usReview, parked: changed } : changed };
}

/** Something that time alone brings about. */
interface Lapse {
  readonly at: number;
  /** Whose time is over then. */
  readonly role: Role;
  /** What is over then, in a word or two. */
  readonly says: string;
  readonly events: readonly OrderEvent[];
}

/** The clocks of an order that run, each with what happens when its time is over: those of its review and of its papers, and after a denial the days to appeal it. */
export const running = (order: Order): Lapse[] => (order.outcome === undefined ? [...ofReview(order), ...ofPapers(order)] : ofAppeal(order));

const ofPapers = (order: Order): Lapse[] =>
  paperExpiries(order).map(({ at, paper, events }) => ({ at, role: 'seller.desk', says: `${paper} expires`, events }));

function ofAppeal(order: Order): Lapse[] {
  const at = appealUntil(order);
  return at === undefined ? [] : [{ at, role: 'seller.desk', says: 'appeal until', events: [{ type: 'denial-appeal-period-ended', at }] }];
}

function ofReview(order: Order): Lapse[] {
  const { usReview: now } = order;
  const open = openReviewOf(order);
  if (!open) return [];
  const lapse = (clock: Timed | undefined, role: Role, says: string, events: (at: number) => OrderEvent[]): Lapse[] =>
    clock?.state === 'running' ? [{ at: clock.dueAt, role, says, events: events(clock.dueAt) }] : [];
  const before: Registration & Partial<Pick<Opaque, 'reminder'>> = 'before' in open ? open.before : open;
  return [
    ...(now.state === 'referred'
      ? agencies.flatMap((agency) => lapse(clockOf(now.positions[agency]), agency, 'positions due', (at) => [{ type: 'agency-deemed', agency, at }]))
      : []),
    ...lapse(before.reminder, 'us.commerce', 'opinions due', (at) => [{ type: 'opinions-due', at }]),
    ...(now.state === 'before-level'
      ? lapse(now.due, ladder[now.level].role, 'decision due', (at) => [{ type: 'decision-overdue', level: now.level, at }])
      : []),
    ...(now.state === 'appealable'
      ? lapse(now.clock, 'us.commerce', 'days to appeal end', (at) => [{ type: 'appeal-period-ended', level: now.level, at }])
      : []),
    ...(now.state === 'intent-to-deny' ? lapse(now.respondBy, 'seller.desk', 'response due', (at) => [{ type: 'response-period-ended', at }]) : []),
    ...lapse(before.limit, 'us.commerce', 'days of the review end', (at) => [{ type: 'limit-reached', at }]),
    ...(now.state === 'intent-to-deny'
      ? lapse(now.final, 'us.commerce', 'denial becomes final', (at) => [
          { type: 'license-denied', basis: now.basis, at },
          { type: 'order-ended', outcome: 'denied-by-us', reason: now.basis, at },
        ])
      : []),
  ];
}

const clockOf = (position: Position): Clock | undefined => (position.state === 'asked' ? position.clock : undefined);

/** What time alone brings about first, until `now`; of several at one moment, the first in the list. */
export const firstLapse = (order: Order, now: number): Lapse | undefined =>
  running(order).reduce<Lapse | undefined>((first, one) => (one.at <= now && (!first || one.at < first.at) ? one : first), undefined);
