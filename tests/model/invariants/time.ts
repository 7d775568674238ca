import { isRefusal } from '../../../domain/refusal.ts';
import { agencies } from '../../../domain/roles.ts';
import type { Finding } from '../../../domain/rules/us-finding.ts';
import { areContradictory } from '../condition-kinds.ts';
import { atEach, type Invariant, must } from '../invariant.ts';
import type { Judged } from '../core.ts';
import type { Notes } from '../notes.ts';
import { faultOfClocks, faultOfDeadline, faultOfPeriods, overWhen, periods, stillRunning } from './clocks.ts';

const spoken = (notes: Notes): number => Object.keys(notes.positions).length;

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

/** By hand: what the three agencies of a closed review have found, by its rules' edition. */
function findingOf(notes: Notes, edition: 1 | 2): Finding {
  const words = agencies.map((agency) => notes.positions[agency]);
  const denials = words.filter((word) => word === 'deny').length;
  if (denials === 3) return 'all-deny';
  if (edition === 1) return denials === 0 ? 'none-objects' : 'disagreement';
  if (denials > 0) return words.every((word) => word === 'deny' || word === 'silent') ? 'denial-among-silence' : 'disagreement';
  if (areContradictory(Object.values(notes.review.conditions).flat())) return 'conditions-contradict';
  return words.every((word) => word === 'silent') ? 'none-objects' : 'agencies-approve';
}

/** Accountable time. */
export const time: readonly Invariant[] = [
  {
    name: 'an-agency-has-exactly-thirty-accountable-days',
    ofCommand: (judged) =>
      atEach(judged, 'agency-deemed', (event, notes) => {
        if (notes.positions[event.agency] !== undefined) return `${event.agency} had spoken`;
        return overWhen(notes, event.agency, event.at);
      }),
    ofState: ({ notes, now }) => stillRunning(notes, now, agencies),
  },
  { name: 'every-other-period-ends-exactly-when-its-days-are-over', ofCommand: faultOfPeriods, ofState: ({ notes, now }) => stillRunning(notes, now, periods) },
  { name: 'a-clock-stands-still-for-its-reasons-alone-and-loses-nothing', ofState: faultOfClocks },
  {
    name: 'the-review-closes-when-all-have-spoken-and-not-before',
    ofCommand: (judged) =>
      atEach(judged, 'review-closed', (event, notes) => {
        const finding = findingOf(notes, judged.before.order.policy.edition);
        return must(spoken(notes) === 3 && event.finding === finding, `closed as ${event.finding} with ${JSON.stringify(notes.positions)}`);
      }),
    ofState: ({ notes }) =>
      must(notes.application !== 'referred' || notes.outcome !== undefined || spoken(notes) < 3, 'all have spoken and the review is open'),
  },
  { name: 'the-deadline-shown-is-the-one-that-counts', ofState: faultOfDeadline },
  { name: 'an-alarm-that-rang-before-makes-no-difference', ofCommand: faultOfAlarm },
  { name: 'the-history-is-in-order-of-time', ofCommand: faultOfTimes },
];
