import type { Act } from '../../acts.ts';
import { resumeClock, stopClock } from '../../clock.ts';
import { deadlineOf } from '../../calendar.ts';
import type { OrderEvent } from '../../events.ts';
import { type Refusal, refuse } from '../../refusal.ts';
import { agencies, type Agency } from '../../roles.ts';
import { reviewRules } from '../../rules-of.ts';
import { usFinding } from '../../rules/us-finding.ts';
import type { ActRules, Evolutions } from '../../stage.ts';
import type { Order } from '../../state.ts';
import type { Opaque, OpenReview, Position, Question, Registration } from '../../us-review.ts';
import { unitsToShip } from '../../waves.ts';
import { eachPosition, onClocks } from './clocks.ts';
import { faultOfConditions } from './negotiation.ts';
import { goesUp, isOpen, referred, registrationOf, review, withRegistration } from './moves.ts';
import { outOfTurn } from './out-of-turn.ts';

type Given = Extract<Position, { state: 'given' }>;

export const opinionActs: ActRules<'recommend' | 'request-information' | 'answer-information' | 'withdraw-request'> = {
  recommend: (order, act, at) => {
    if (order.usReview.state !== 'referred') return outOfTurn(order, 'recommend');
    const position = positionOf(order, act);
    return 'refused' in position ? position : [{ type: 'position-given', agency: agencyOf(act), position, at }];
  },
  'request-information': (order, act, at) => {
    const now = order.usReview;
    if (now.state !== 'referred' && now.state !== 'referred-opaque') return outOfTurn(order, 'request-information');
    if (now.questions?.some(({ number }) => number === act.number))
      return refuse('already-decided', `order ${order.terms.id}: question ${act.number} has been asked`, 'another number for another question');
    const by = act.by === 'us.commerce' ? act.by : agencyOf(act);
    const stopsClocks = stopsAt(order, now.referredAt, at);
    return [{ type: 'question-asked', number: act.number, asker: by, question: act.question, stopsClocks, at }];
  },
  'answer-information': (order, act, at) => {
    const asked = openQuestion(order, 'answer-information', act.number);
    return 'refused' in asked ? asked : [{ type: 'question-answered', number: act.number, answer: act.answer, at }];
  },
  'withdraw-request': (order, act, at) => {
    const asked = openQuestion(order, 'withdraw-request', act.number);
    if ('refused' in asked) return asked;
    return asked.by === act.by
      ? [{ type: 'question-withdrawn', number: act.number, at }]
      : refuse('not-entitled', `order ${order.terms.id}: question ${act.number} is of ${asked.by}`, `withdraw-request by ${asked.by}`);
  },
};

function agencyOf(act: Act): Agency {
  const agency = agencies.find((one) => one === act.by);
  if (!agency) throw new Error(`act ${act.id}: ${act.by} is no agency, though acts.ts lets it ${act.name}`);
  return agency;
}

/** Whether a question comes in time to stop clocks (15 CFR 750.4(b); EO 12981 s. 3): within the policy's days from referral. */
function stopsAt(order: Order, referredAt: number | undefined, at: number): boolean {
  const { questionMs, day } = reviewRules(order.policy);
  return questionMs !== null && referredAt !== undefined && at <= deadlineOf(day, questionMs, referredAt);
}

/** Questions that wait for an answer. */
export const openQuestions = (now: Registration): readonly Question[] => now.questions?.filter(({ closed }) => !closed) ?? [];

function openQuestion(order: Order, act: 'answer-information' | 'withdraw-request', number: string): Question | Refusal {
  const now = order.usReview;
  if (!isOpen(now)) return outOfTurn(order, act);
  const asked = registrationOf(now).questions?.find((one) => one.number === number);
  if (!asked) return refuse('no-question', `order ${order.terms.id}: no question ${number} has been asked`, `the number of an open question`);
  return asked.closed ? refuse('already-decided', `order ${order.terms.id}: question ${number} is closed: ${asked.closed.how}`, 'an open question') : asked;
}

/** A denial names its bases, an approval with conditions names them (EO 12981 s. 3; 15 CFR 750.3). */
function positionOf(order: Order, act: Act<'recommend'>): Given | Refusal {
  const { conditions, basis, statute, units } = act;
  const takesConditions = act.position === 'approve-with-conditions' || act.position === 'approve-part';
  if (conditions && !takesConditions)
    return refuse('invalid-act', `conditions do not go with ${act.position}`, 'conditions with approve-with-conditions or approve-part only');
  if ((basis ?? statute) !== undefined && act.position !== 'deny')
    return refuse('invalid-act', `a basis does not go with ${act.position}`, 'basis with deny only');
  if (units !== undefined && act.position !== 'approve-part')
    return refuse('invalid-act', `units do not go with ${act.position}`, 'units with approve-part only');
  const unread = order.policy.edition === 1 ? undefined : faultOfConditions(conditions ?? []);
  if (unread) return unread;
  switch (act.position) {
    case 'no-objection':
      return { state: 'given', position: 'no-objection' };
    case 'approve-with-conditions':
      return conditions
        ? { state: 'given', position: 'approve-with-conditions', conditions }
        : refuse('conditions-missing', `${act.by} approves with conditions but names none`, 'field conditions with at least one text');
    case 'approve-part':
      return partOf(order, act);
    case 'deny':
      return denialOf(order, act);
  }
}

