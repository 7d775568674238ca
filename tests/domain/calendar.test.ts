import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { dayEndAfter, dayOf, monthsAfter } from '../../domain/calendar.ts';
import { washington, zoneOf } from './zones.ts';

const iso = (at: number): string => new Date(at).toISOString();

describe('the day of a moment', () => {
  it('is the local one, to its last millisecond', () => {
    const end = dayEndAfter(washington, Date.UTC(2026, 2, 8, 12), 0);
    expect([dayOf(washington, end), dayOf(washington, end + 1)]).toEqual(['2026-03-08', '2026-03-09']);
  });

  it('is what the library says', () => {
    const [from, until] = [Date.UTC(2025, 0, 1), Date.UTC(2027, 0, 1)];
    const zones = ['America/New_York', 'Asia/Shanghai', 'Pacific/Apia'].map((name) => zoneOf(name, from, until));
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: from, max: until }), (zone, at) => {
        expect(dayOf(zone, at)).toBe(Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone.name).toPlainDate().toString());
      }),
      { numRuns: 1000 },
    );
  });

  it('is none that is written with more than four digits', () => {
    expect(() => dayOf(washington, Date.UTC(10_000, 0, 2))).toThrow('lies outside the years 0000 to 9999');
  });
});

describe('the end of a day', () => {
  it('30 days after 20 February 2026 in Washington comes an hour early by UTC, since clocks went forward meanwhile', () => {
    expect(iso(dayEndAfter(washington, Date.UTC(2026, 1, 20, 15), 30))).toBe('2026-03-23T03:59:59.999Z');
  });

  it('is counted from the local day, not from that of UTC', () => {
    expect(iso(dayEndAfter(washington, Date.UTC(2026, 1, 21, 3), 0))).toBe('2026-02-21T04:59:59.999Z');
    expect(iso(dayEndAfter(washington, Date.UTC(2026, 1, 21, 5), 0))).toBe('2026-02-22T04:59:59.999Z');
  });

  it('is the second one where the local clock reads it twice', () => {
    // St. John's went back at a minute past midnight: the evening of 6 November 2010 came again after the first minute of the 7th.
    const zone = zoneOf('America/St_Johns', Date.UTC(2010, 0, 1), Date.UTC(2011, 0, 1));
    expect(iso(dayEndAfter(zone, Date.UTC(2010, 10, 6, 12), 0))).toBe('2010-11-07T03:29:59.999Z');
    expect(iso(dayEndAfter(zone, Date.UTC(2010, 10, 7, 2, 45), 0))).toBe('2010-11-07T03:29:59.999Z');
  });

  it('is the last moment before the gap where the local clock skips it', () => {
    // Samoa had no 30 December 2011.
    const zone = zoneOf('Pacific/Apia', Date.UTC(2011, 0, 1), Date.UTC(2012, 0, 10));
    expect(iso(dayEndAfter(zone, Date.UTC(2011, 11, 30, 0), 0))).toBe('2011-12-30T09:59:59.999Z');
    expect(iso(dayEndAfter(zone, Date.UTC(2011, 11, 30, 0), 1))).toBe('2011-12-30T09:59:59.999Z');
    expect(iso(dayEndAfter(zone, Date.UTC(2011, 11, 30, 0), 2))).toBe('2011-12-31T09:59:59.999Z');
    const evening = {
      name: 'half past eleven to half past twelve',
      offsets: [0, 60].map((minutes) => ({ from: minutes && Date.UTC(2026, 0, 5, 23, 30), minutes })),
    };
    expect(iso(dayEndAfter(evening, Date.UTC(2026, 0, 5), 0))).toBe('2026-01-05T23:29:59.999Z');
  });

  it('is what the library says, over twenty years of zones with odd clocks', () => {
    const from = Date.UTC(2007, 0, 1);
    const until = Date.UTC(2027, 0, 1);
    const zones = [
      'America/New_York',
      'Asia/Shanghai',
      'America/St_Johns',
      'Australia/Lord_Howe',
      'America/Santiago',
      'Asia/Kathmandu',
      'Asia/Beirut',
      'Pacific/Apia',
    ];
    const tables = new Map(zones.map((name) => [name, zoneOf(name, from, until + 500 * 86_400_000)]));
    fc.assert(
      fc.property(fc.constantFrom(...tables.values()), fc.integer({ min: from, max: until }), fc.nat(400), (zone, at, days) => {
        expect(iso(dayEndAfter(zone, at, days))).toBe(iso(endByLibrary(zone.name, at, days)));
      }),
      { numRuns: 3000 },
    );
  });

  it('refuses days that are not whole', () => {
    expect(() => dayEndAfter(washington, Date.UTC(2026, 1, 20), 1.5)).toThrow('1.5 is not a number of calendar days');
    expect(() => dayEndAfter(washington, Date.UTC(2026, 1, 20), -1)).toThrow(RangeError);
  });
});

/** The library knows no last moment of a day: the second of two readings, or where neither exists the moment before the clock jumps. */
function endByLibrary(zone: string, at: number, days: number): number {
  const today = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();
  const end = today.add({ days }).toPlainDateTime('23:59:59.999');
  const found = end.toZonedDateTime(zone, { disambiguation: 'later' });
  if (found.toPlainDateTime().equals(end)) return found.epochMilliseconds;
  const jump = end.toZonedDateTime(zone, { disambiguation: 'earlier' }).getTimeZoneTransition('next');
  if (!jump) throw new Error(`${zone} skips ${end.toString()} without a jump`);
  return jump.epochMilliseconds - 1;
}

describe('months after a day', () => {
  it('30 months from 31 August end on the last day of February', () => {
    expect(monthsAfter('2026-08-31', 30)).toBe('2029-02-28');
    expect(monthsAfter('2025-08-31', 30)).toBe('2028-02-29');
  });

  it('are what the library says, also backward', () => {
    fc.assert(
      fc.property(fc.integer({ min: -700_000, max: 2_900_000 }), fc.integer({ min: -240, max: 240 }), (days, months) => {
        const day = Temporal.PlainDate.from('1970-01-01').add({ days });
        expect(monthsAfter(day.toString(), months)).toBe(day.add({ months }).toString());
      }),
      { numRuns: 3000 },
    );
  });

  it.each(['2026-02-29', '2026-13-01', '2026-1-1', '26-01-01', '2026-01-01T00:00', 'tomorrow', '', '+002026-01-01'])(
    'refuses "%s", which is no day',
    (text) => {
      expect(() => monthsAfter(text, 1)).toThrow(`"${text}" is not a calendar day: write one as YYYY-MM-DD`);
    },
  );

  it('refuses months that are not whole, and an answer that no day is written for', () => {
    expect(() => monthsAfter('2026-01-31', 0.5)).toThrow('0.5 is not a number of calendar months');
    expect(() => monthsAfter('9999-12-31', 1)).toThrow('lies outside the years 0000 to 9999');
    expect(() => monthsAfter('2026-01-31', Number.MAX_SAFE_INTEGER)).toThrow(RangeError);
  });
});
