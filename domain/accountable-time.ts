import type { EventType, OrderEvent } from './events.ts';
import type { ReviewRules } from './policy.ts';
import { type OwnedStop, reviewStops, type Stop } from './review-stops.ts';
import { agencies, type Agency } from './roles.ts';

/** The accountable time of one reviewer or of the whole review: when it began and ended, what was used of it (milliseconds), and when it stood still. */
export interface AccountableTime {
  readonly from: number;
  readonly to?: number;
  readonly usedMs: number;
  readonly stops: readonly Stop[];
}

/** One application: its review in all, and each agency there where its opinion is asked for and shown. */
export interface ApplicationTime {
  readonly total: AccountableTime;
  readonly agencies: { readonly [A in Agency]?: AccountableTime };
}

interface Span {
  readonly from: number;
  readonly to?: number;
}
interface Spans {
  readonly total: Span;
  readonly agencies: { readonly [A in Agency]?: Span };
  /** The license that ended it, which may have been recorded by mistake. */
  readonly licensedAt?: number;
}

/**
 * What the record alone tells of accountable time until a moment (epoch milliseconds), one answer for each application, the oldest first. It reads
 * facts and no clock: days of the review stop and go on (15 CFR 750.4(b)), and whoever doubts a deadline counts them again from this.
 */
export function accountableTime(events: readonly OrderEvent[], rules: ReviewRules, until: number): readonly ApplicationTime[] {
  const stops = reviewStops(events);
  const past = events.reduce<readonly Spans[]>((applications, event) => withFact(applications, event.type, event, rules), []);
  return past.map((application) => ({
    total: timeOf(application.total, stops, until),
    agencies: eachAgency(application.agencies, (span, agency) =>
      timeOf(
        span,
        stops.filter(({ owner }) => owner === 'everybody' || owner === agency),
        until,
      ),
    ),
  }));
}

type Facts = { readonly [T in EventType]?: (now: Spans, event: OrderEvent<T>, rules: ReviewRules) => Spans };
/** An end counts once: a position that changes later takes no more time. */
const ended = (span: Span, at: number): Span => (span.to === undefined ? { ...span, to: at } : span);
const allEnded = ({ total, agencies: asked }: Spans, { at }: { readonly at: number }): Spans => ({
  total: ended(total, at),
  agencies: eachAgency(asked, (span) => ended(span, at)),
});
const spoken = ({ total, agencies: asked }: Spans, { agency: speaker, at }: { readonly agency: Agency; readonly at: number }): Spans => ({
  total,
  agencies: eachAgency(asked, (span, agency) => (agency === speaker ? ended(span, at) : span)),
});

const facts: Facts = {
  'application-referred': (now, { at }, { agencyPositions }) =>
    agencyPositions === 'visible' ? { ...now, agencies: Object.fromEntries(agencies.map((agency) => [agency, { from: at }])) } : now,
  'position-given': spoken,
  'agency-deemed': spoken,
  'limit-reached': (now, { at }) => ({ ...now, total: ended(now.total, at) }),
  'application-returned': allEnded,
  'withdrawal-requested': allEnded,
  // What the limit had ended before, if only by a moment, no correction begins again.
  'license-issued': (now, { at }) => ({ ...allEnded(now, { at }), ...(now.total.to === undefined && { licensedAt: at }) }),
  'decision-corrected': (now, { corrects }) =>
    corrects === 'issue-license' && now.licensedAt !== undefined ? { agencies: now.agencies, total: { from: now.total.from } } : now,
  'license-denied': allEnded,
  'order-ended': allEnded,
};

function withFact<T extends EventType>(applications: readonly Spans[], type: T, event: OrderEvent<T>, rules: ReviewRules): readonly Spans[] {
  if (type === 'application-registered') return [...applications, { total: { from: event.at }, agencies: {} }];
  const [now, fact] = [applications.at(-1), facts[type]];
  return now && fact ? [...applications.slice(0, -1), fact(now, event, rules)] : applications;
}

const eachAgency = <S, T>(of: { readonly [A in Agency]?: S }, change: (one: S, agency: Agency) => T): { readonly [A in Agency]?: T } =>
  Object.fromEntries(
    agencies.flatMap((agency) => {
      const one = of[agency];
      return one === undefined ? [] : [[agency, change(one, agency)]];
    }),
  );

/** The time of a span less that in which some stop was on; stops that overlap count once. */
function timeOf(span: Span, stops: readonly OwnedStop[], until: number): AccountableTime {
  const last = span.to ?? until;
  const within = stops.filter(({ from, to = Infinity }) => from < (span.to ?? Infinity) && to > span.from).map((stop) => cut(stop, span));
  const stood = within.reduce(
    (sum, { from, to = last }) => ({ ms: sum.ms + Math.max(0, to - Math.max(from, sum.counted)), counted: Math.max(sum.counted, to) }),
    { ms: 0, counted: span.from },
  );
  return { ...span, usedMs: last - span.from - stood.ms, stops: within };
}

/** The part of a stop that lies in a span. */
function cut({ reason, by, from, to = Infinity }: OwnedStop, span: Span): Stop {
  const end = Math.min(to, span.to ?? Infinity);
  return { reason, by, from: Math.max(from, span.from), ...(end !== Infinity && { to: end }) };
}
