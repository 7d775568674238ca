import type { ReviewRules } from './policy.ts';
import { lastBefore, offsetAt, type Zone } from './zone.ts';

const day = 86_400_000;

/** The calendar day, YYYY-MM-DD, on which a moment (epoch milliseconds) falls in a zone. Throws `RangeError` for moments before those that the zone tells. */
export function dayOf(zone: Zone, at: number): string {
  const told = written(new Date(at + offsetAt(zone, at)));
  if (told === undefined) throw new RangeError(`${at} (epoch milliseconds) lies outside the years 0000 to 9999`);
  return told;
}

/**
 * The last millisecond of the local day that comes `days` calendar days after the local day of `at` (epoch milliseconds); with 0 days, of that
 * day itself. A day whose end the local clock skips ends before the gap; one whose end it reads twice ends with the second.
 * Throws `RangeError` for days that are not whole, and for moments before those that the zone tells.
 */
export function dayEndAfter(zone: Zone, at: number, days: number): number {
  if (!Number.isSafeInteger(days) || days < 0) throw new RangeError(`${days} is not a number of calendar days: give a whole number from 0`);
  return lastBefore(zone, (localDay(zone, at) + days + 1) * day);
}

/**
 * The calendar day (YYYY-MM-DD) so many months after another: the same day of its month, or the last where that month is shorter.
 * Throws `RangeError` for what is no day, for months that are not whole, and for an answer past the year 9999.
 */
export function monthsAfter(from: string, months: number): string {
  const date = new Date(`${from}T00:00:00.000Z`);
  if (written(date) !== from) throw new RangeError(`"${from}" is not a calendar day: write one as YYYY-MM-DD`);
  if (!Number.isSafeInteger(months)) throw new RangeError(`${months} is not a number of calendar months: give a whole one`);
  const dayOfMonth = date.getUTCDate();
  // Day 0 of the month after is the last of the month that is asked for.
  date.setUTCMonth(date.getUTCMonth() + months + 1, 0);
  date.setUTCDate(Math.min(dayOfMonth, date.getUTCDate()));
  const answer = written(date);
  if (answer === undefined) throw new RangeError(`${months} months after ${from} lies outside the years 0000 to 9999`);
  return answer;
}

function written(date: Date): string | undefined {
  if (Number.isNaN(date.getTime())) return undefined;
  return /^(\d{4}-\d{2}-\d{2})T/.exec(date.toISOString())?.[1];
}

/**
 * When a clock of `ms` accountable milliseconds that starts at `at` (epoch milliseconds) is over. Read by day ends, the day on which it starts
 * is day 0 and counts for nothing, so it has to be a whole number of days: throws `RangeError` for any other.
 */
export const deadlineOf = (rules: ReviewRules['day'], ms: number, at: number): number =>
  rules.reading === 'exact' ? at + ms : dayEndAfter(rules.zone, at, ms / day);

/** How many local days lie between the day of one moment and that of a later one. */
const daysBetween = (zone: Zone, from: number, to: number): number => localDay(zone, to) - localDay(zone, from);
const localDay = (zone: Zone, at: number): number => Math.floor((at + offsetAt(zone, at)) / day);

/** What a clock that is due at `dueAt` has left when it is stopped at `at`: milliseconds, or read by day ends the days that are still to come. */
export const leftOf = (rules: ReviewRules['day'], dueAt: number, at: number): { readonly leftMs: number; readonly leftDays?: number } => {
  const leftMs = Math.max(0, dueAt - at);
  return rules.reading === 'exact' ? { leftMs } : { leftMs, leftDays: Math.max(0, daysBetween(rules.zone, at, dueAt)) };
};

/**
 * When a clock with so much left that goes on at `at` is over. Time that it stood still does not count (15 CFR 750.4(b)): it ends as much later, or
 * read by day ends as many days later as the stop has lasted into: one that ends on the day on which it began moves nothing.
 */
export const resumedDeadline = (rules: ReviewRules['day'], left: { readonly leftMs: number; readonly leftDays?: number }, at: number): number =>
  rules.reading === 'exact' || left.leftDays === undefined ? at + left.leftMs : dayEndAfter(rules.zone, at, left.leftDays);
