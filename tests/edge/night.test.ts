import { describe, expect, it } from 'vitest';
import { nightAfter } from '../../edge/night.ts';
import { washington } from '../../edge/zones.ts';

const at = (text: string): number => Date.parse(text);
const next = (after: string, hour = 3, zone = washington) => {
  const night = nightAfter({ zone, hour }, at(after));
  return `${night.day} ${new Date(night.at).toISOString()}`;
};

describe('the next night', () => {
  it.each([
    ['before its hour is that of the same day', '2026-03-05T07:59:59.999Z', '2026-03-05 2026-03-05T08:00:00.000Z'],
    ['at its hour is that of the day after', '2026-03-05T08:00:00.000Z', '2026-03-06 2026-03-06T08:00:00.000Z'],
    ['after its hour is that of the day after', '2026-03-05T08:00:00.001Z', '2026-03-06 2026-03-06T08:00:00.000Z'],
    ['counts days by the zone and not by UTC', '2026-03-06T02:00:00.000Z', '2026-03-06 2026-03-06T08:00:00.000Z'],
    ['begins an hour earlier by UTC once the clock was put forward', '2026-03-08T06:00:00.000Z', '2026-03-08 2026-03-08T07:00:00.000Z'],
    ['begins an hour later by UTC once the clock was put back', '2026-11-01T04:00:00.000Z', '2026-11-01 2026-11-01T08:00:00.000Z'],
  ])('%s', (_what, after, expected) => {
    expect(next(after)).toBe(expected);
  });

  it('begins when the clock goes on, where the clock leaves its hour out', () => {
    expect(next('2026-03-08T06:30:00.000Z', 2)).toBe('2026-03-08 2026-03-08T07:00:00.000Z');
  });

  it('begins at midnight where that is its hour', () => {
    expect(next('2026-03-05T15:00:00.000Z', 0, 'Asia/Shanghai')).toBe('2026-03-06 2026-03-05T16:00:00.000Z');
  });

  it('comes once for each day of two years, whatever the clock does', () => {
    let after = at('2026-01-01T00:00:00Z');
    const days: string[] = [];
    for (let count = 0; count < 730; count += 1) {
      const night = nightAfter({ zone: washington, hour: 2 }, after);
      days.push(night.day);
      after = night.at;
    }
    expect(new Set(days).size).toBe(730);
    expect(days.at(-1)).toBe('2027-12-31');
  });
});
