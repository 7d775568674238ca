import { describe, expect, it } from 'vitest';
import { dayEndAfter } from '../../domain/calendar.ts';
import { offsetAt } from '../../domain/zone.ts';
import { dayIn, isZone, washington, zoneOf } from '../../edge/zones.ts';

const hour = 3_600_000;
const zone = zoneOf(washington, '2026-01-15');

/** Minutes by which a zone is ahead of UTC, as Intl tells it. */
function byIntl(name: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
  return (at) => {
    const offset = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign, hours = '0', minutes = '0'] = /^GMT(?:([+-])(\d\d):(\d\d))?$/.exec(offset) ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  };
}

describe('a zone as data', () => {
  it.each([washington, 'Asia/Shanghai', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC'])(
    'of %s tells the offset that another calendar tells, for 41 years',
    (name) => {
      const told = zoneOf(name, '2026-01-15');
      const expected = byIntl(name);
      const otherwise: number[] = [];
      for (let at = Date.UTC(2000, 0, 1); at < Date.UTC(2041, 0, 15); at += 37 * hour) {
        if (offsetAt(told, at) !== expected(at) * 60_000) otherwise.push(at);
      }
      expect(otherwise).toEqual([]);
      expect(told.offsets.every(({ from }, index) => from > (told.offsets[index - 1]?.from ?? -Infinity))).toBe(true);
    },
  );

  it('changes at the very millisecond at which clocks do', () => {
    const spring = Date.UTC(2026, 2, 8, 7);
    expect([offsetAt(zone, spring - 1), offsetAt(zone, spring)]).toEqual([-5 * hour, -4 * hour]);
  });

  it('ends a review of 30 days with the day in Washington, over the change to summer time', () => {
    const referral = Date.parse('2026-02-20T10:00-05:00');
    expect(new Date(dayEndAfter(zone, referral, 30)).toISOString()).toBe('2026-03-23T03:59:59.999Z');
  });

  it('is known for a story that names a policy of later', () => {
    expect(offsetAt(zone, Date.UTC(2025, 6, 1))).toBe(-4 * hour);
  });

  it('knows which zones there are', () => {
    expect(['America/New_York', 'UTC', 'America/Springfield', '', '../etc'].map(isZone)).toEqual([true, true, false, false, false]);
    expect(() => zoneOf('America/Springfield', '2026-01-15')).toThrow(RangeError);
  });
});

it('the day on which an order is submitted is that of Washington', () => {
  expect(dayIn(washington, Date.parse('2026-01-15T04:59:59.999Z'))).toBe('2026-01-14');
  expect(dayIn(washington, Date.parse('2026-01-15T05:00:00.000Z'))).toBe('2026-01-15');
});
