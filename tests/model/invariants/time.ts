import { isRefusal } from '../../../domain/refusal.ts';
import { atEach, type Invariant, must } from '../invariant.ts';
import type { Judged, Seen } from '../core.ts';
import type { Notes } from '../notes.ts';

/** By hand from the law: an agency has thirty days, in milliseconds. */
const thirtyDays = 30 * 24 * 60 * 60 * 1_000;

const accountable = ({ used, since }: NonNullable<Notes['review']>, now: number): number => (since === undefined ? used : used + now - since);
const spoken = (notes: Notes): number => Object.keys(notes.positions).length;

/** The day on which somebody's thirty days are over, told from the notes; undefined where no clock runs. */
const dueOf = ({ review }: Notes): number | undefined => (review?.since === undefined ? undefined : review.since + thirtyDays - review.used);

function faultOfClocks({ order, notes }: Seen): string | undefined {
  const { usReview } = order;
  if (usReview.state !== 'referred' || notes.review === undefined) return undefined;
  const due = dueOf(notes);
  const left = thirtyDays - notes.review.used;
  for (const [agency, position] of Object.entries(usReview.positions)) {
    if (position.state !== 'asked') continue;
    const { clock } = position;
    if (clock.state === 'running' ? clock.dueAt !== due : due !== undefined || clock.leftMs !== left)
      return `the clock of ${agency} is ${JSON.stringify(clock)}; it has ${left} ms left${due === undefined ? ' and must stand still' : ` and is due at ${due}`}`;
  }
  return undefined;
}

/** Whether it makes a difference that the alarm rang just before. */
function faultOfAlarm({ core, before, command, at, answer, after, thrown }: Judged): string | undefined {
  if (thrown || at === before.now) return undefined;
  const rung = core.decide(before.order, { type: 'deadline-reached' }, at);
  if (isRefusal(rung) || rung.length === 0) return undefined;
  const order = rung.reduce(core.evolve, before.order);
  const again = core.decide(order, command, at);
  if (isRefusal(answer) || isRefusal(again))
    return must(JSON.stringify(answer) === JSON.stringify(again), 'the answer is another one when the alarm rang before');
  return must(JSON.stringify(again.reduce(core.evolve, order)) === JSON.stringify(after.order), 'the order is another one when the alarm rang before');
}

function faultOfTimes({ events, before, at }: Judged): string | undefined {
  let latest = Math.min(before.now, at);
  for (const event of events) {
    if (event.at < latest || event.at > at) return `${event.type} is told of ${event.at}, between ${latest} and ${at}`;
    latest = event.at;
  }
  return undefined;
}

/** Accountable time. */
export const time: readonly Invariant[] = [
  {
    name: 'an-agency-has-exactly-thirty-accountable-days',
    ofCommand: (judged) =>
      atEach(judged, 'agency-deemed', (event, notes) => {
        if (notes.positions[event.agency] !== undefined) return `${event.agency} had spoken`;
        const used = notes.review && accountable(notes.review, event.at);
        return must(used === thirtyDays, `${event.agency} was taken as silent after ${used} ms`);
      }),
    ofState: ({ notes, now }) =>
      must(notes.review === undefined || accountable(notes.review, now) < thirtyDays, 'the thirty days are over and nothing happened'),
  },
  { name: 'a-hold-stops-the-clocks-and-takes-nothing', ofState: faultOfClocks },
  {
    name: 'the-review-closes-when-all-have-spoken-and-not-before',
    ofCommand: (judged) =>
      atEach(judged, 'review-closed', (event, notes) => {
        const denials = Object.values(notes.positions).filter((word) => word === 'deny').length;
        const finding = denials === 0 ? 'none-objects' : denials === 3 ? 'all-deny' : 'disagreement';
        return must(spoken(notes) === 3 && event.finding === finding, `closed as ${event.finding} with ${JSON.stringify(notes.positions)}`);
      }),
    ofState: ({ notes }) => must(notes.review === undefined || spoken(notes) < 3, 'all have spoken and the review is open'),
  },
  {
    name: 'the-deadline-shown-is-the-one-that-counts',
    ofState: ({ plan, notes, now }) =>
      must(
        plan.deadline?.at === dueOf(notes) && (plan.deadline === undefined || plan.deadline.at > now),
        `the deadline is ${plan.deadline?.at}, expected ${dueOf(notes)}`,
      ),
  },
  { name: 'an-alarm-that-rang-before-makes-no-difference', ofCommand: faultOfAlarm },
  { name: 'the-history-is-in-order-of-time', ofCommand: faultOfTimes },
];
