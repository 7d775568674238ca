import type { EscalationLadder, ReviewRules } from '../policy.ts';

const dayMs = 86_400_000;

/** What an application comes to, in about the order in which it does. */
export type Milestone =
  | 'filing'
  | 'agency-opinions'
  | 'license'
  | 'oc-chair'
  | 'acep'
  | 'earb'
  | 'ladder-end'
  | 'president'
  | 'review-limit'
  | 'response-to-intent-to-deny'
  | 'denial-final'
  | 'appeal-of-denial'
  | 'china-approval';

/** A day to reckon with, and the rule that gives it. */
export interface ExpectedDay {
  readonly what: Milestone;
  /** YYYY-MM-DD; `null` where no rule gives a day. */
  readonly day: string | null;
  readonly rule: string;
}

const after = (day: string, ms: number): string => new Date(Date.parse(`${day}T00:00:00.000Z`) + ms).toISOString().slice(0, 10);
const days = (ms: number): string => `${ms / dayMs} days`;

const on = (what: Milestone, day: string | null, rule: string): ExpectedDay => ({ what, day, rule });

/**
 * The days of an application that is filed, registered and referred on one day (YYYY-MM-DD), when every clock runs to its end and none is
 * stopped. No rule gives a day on which a license is issued: no timer approves anything.
 */
export function expectedDays(review: ReviewRules, filedOn: string): ExpectedDay[] {
  const opinions = after(filedOn, review.opinionMs);
  const { disagreement, limitMs } = review;
  return [
    on('filing', filedOn, 'day 0: counted as if registered and referred on the same day, the earliest'),
    on('agency-opinions', opinions, `each agency has ${days(review.opinionMs)} from referral; silence is no objection`),
    on('license', null, 'Commerce decides once every agency has spoken or its days are over; no deadline makes it'),
    ...(disagreement.goesTo === 'oc-chair' ? ladderDays(disagreement, opinions) : [presidentDay('a disagreement goes to the President')]),
    ...(limitMs === null ? [] : [on('review-limit', after(filedOn, limitMs), `${days(limitMs)} from registration in all; nothing is decided by it`)]),
    ...denialDays(review, opinions),
  ];
}

const presidentDay = (how: string): ExpectedDay => on('president', null, `${how}, who has no deadline`);

/** Each level takes all its days, and an agency appeals on the last day of each. */
function ladderDays({ chairMs, appealMs, acepMs, earbMs }: EscalationLadder, opinions: string): ExpectedDay[] {
  const chair = after(opinions, chairMs);
  const acep = after(chair, appealMs + acepMs);
  const earb = after(acep, appealMs + earbMs);
  const appeal = `an agency may appeal within ${days(appealMs)}`;
  return [
    on('oc-chair', chair, `where agencies disagree, the chair of the Operating Committee decides within ${days(chairMs)}`),
    on('acep', acep, `${appeal}; the Advisory Committee on Export Policy has ${days(acepMs)}`),
    on('earb', earb, `${appeal}; the Export Administration Review Board has ${days(earbMs)}`),
    on('ladder-end', after(earb, appealMs), `the last day to appeal to the President, ${days(appealMs)} after that`),
    presidentDay('the last appeal goes to the President'),
  ];
}

/** Where notice of intent to deny is given on the last day of the opinions. */
function denialDays({ intentToDeny, appealMs }: ReviewRules, noticeOn: string): ExpectedDay[] {
  if (!intentToDeny) return [];
  const { respondMs, finalMs } = intentToDeny;
  const final = after(noticeOn, finalMs);
  return [
    on('response-to-intent-to-deny', after(noticeOn, respondMs), `${days(respondMs)} from notice, if that comes when the opinions are in`),
    on('denial-final', final, `${days(finalMs)} from notice, unless Commerce says otherwise`),
    ...(appealMs === null ? [] : [on('appeal-of-denial', after(final, appealMs), `${days(appealMs)} after it is final; an appeal suspends nothing`)]),
  ];
}

/** The Chinese side: no source gives a time limit. */
export const chinaDay: ExpectedDay = on('china-approval', null, 'not published');
