import ms, { type StringValue } from 'ms';
import { z } from 'zod';
import { moment } from '../edge/moments.ts';
import { usage } from './failure.ts';

const day = 86_400_000;
const hundredYears = 100 * 366 * day;

/** Milliseconds in a duration such as `10d`, at most `longest`. */
export function millisecondsIn(text: string, longest: { readonly ms: number; readonly told: string } = { ms: hundredYears, told: '100 years' }): number {
  const length = /^\d+(\.\d+)?\s*[a-z]+$/i.test(text) ? ms(text as StringValue) : undefined;
  if (length === undefined || Number.isNaN(length) || length <= 0 || length > longest.ms || Math.round(length) === 0)
    throw usage(`${text.slice(0, 40)} is no duration; accepted is such as 10d, 36h or 2w, up to ${longest.told}`);
  return Math.round(length);
}

/** A calendar day (YYYY-MM-DD) on a command line, as `--on` and its like name it. Throws `CommandFailure`, `day-invalid`. */
export function calendarDayOf(text: string): string {
  const read = z.iso.date().safeParse(text);
  if (read.success && /^2[01]/.test(text)) return read.data;
  throw usage(`${text.slice(0, 40)}: expected a calendar day such as 2026-02-16, from 2000 to 2199`, 'day-invalid');
}

/** A day or moment on a command line, in UTC; answers epoch milliseconds. */
export function momentOf(text: string): number {
  const read = moment.safeParse(text);
  if (read.success) return read.data;
  throw usage(`${text.slice(0, 40)}: ${read.error.issues[0]?.message ?? 'no moment'}`, 'moment-invalid');
}
