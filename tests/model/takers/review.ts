import type { ReviewRules } from '../../../domain/policy.ts';
import { agencies } from '../../../domain/roles.ts';
import type { Level } from '../../../domain/us-review.ts';
import type { Notes } from '../notes.ts';
import type { ReviewNotes } from '../review-notes.ts';
import { eachWatch, type Measured, resumeWatch, startWatch, type Stopwatch, stopWatch, withoutWatches } from '../stopwatch.ts';
import { paid, reviewed, type Takers, timed, withOne } from './taker.ts';

const ended = (notes: Notes, ...whom: Measured[]): Notes => ({ ...notes, time: withoutWatches(notes.time, whom) });

/** By hand: the ladder from the bottom up. */
const above: { readonly [L in Level]: Level | 'president' } = { 'oc-chair': 'acep', acep: 'earb', earb: 'president' };

/** A disagreement goes to the level above, which has its days, or to the President, who has none. */
function goesUp(notes: Notes, at: number, rules: ReviewRules): Notes {
  const { level, lies } = notes.review;
  const isAppeal = lies === 'appeal' && level !== undefined;
  const next = rules.disagreement.goesTo === 'president' ? 'president' : isAppeal ? above[level] : 'oc-chair';
  const stopped = ended(notes, 'appeal');
  if (next === 'president') return reviewed({ ...stopped, president: 'asked' }, { lies: next });
  return timed(reviewed(stopped, { lies: next, level: next }), at, [next]);
}

function closedQuestion(notes: Notes, number: string, at: number): Notes {
  const time = eachWatch(notes.time, (watch) => resumeWatch(watch, `question ${number}`, at));
  return reviewed({ ...notes, time }, { open: notes.review.open.filter((one) => one.number !== number) });
}

/** Whether an agency's last word, a vote or else its position, is another one than was decided. */
export function dissents({ positions, review: { votes, word } }: Notes, agency: (typeof agencies)[number]): boolean {
  const position = positions[agency];
  const said = position === undefined || position === 'silent' ? undefined : position === 'deny' ? 'deny' : 'approve';
  const last = votes[agency] ?? said;
  return last !== undefined && word !== undefined && last !== word;
}

const offered = (notes: Notes, offer: readonly string[], at: number): Notes => ({
  ...reviewed(notes, { lies: 'applicant', offer }),
  time: eachWatch(notes.time, (watch) => stopWatch(watch, 'offer', at)),
});

/** A watch that stood still while a license stood goes on, unless a hold is on by now. */
function goingOn({ used, stops }: Stopwatch, holds: readonly string[], at: number): Stopwatch {
  const still = [...stops.filter((stop) => stop !== 'license' && !stop.startsWith('hold ')), ...holds.map((id) => `hold ${id}`)];
  return { used, since: still.length > 0 ? undefined : at, stops: still };
}

