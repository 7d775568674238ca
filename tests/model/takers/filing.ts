import { agencies } from '../../../domain/roles.ts';
import type { Notes } from '../notes.ts';
import { nextApplication } from '../review-notes.ts';
import { eachWatch, resumeWatch, stopWatch } from '../stopwatch.ts';
import { paid, reviewed, type Takers, timed, without, withOne } from './taker.ts';

/** Nothing of an application that has ended runs on. */
const over = (notes: Notes, application: Notes['application']): Notes => ({ ...notes, application, positions: {}, president: 'not-asked', time: {} });

/** What the witness writes down of an application from its papers to its referral, and of its coming back. */
export const filingTakers: Takers = {
  certified: (notes, event) => reviewed(notes, { certified: withOne(notes.review.certified, event.certification) }),
  'end-user-statement-issued': (notes) => reviewed(notes, { statement: true }),
  'classification-ruled': (notes, event) => reviewed(notes, { ruled: event.route }),
  'filing-confirmed': (notes) => reviewed(notes, { confirmed: true }),
  'license-not-required': (notes) => ({ ...notes, application: 'not-required' }),
  'application-submitted': (notes) => ({ ...notes, application: 'submitted' }),
  'application-filed': (notes) => (notes.application === 'submitted' ? { ...notes, application: 'filed' } : notes),
  'application-rejected': (notes) => paid({ ...notes, application: 'rejected' }, 'application'),
  'application-registered': (notes, event, { rules }) => timed({ ...notes, application: 'registered' }, event.at, rules.limitMs === null ? [] : ['total']),
  'application-referred': (notes, event, { rules }) => {
    const isOpaque = rules.agencyPositions === 'opaque';
    const referred: Notes = { ...notes, application: isOpaque ? 'referred-opaque' : 'referred', review: { ...notes.review, referredAt: event.at } };
    return timed(referred, event.at, isOpaque ? ['reminder'] : agencies);
  },
  'application-parked': (notes, event) => ({
    ...reviewed(notes, { parked: true }),
    time: eachWatch(notes.time, (watch) => stopWatch(watch, 'parked', event.at)),
  }),
  'review-resumed': (notes, event) => ({
    ...reviewed(notes, { parked: false }),
    time: eachWatch(notes.time, (watch) => resumeWatch(watch, 'parked', event.at)),
  }),
  'application-returned': (notes) => paid(over(notes, 'returned'), 'application'),
  'withdrawal-requested': (notes) => over(notes, 'withdrawing'),
  'application-withdrawn': (notes) => ({ ...notes, application: 'withdrawn' }),
  'application-resubmitted': (notes) => ({
    ...notes,
    application: 'submitted',
    review: nextApplication(notes.review),
    takenBack: without(notes.takenBack, 'application'),
  }),
};
