import { Temporal } from 'temporal-polyfill';
import type { Zone } from '../domain/zone.ts';
import { firstYear } from './moments.ts';

/** For so many years from a policy's first day its orders know their zone's clock changes; after them the last offset holds. */
const years = 15;

/** The zone by whose days the authorities of the United States count. */
export const washington = 'America/New_York';

/** Whether the machine's time zone database knows a zone by this IANA name, such as `America/New_York`. */
export function isZone(name: string): boolean {
  try {
    return Temporal.Now.zonedDateTimeISO(name).timeZoneId !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/**
 * A zone as the machine's time zone database has it, as data: its offset at the first moment that a story may have, since one may name a policy of
 * later, and every change until 15 years after the policy's first day (YYYY-MM-DD). Throws `RangeError` for an unknown zone.
 */
export function zoneOf(name: string, effective: string): Zone {
  const first = Temporal.PlainDate.from({ year: firstYear, month: 1, day: 1 });
  const end = Temporal.PlainDate.from(effective).add({ years }).toZonedDateTime(name).epochMilliseconds;
  const offsets: { readonly from: number; readonly minutes: number }[] = [];
  let at: Temporal.ZonedDateTime | null = first.toZonedDateTime('UTC').withTimeZone(name);
  while (at && at.epochMilliseconds < end) {
    offsets.push({ from: at.epochMilliseconds, minutes: at.offsetNanoseconds / 60_000_000_000 });
    at = at.getTimeZoneTransition('next');
  }
  return { name, offsets };
}

/** The calendar day (YYYY-MM-DD) in a zone at a moment in epoch milliseconds. */
export const dayIn = (zone: string, at: number): string => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate().toString();