/** What the witness writes down of a review, from the first question to the decision. */
export const reviewTakers: Takers = {
  'question-asked': (notes, { number, asker, stopsClocks, at }) => {
    const known = reviewed(notes, { asked: [...notes.review.asked, number], open: [...notes.review.open, { number, by: asker }] });
    const stopped: readonly Measured[] = asker === 'us.commerce' ? ['total'] : [asker, 'total'];
    return stopsClocks ? { ...known, time: eachWatch(known.time, (watch) => stopWatch(watch, `question ${number}`, at), stopped) } : known;
  },
  'question-answered': (notes, event) => closedQuestion(notes, event.number, event.at),
  'question-withdrawn': (notes, event) => closedQuestion(notes, event.number, event.at),
  'opinions-due': (notes) => ended(notes, 'reminder'),
  'limit-reached': (notes) => ended(notes, 'total'),
  'position-given': (notes, { agency, position }) => {
    const { conditions, units } = notes.review;
    const known = reviewed(ended(notes, agency), {
      conditions: { ...conditions, [agency]: 'conditions' in position ? (position.conditions ?? []) : [] },
      units: { ...units, [agency]: 'units' in position ? position.units : undefined },
    });
    return { ...known, positions: { ...notes.positions, [agency]: position.position } };
  },
  'agency-deemed': (notes, event) => ({ ...ended(notes, event.agency), positions: { ...notes.positions, [event.agency]: 'silent' } }),
  'review-closed': (notes, event, { rules }) => {
    const answered = notes.review.open.reduce((one, { number }) => closedQuestion(one, number, event.at), notes);
    const closed = reviewed({ ...ended(answered, ...agencies), application: 'closed' }, { found: event.finding, lies: 'commerce' });
    return event.finding === 'disagreement' ? goesUp(closed, event.at, rules) : closed;
  },
  escalated: (notes, event, { rules }) => goesUp(reviewed(notes, { offer: [], answer: 'none' }), event.at, rules),
  'level-decided': (notes, { decision: { level, decision, votes }, at }) => {
    const cast = agencies.flatMap((agency): [string, 'approve' | 'deny'][] =>
      votes?.approve.includes(agency) ? [[agency, 'approve']] : votes?.deny.includes(agency) ? [[agency, 'deny']] : [],
    );
    // Only the votes of the level that decided last count; who did not vote there has said what its position says.
    const more: Partial<ReviewNotes> = { word: decision, votes: Object.fromEntries(cast), lies: 'appeal' };
    const decided = reviewed(ended(notes, level), more);
    return agencies.some((agency) => dissents(decided, agency)) ? timed(decided, at, ['appeal']) : reviewed(decided, { lies: 'commerce' });
  },
  'decision-overdue': (notes, event) => ended(notes, event.level),
  'appeal-period-ended': (notes) => reviewed(ended(notes, 'appeal'), { lies: 'commerce' }),
  'president-decided': (notes, event) => {
    const word = event.consensus === 'president-approved' ? 'approve' : 'deny';
    return reviewed({ ...notes, president: word === 'approve' ? 'approved' : 'denied' }, { word, wordBefore: notes.review.word, lies: 'commerce' });
  },
  'conditions-consolidated': (notes, event) => reviewed(notes, { lies: 'agencies', offer: event.conditions, answer: 'none', concurred: [] }),
  'conditions-concurred': (notes, event) => reviewed(notes, { concurred: [...notes.review.concurred, event.agency] }),
  'conditions-offered': (notes, event) => {
    // Contradicting conditions that have become one text are a contradiction no more.
    const { found, lies } = notes.review;
    return offered(reviewed(notes, { found: lies === 'agencies' ? 'agencies-approve' : found }), event.conditions, event.at);
  },
  'conditions-answered': (notes, { answer, conditions, at }) => ({
    ...reviewed(notes, { lies: 'commerce', offer: conditions, answer }),
    time: eachWatch(notes.time, (watch) => resumeWatch(watch, 'offer', at)),
  }),
  'denial-notified': (notes, event) =>
    timed(reviewed(notes, { lies: 'notified', responded: false, notices: notes.review.notices + 1 }), event.at, ['response', 'denial']),
  'denial-response': (notes) => reviewed(notes, { responded: true }),
  'response-period-ended': (notes) => ended(notes, 'response'),
  'denial-rescinded': (notes) => reviewed(ended(notes, 'response', 'denial'), { lies: 'commerce' }),
  'license-issued': (notes, { at }) => {
    const paused = eachWatch(notes.time, (watch) => stopWatch(watch, 'license', at));
    return paid({ ...reviewed(notes, { paused }), application: 'licensed', time: {} }, 'application');
  },
  'decision-corrected': (notes, { corrects, at }, { rules }) => {
    const known = reviewed(notes, { corrected: notes.review.corrected + 1 });
    if (corrects === 'approve-purchase') return { ...known, china: 'applied' };
    if (corrects === 'presidential-decision')
      return reviewed({ ...known, president: 'asked' }, { word: notes.review.wordBefore, lies: 'president', offer: [], answer: 'none' });
    const notice = notes.calls['notify-license'];
    return {
      ...reviewed(known, { paused: {}, toVoid: notice !== undefined && !notes.review.noticeUndone }),
      application: rules.agencyPositions === 'opaque' ? 'referred-opaque' : 'closed',
      time: eachWatch(notes.review.paused, (watch) => goingOn(watch, notes.holds, at)),
      owed: withOne(notes.owed, 'application'),
      ...(notice && { calls: { ...notes.calls, 'notify-license': { ...notice, state: 'answered' } } }),
    };
  },
  'license-voided': (notes) => reviewed(notes, { toVoid: false }),
  'license-denied': (notes, { at }, { rules }) => {
    const denied = paid({ ...notes, application: 'denied', time: {} }, 'application');
    if (rules.appealMs === null || notes.president === 'denied') return denied;
    return { ...reviewed(denied, { appeal: 'open' }), time: { 'appeal-of-denial': startWatch(at, []) } };
  },
  'denial-appealed': (notes) => reviewed(ended(notes, 'appeal-of-denial'), { appeal: 'recorded' }),
  'denial-appeal-period-ended': (notes) => reviewed(ended(notes, 'appeal-of-denial'), { appeal: 'over' }),
};
