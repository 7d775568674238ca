import { Temporal } from 'temporal-polyfill';
import type { Zone } from '../../domain/zone.ts';

/** Washington's clock by the rule in force since 2007 (15 USC 260a), as a policy pins it. */
export const washington: Zone = {
  name: 'America/New_York',
  offsets: [
    { from: Date.UTC(2024, 10, 3, 6), minutes: -300 },
    { from: Date.UTC(2025, 2, 9, 7), minutes: -240 },
    { from: Date.UTC(2025, 10, 2, 6), minutes: -300 },
    { from: Date.UTC(2026, 2, 8, 7), minutes: -240 },
    { from: Date.UTC(2026, 10, 1, 6), minutes: -300 },
    { from: Date.UTC(2027, 2, 14, 7), minutes: -240 },
  ],
};

/** A zone as the machine's own time zone database tells it, between two moments. */
export function zoneOf(name: string, from: number, until: number): Zone {
  const offsets = [];
  let next: Temporal.ZonedDateTime | null = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(name);
  while (next && next.epochMilliseconds < until) {
    offsets.push({ from: next.epochMilliseconds, minutes: next.offsetNanoseconds / 60e9 });
    next = next.getTimeZoneTransition('next');
  }
  return { name, offsets };
}