function partOf(order: Order, { by, units, conditions }: Act<'recommend'>): Given | Refusal {
  const part = Number(units);
  if (order.policy.edition === 1) return refuse('not-in-policy', `the rules of order ${order.terms.id} know no approval of a part`, 'another position');
  const asked = unitsToShip(order);
  return part < asked
    ? { state: 'given', position: 'approve-part', units: part, ...(conditions && { conditions }) }
    : refuse('invalid-act', `${by} approves a part of ${asked} units and names ${units ?? 'none'}`, `units from 1 to ${asked - 1}`);
}

function denialOf(order: Order, { by, basis, statute }: Act<'recommend'>): Given | Refusal {
  if (basis === undefined) return refuse('basis-missing', `${by} denies without a basis`, 'field basis, e.g. 15 CFR 742.6(b)');
  if (statute === undefined && order.policy.edition !== 1)
    return refuse('basis-missing', `${by} denies without a statutory basis`, 'field statute, e.g. 50 USC 4813, beside the regulatory basis');
  return { state: 'given', position: 'deny', basis, ...(statute !== undefined && { statute }) };
}

/** The review closes when every agency has spoken or is deemed to have, and not before. */
export function closingAt(order: Order, at: number): OrderEvent[] {
  const now = order.usReview;
  if (now.state !== 'referred') return [];
  const spoken = agencies.map((agency) => now.positions[agency]).flatMap((one) => (one.state === 'asked' ? [] : [one]));
  return spoken.length < agencies.length ? [] : [{ type: 'review-closed', finding: usFinding(spoken, order.policy.edition).finding, at }];
}

type OpinionEvent =
  'position-given' | 'agency-deemed' | 'review-closed' | 'question-asked' | 'question-answered' | 'question-withdrawn' | 'opinions-due' | 'limit-reached';

export const opinionEvolutions: Evolutions<OpinionEvent> = {
  'position-given': (order, event) => withPosition(order, event.agency, event.position),
  'agency-deemed': (order, event) => withPosition(order, event.agency, { state: 'deemed', position: 'no-objection' }),
  'review-closed': (order, event) => {
    const closed = openQuestionsOf(order).reduce((one, { number }) => withClosed(one, number, 'review-closed', event.at), order);
    return review(closed, 'referred', (now) =>
      event.finding === 'disagreement' ? goesUp(closed, now, event.at) : { ...referred(now), state: 'before-commerce', consensus: event.finding },
    );
  },
  'question-asked': (order, { number, asker, question, stopsClocks, at }) => {
    const asked: Question = { number, by: asker, question, askedAt: at, stopsClocks };
    const next = onRegistration(order, (now) => ({ ...now, questions: [...(now.questions ?? []), asked] }));
    if (!stopsClocks) return next;
    const { day } = reviewRules(order.policy);
    return onClocks(next, (clock, owner) => (owner === asker || owner === 'total' ? stopClock(clock, `question ${number}`, at, day) : clock));
  },
  'question-answered': (order, event) => withClosed(order, event.number, 'answered', event.at),
  'question-withdrawn': (order, event) => withClosed(order, event.number, 'withdrawn', event.at),
  'opinions-due': (order, event) => {
    const reminded = (now: Opaque): Opaque => ({ ...now, reminder: { state: 'reached', at: event.at } });
    const now = order.usReview;
    if (now.state === 'referred-opaque') return { ...order, usReview: reminded(now) };
    return 'before' in now && now.before.state === 'referred-opaque' ? { ...order, usReview: { ...now, before: reminded(now.before) } } : order;
  },
  'limit-reached': (order, event) => onRegistration(order, (now) => ({ ...now, limit: { state: 'reached', at: event.at } })),
};

const openQuestionsOf = ({ usReview }: Order): readonly Question[] => (isOpen(usReview) ? openQuestions(registrationOf(usReview)) : []);

function onRegistration(order: Order, change: (now: Registration) => Registration): Order {
  const now: OpenReview | undefined = isOpen(order.usReview) ? order.usReview : undefined;
  if (!now) throw new Error(`order ${order.terms.id}: review is ${order.usReview.state}, expected a registered application`);
  return { ...order, usReview: withRegistration(now, change) };
}

/** A question is closed, and clocks that stood for it go on. */
function withClosed(order: Order, number: string, how: 'answered' | 'withdrawn' | 'review-closed', at: number): Order {
  const closed = onRegistration(order, (now) => ({
    ...now,
    questions: (now.questions ?? []).map((one) => (one.number === number ? { ...one, closed: { at, how } } : one)),
  }));
  const { day } = reviewRules(order.policy);
  return onClocks(closed, (clock) => resumeClock(clock, `question ${number}`, at, day));
}

const withPosition = (order: Order, agency: Agency, position: Position): Order =>
  review(order, 'referred', (now) => ({ ...now, positions: eachPosition(now.positions, (before, one) => (one === agency ? position : before)) }));
