import type { Timed } from '../../../domain/clock.ts';
import { agencies } from '../../../domain/roles.ts';
import type { Positions, UsReview } from '../../../domain/us-review.ts';
import type { Judged, Seen } from '../core.ts';
import { atEach, must } from '../invariant.ts';
import type { Notes } from '../notes.ts';
import { allowed, endOf, everyMeasured, type Measured, usedAt } from '../stopwatch.ts';

type Clocks = { readonly [M in Measured]?: Timed };

/** All that has a period of its own, but the agencies. */
export const periods: readonly Measured[] = ['total', 'reminder', 'oc-chair', 'acep', 'earb', 'appeal', 'response', 'denial', 'appeal-of-denial'];

const ofAgencies = (positions: Positions): Clocks =>
  Object.fromEntries(agencies.flatMap((agency) => (positions[agency].state === 'asked' ? [[agency, positions[agency].clock]] : [])));

/** The clocks of an order by whose they are: by hand, and apart from the rules' own list. */
export function clocksIn(now: UsReview): Clocks {
  if (now.state === 'held-without-action') return clocksIn(now.parked);
  if (now.state === 'conditions-offered') return clocksIn(now.before);
  if (now.state === 'intent-to-deny') return { ...clocksIn(now.before), response: now.respondBy, denial: now.final };
  return { ...('limit' in now && now.limit ? { total: now.limit } : {}), ...ofState(now) };
}

function ofState(now: UsReview): Clocks {
  if (now.state === 'referred') return ofAgencies(now.positions);
  if (now.state === 'referred-opaque') return { reminder: now.reminder };
  if (now.state === 'before-level') return { [now.level]: now.due };
  if (now.state === 'denied' && now.appeal?.state === 'open') return { 'appeal-of-denial': { state: 'running', dueAt: now.appeal.until } };
  return now.state === 'appealable' ? { appeal: now.clock } : {};
}

function faultOfClock(who: Measured, clock: Timed | undefined, { time }: Notes): string | undefined {
  const watch = time[who];
  if (!watch) return must(!clock || clock.state === 'reached', `the clock of ${who} is ${JSON.stringify(clock)}, and its time is over`);
  const due = endOf(who, watch);
  const left = allowed[who] - watch.used;
  const agrees = clock?.state === 'running' ? clock.dueAt === due : clock?.state === 'stopped' && due === undefined && clock.leftMs === left;
  return must(
    agrees,
    `the clock of ${who} is ${JSON.stringify(clock)}; it had ${left} ms left${due === undefined ? ' and must stand still' : ` and is due at ${due}`}`,
  );
}

/** What is wrong with the clocks of an order, told from the notes. */
export function faultOfClocks({ order, notes }: Seen): string | undefined {
  // Of an order that has ended only the days to appeal a denial count.
  const clocks = notes.outcome === undefined || order.usReview.state === 'denied' ? clocksIn(order.usReview) : {};
  for (const who of everyMeasured) {
    const fault = faultOfClock(who, clocks[who], notes);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** The deadline shown against the earliest end of all that runs. */
export function faultOfDeadline({ plan, notes, now }: Seen): string | undefined {
  const ends = everyMeasured.flatMap((who) => (notes.time[who] ? (endOf(who, notes.time[who]) ?? []) : []));
  const due = ends.length > 0 ? Math.min(...ends) : undefined;
  return must(plan.deadline?.at === due && (due === undefined || due > now), `the deadline is ${plan.deadline?.at}, expected ${due}`);
}

/** Says what is wrong unless the time of somebody is over at this very moment. */
export function overWhen({ time }: Notes, who: Measured, at: number): string | undefined {
  const watch = time[who];
  const used = watch && usedAt(watch, at);
  return must(watch?.since !== undefined && used === allowed[who], `the time of ${who} was over after ${used} ms of ${allowed[who]}`);
}

/** Somebody of these whose time is over, and nothing happened. */
export function stillRunning({ time }: Notes, now: number, whom: readonly Measured[]): string | undefined {
  const late = whom.find((who) => time[who] && usedAt(time[who], now) >= allowed[who]);
  return late && `the time of ${late} is over and nothing happened`;
}

/** What time alone brings about, each when the days of that very period are over. */
export const faultOfPeriods = (judged: Judged): string | undefined =>
  atEach(judged, 'opinions-due', ({ at }, notes) => overWhen(notes, 'reminder', at)) ??
  atEach(judged, 'limit-reached', ({ at }, notes) => overWhen(notes, 'total', at)) ??
  atEach(judged, 'decision-overdue', ({ at, level }, notes) => overWhen(notes, level, at)) ??
  atEach(judged, 'appeal-period-ended', ({ at }, notes) => overWhen(notes, 'appeal', at)) ??
  atEach(judged, 'denial-appeal-period-ended', ({ at }, notes) => overWhen(notes, 'appeal-of-denial', at)) ??
  atEach(judged, 'response-period-ended', ({ at }, notes) => overWhen(notes, 'response', at)) ??
  atEach(judged, 'license-denied', ({ at, by }, notes) => (by === undefined ? overWhen(notes, 'denial', at) : undefined));
