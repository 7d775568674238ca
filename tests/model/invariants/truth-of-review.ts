import type { Order } from '../../../domain/state.ts';
import type { UsReview } from '../../../domain/us-review.ts';
import type { Notes } from '../notes.ts';

/** What both can tell of an order, in the words of the order. */
export type Account = Readonly<Record<string, string | number | undefined>>;

/** Where an application stands that has not been closed. */
const before: { readonly [S in Notes['application']]?: string } = {
  none: 'not-submitted',
  rejected: 'rejected-unregistered',
  returned: 'returned-without-action',
};

function closed({ review: { lies, found, level, word }, president, application }: Notes): string {
  if (lies === 'applicant') return 'conditions-offered';
  if (lies === 'notified') return 'intent-to-deny';
  if (application === 'referred-opaque') return application;
  if (lies === 'president') return 'before-president';
  if (lies === 'agencies') return 'one-text';
  if (lies === 'appeal') return `appealable, ${level}`;
  if (lies !== 'commerce') return `before-level, ${lies}`;
  if (president === 'approved' || president === 'denied') return `before-commerce, president-${president}`;
  return `before-commerce, ${word === undefined ? found : word === 'approve' ? 'escalation-approved' : 'escalation-denied'}`;
}

function review(notes: Notes): string {
  const { application } = notes;
  const there = application === 'closed' || application === 'referred-opaque' ? closed(notes) : (before[application] ?? application);
  return isParked(notes) ? `held-without-action, ${there}` : there;
}

/** An application that was parked and has not ended since. */
const isParked = ({ application, review: { parked } }: Notes): boolean =>
  parked && ['registered', 'referred', 'referred-opaque', 'closed'].includes(application);

function standing(now: UsReview): string {
  if (now.state === 'held-without-action') return `held-without-action, ${standing(now.parked)}`;
  if (now.state === 'before-commerce') return `before-commerce, ${now.consensus}`;
  return now.state === 'before-level' || now.state === 'appealable' ? `${now.state}, ${now.level}` : now.state;
}

const list = (all: readonly string[]): string => [...all].toSorted((a, b) => (a < b ? -1 : 1)).join('; ');

/** What stands beside an open application: questions, the offer and its answer, the response to an intent to deny. */
function saidOf(now: UsReview): Account {
  if (now.state === 'held-without-action') return saidOf(now.parked);
  const at = 'before' in now ? now.before : now;
  const offer = 'offer' in now ? (now.offer ?? []) : [];
  return {
    questions: 'questions' in at ? list((at.questions ?? []).flatMap(({ number, closed: is }) => (is ? [] : [number]))) : '',
    offer: list(offer),
    answer: 'answer' in now ? now.answer : undefined,
    responded: now.state === 'intent-to-deny' ? String(now.response !== undefined) : undefined,
    past: 'previous' in at ? (at.previous ?? []).length : undefined,
  };
}

const papersOf = ({ filing = {} }: Order): Account => ({
  certified: list(filing.certified ?? []),
  statement: String(filing.endUserStatement !== undefined),
  confirmed: String(filing.confirmed === true),
  ruled: filing.ruling?.route,
});

/** What an order says of its application, and of what was gathered for it. */
export const reviewByOrder = (order: Order): Account => ({
  review: standing(order.usReview),
  ...saidOf(order.usReview),
  ...papersOf(order),
  appeal: order.usReview.state === 'denied' ? (order.usReview.appeal?.state ?? 'none') : undefined,
});

/** The same from the notes. */
export function reviewByNotes(notes: Notes): Account {
  const { application, review: it } = notes;
  const isOpen = ['registered', 'referred', 'referred-opaque', 'closed'].includes(application);
  const isWithApplicant = it.lies === 'applicant' || it.lies === 'agencies';
  const isBefore = it.lies === 'commerce';
  const hasPast = !['none', 'licensed', 'denied', 'not-required'].includes(application) && it.past > 0;
  return {
    review: review(notes),
    questions: isOpen ? list(it.open.map(({ number }) => number)) : '',
    offer: isOpen && (isWithApplicant || isBefore) ? list(it.offer) : '',
    answer: isOpen && isBefore && it.answer !== 'none' ? it.answer : undefined,
    responded: isOpen && it.lies === 'notified' ? String(it.responded) : undefined,
    past: hasPast ? it.past : undefined,
    certified: list(it.certified),
    statement: String(it.statement),
    confirmed: String(it.confirmed),
    ruled: it.ruled,
    appeal: application === 'denied' ? it.appeal : undefined,
  };
}
