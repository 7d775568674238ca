import type { Timed } from '../../../domain/clock.ts';
import { agencies, type Agency } from '../../../domain/roles.ts';
import { type Order, unitsOf } from '../../../domain/state.ts';
import type { UsReview } from '../../../domain/us-review.ts';
import type { Seen } from '../core.ts';
import { clocksIn } from '../invariants/clocks.ts';
import type { Notes } from '../notes.ts';
import type { Lies, ReviewNotes } from '../review-notes.ts';
import { isAsked } from './commands.ts';
import { daysToAsk, everyMeasured } from '../stopwatch.ts';

/** A clock by what is left of it and by what stops it. */
function left(clock: Timed | undefined, now: number): string {
  if (!clock) return '';
  if (clock.state === 'running') return String(clock.dueAt - now);
  return clock.state === 'stopped' ? `${clock.leftMs} stopped by ${clock.reasons.toSorted((a, b) => (a < b ? -1 : 1)).join()}` : 'over';
}

/** Of an order that has ended only the days to appeal a denial run on. */
const clocksOf = ({ outcome, usReview }: Order): ReturnType<typeof clocksIn> =>
  outcome === undefined || usReview.state === 'denied' ? clocksIn(usReview) : {};

/** What an agency's position comes to once the disagreement has gone up: nobody above reads conditions or units. */
const sideOf = (word: string | undefined): string => (word === undefined || word === 'silent' ? 'none' : word === 'deny' ? 'deny' : 'approve');

/** All that makes a difference of one agency: where agencies are told in the order of these words, which of them is which makes none. */
function ofAgency(agency: Agency, order: Order, notes: Notes, now: number): string {
  const { review, positions } = notes;
  // Votes count until the next level decides, and nothing that agencies said counts once nobody above is left to decide.
  if (review.lies === 'appeal') return `${sideOf(positions[agency])}:${review.votes[agency]}`;
  if (isLevel(review.lies)) return sideOf(positions[agency]);
  if (review.word !== undefined || review.lies === 'president') return '';
  const questions = review.open.filter(({ by }) => by === agency).map(({ number }) => number);
  return [
    positions[agency],
    review.conditions[agency]?.join('+'),
    review.units[agency],
    review.concurred.includes(agency) ? 'concurs' : '',
    questions.join(),
    left(clocksOf(order)[agency], now),
  ].join(':');
}
const isGoneUp = ({ lies, word }: ReviewNotes): boolean => isLevel(lies) || lies === 'appeal' || lies === 'president' || word !== undefined;
const isLevel = (lies: Lies): boolean => lies === 'oc-chair' || lies === 'acep' || lies === 'earb';

const stateOf = (now: UsReview): string => (now.state === 'held-without-action' ? `parked ${stateOf(now.parked)}` : now.state);

/** The one text with which agencies have concurred: an offer that says something else is theirs again. */
const agreedOn = (now: UsReview): string => {
  if (now.state === 'held-without-action') return agreedOn(now.parked);
  return now.state === 'before-commerce' ? (now.agreed ?? []).join('+') : '';
};

/**
 * The canonical form of an order in its review: two that have the same form take the same commands and come to the same forms by them, but
 * for which agency is which. Times are relative to the present.
 */
export function reviewFormOf(seen: Seen): string {
  const { order, notes, now } = seen;
  const { review } = notes;
  const clocks = clocksOf(order);
  const ask = review.referredAt === undefined ? '' : Math.max(review.referredAt + daysToAsk - now, -1);
  return [
    stateOf(order.usReview),
    agencies
      .map((agency) => ofAgency(agency, order, notes, now))
      .toSorted((a, b) => (a < b ? -1 : 1))
      .join('&'),
    everyMeasured
      .filter((who) => !agencies.some((agency) => agency === who))
      .map((who) => left(clocks[who], now))
      .join(),
    isAsked(notes) ? ask : '',
    review.asked.length,
    review.open
      .filter(({ by }) => by === 'us.commerce')
      .map(({ number }) => number)
      .join(),
    isGoneUp(review) ? '' : review.found,
    review.word,
    notes.president,
    review.lies === 'commerce' || review.lies === 'notified' || review.lies === 'applicant' ? '' : review.level,
    review.lies,
    review.parked,
    review.offer.join('+'),
    agreedOn(order.usReview),
    review.answer,
    review.responded,
    review.notices,
    review.appeal,
    formOfTheRest(seen),
  ].join('|');
}

/** Steps, debts, papers and holds, in which agencies play no part. */
function formOfTheRest({ order, notes, now }: Seen): string {
  const { review } = notes;
  const steps = Object.entries(order.steps).map(
    ([step, progress]) =>
      `${step} ${progress.state} ${progress.state === 'done' ? '' : Math.min(progress.wish, 1)} ${'tookEffect' in progress ? progress.tookEffect : ''}`,
  );
  return [
    JSON.stringify(order.allocation),
    unitsOf(order),
    steps.toSorted((a, b) => (a < b ? -1 : 1)).join(),
    Object.values(notes.calls)
      .map((call) => call.state)
      .join(),
    notes.owed.join(),
    notes.takenBack.join(),
    notes.holds.join(),
    notes.lifted.join(),
    review.certified.join(),
    review.statement,
    review.confirmed,
    review.ruled,
    review.past,
    review.corrected,
    review.toVoid,
    review.noticeUndone,
    notes.outcome,
    notes.told,
    pausedIn(order, now),
  ].join('|');
}

/** What is left of the clocks that stand still while a license stands. */
function pausedIn({ decided }: Order, now: number): string {
  const clocks = decided?.license ? clocksIn(decided.license.before) : {};
  return everyMeasured.map((who) => left(clocks[who], now)).join();
}
