import { deadlineOf, leftOf, resumedDeadline } from './calendar.ts';
import type { ReviewRules } from './policy.ts';

/**
 * Accountable time: a deadline that stops while any reason holds it and resumes with exactly what was left.
 * Times are epoch milliseconds, `leftMs` is a duration in milliseconds.
 */
export type Clock =
  | { readonly state: 'running'; readonly dueAt: number }
  | {
      readonly state: 'stopped';
      readonly leftMs: number;
      /** Whole days that are still to come, where days are read by their ends. */
      readonly leftDays?: number;
      readonly reasons: readonly string[];
    };

/** A clock whose time has come stays as a fact: nothing happens by it any more. */
export type Timed = Clock | { readonly state: 'reached'; readonly at: number };

/** Days are told `exact` unless the policy says otherwise. */
const exact: ReviewRules['day'] = { reading: 'exact' };

export const startClock = (ms: number, now: number, day: ReviewRules['day'] = exact): Clock => ({ state: 'running', dueAt: deadlineOf(day, ms, now) });

/** Adds one reason to stand still. A clock whose time is up keeps nothing: callers let time pass before they stop it. */
export function stopClock(clock: Clock, reason: string, now: number, day?: ReviewRules['day']): Clock;
export function stopClock(clock: Timed, reason: string, now: number, day?: ReviewRules['day']): Timed;
export function stopClock(clock: Timed, reason: string, now: number, day: ReviewRules['day'] = exact): Timed {
  if (clock.state === 'reached') return clock;
  if (clock.state === 'running') return { state: 'stopped', ...leftOf(day, clock.dueAt, now), reasons: [reason] };
  return clock.reasons.includes(reason) ? clock : { ...clock, reasons: [...clock.reasons, reason] };
}

/** Removes one reason; the clock runs again only when it was the last. */
export function resumeClock(clock: Clock, reason: string, now: number, day?: ReviewRules['day']): Clock;
export function resumeClock(clock: Timed, reason: string, now: number, day?: ReviewRules['day']): Timed;
export function resumeClock(clock: Timed, reason: string, now: number, day: ReviewRules['day'] = exact): Timed {
  if (clock.state !== 'stopped' || !clock.reasons.includes(reason)) return clock;
  const reasons = clock.reasons.filter((one) => one !== reason);
  return reasons.length > 0 ? { ...clock, reasons } : { state: 'running', dueAt: resumedDeadline(day, clock, now) };
}

/** A stopped clock never expires. */
export const isExpired = (clock: Timed, now: number): boolean => clock.state === 'running' && clock.dueAt <= now;
