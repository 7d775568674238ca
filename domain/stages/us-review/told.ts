import type { Timed } from '../../clock.ts';
import { authorityDay } from '../../rules/authority-day.ts';
import { ladder } from '../../rules/escalation.ts';
import { missingCertifications, isStatementMissing, routeOf } from '../../rules/filing.ts';
import type { Order } from '../../state.ts';
import type { OpenReview, Position, Registration } from '../../us-review.ts';
import { correctable } from '../corrections.ts';
import { openReviewOf, previousOf, registrationOf } from './moves.ts';

const days = (ms: number): string => `${(ms / 86_400_000).toFixed(1)} days`;

/** To the minute, in UTC. */
const moment = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** A clock as a person reads it. */
function clockTold(clock: Timed): string {
  if (clock.state === 'reached') return `over since ${moment(clock.at)}`;
  return clock.state === 'running' ? `due ${moment(clock.dueAt)}` : `clock stopped by ${clock.reasons.join(', ')} with ${days(clock.leftMs)} left`;
}

/** A position as a person reads it, with the units, bases and conditions that it names. */
export function positionWords(position: Exclude<Position, { state: 'asked' }>): string {
  const parts = [
    'units' in position ? `${position.units} units` : undefined,
    'statute' in position ? position.statute : undefined,
    'basis' in position ? position.basis : undefined,
    'conditions' in position ? position.conditions?.join('; ') : undefined,
  ].filter((part) => part !== undefined);
  return `${position.position}${parts.length > 0 ? ` (${parts.join(', ')})` : ''}`;
}

function positionTold(position: Position): string {
  if (position.state === 'asked') return `asked, ${clockTold(position.clock)}`;
  return `${positionWords(position)}${position.state === 'deemed' ? ', deemed' : ''}`;
}

/** Where the review of an order stands, line by line: papers, agencies, questions, decisions, offers, and every clock with what is left of it. */
export function reviewTold(order: Order): string[] {
  const { usReview: now } = order;
  if (now.state === 'not-submitted') return [...papersTold(order), ...correctableTold(order)];
  const open = openReviewOf(order);
  const license = [...shortenedTold(order), ...licenseTold(order)];
  const ended = 'reason' in now ? [`${now.state}: ${now.reason}`] : [];
  return [
    ...license,
    ...ended,
    ...appealTold(order),
    ...(open ? [...standingTold(open), ...registrationTold(registrationOf(open))] : []),
    ...previousTold(order),
    ...correctableTold(order),
  ];
}

/** What two people may correct, and what that would come to. */
const correctableTold = (order: Order): string[] =>
  correctable(order).map(({ entry, act, effects }) => `${act} may be corrected as entry ${entry}: ${effects.join('; ')}`);

/** Whether a denial may be appealed, was appealed, or can be no more. */
function appealTold({ policy, usReview: now }: Order): string[] {
  if (now.state !== 'denied' || !now.appeal) return [];
  switch (now.appeal.state) {
    case 'open':
      return [`the denial may be appealed until ${authorityDay(policy, now.appeal.until)}; an appeal suspends nothing`];
    case 'recorded':
      return [`appealed on ${authorityDay(policy, now.appeal.at)}, which suspends nothing: ${now.appeal.grounds} (${now.appeal.document})`];
    case 'over':
      return [`not appealed by ${authorityDay(policy, now.appeal.at)}`];
  }
}

const shortenedTold = ({ shortened }: Order): string[] => (shortened ? [`shortened to ${shortened.units} units: ${shortened.reason}`] : []);

/** The license that the goods would leave under, or what is wrong with it. */
function licenseTold({ usReview: now }: Order): string[] {
  if (now.state === 'covered')
    return [`covered by license ${now.license.number}${now.license.expires === undefined ? '' : `, good until ${now.license.expires}`}`];
  if (now.state !== 'license-unusable') return [];
  return [`${now.code}: license ${now.licensed.license.number} does not carry the shipment, ${now.available} units of it could be used`];
}

function papersTold(order: Order): string[] {
  const route = routeOf(order);
  return [
    ...(order.policy.edition === 1 ? [] : [`route: ${route}`]),
    ...missingCertifications(order).map((one) => `to be certified: ${one}`),
    ...(isStatementMissing(order) ? ['Chinese end-user statement: missing'] : []),
  ];
}

function standingTold(now: OpenReview): string[] {
  switch (now.state) {
    case 'referred':
      return Object.entries(now.positions).map(([agency, position]) => `${agency}: ${positionTold(position)}`);
    case 'referred-opaque':
      return [`opinions: not shown, ${clockTold(now.reminder)}`, ...offerTold(now)];
    case 'before-level':
      return [`${ladder[now.level].role}: decision ${clockTold(now.due)}`];
    case 'appealable':
      return [`${now.level} has decided to ${now.decisions?.at(-1)?.decision ?? 'nothing'}: appeal ${clockTold(now.clock)}`];
    case 'before-commerce':
      return [`consensus: ${now.consensus}`, ...offerTold(now)];
    case 'one-text':
      return [`one text of contradicting conditions: ${now.offer.join('; ')}`];
    case 'conditions-offered':
      return [`conditions offered: ${now.offer.join('; ')}`];
    case 'intent-to-deny':
      return [`intent to deny on ${now.basis}: response ${now.response ?? clockTold(now.respondBy)}, final ${clockTold(now.final)}`];
    case 'registered':
    case 'before-president':
      return [];
  }
}

const offerTold = ({ offer, answer }: { readonly offer?: readonly string[]; readonly answer?: string }): string[] =>
  offer && answer !== undefined ? [`conditions ${answer}: ${offer.join('; ')}`] : [];

function registrationTold({ limit, questions = [] }: Registration): string[] {
  return [
    ...(limit ? [`days of the review: ${clockTold(limit)}`] : []),
    ...questions.map(({ number, by, question, closed }) => `question ${number} of ${by}: ${closed ? closed.how : `open: ${question}`}`),
  ];
}

const previousTold = (order: Order): string[] =>
  (previousOf(order) ?? []).map(
    ({ applicationNumber, filingReference, ended }) => `application before: ${applicationNumber ?? filingReference ?? 'unnumbered'} (${ended})`,
  );
