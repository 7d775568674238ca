import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { lastBefore, offsetAt } from '../../domain/zone.ts';
import { washington, zoneOf } from './zones.ts';

const hour = 3_600_000;

describe("a zone's offset", () => {
  it('changes with the millisecond at which it is said to', () => {
    const change = Date.UTC(2026, 2, 8, 7);
    expect(offsetAt(washington, change - 1)).toBe(-5 * hour);
    expect(offsetAt(washington, change)).toBe(-4 * hour);
  });

  it('is the last one for good, and none before the first', () => {
    expect(offsetAt(washington, Date.UTC(2040, 0, 1))).toBe(-4 * hour);
    expect(() => offsetAt(washington, Date.UTC(2020, 0, 1))).toThrow('zone America/New_York tells no offset at 1577836800000');
    expect(() => offsetAt({ name: 'Nowhere', offsets: [] }, 0)).toThrow('its first begins at no moment');
  });

  it('is what the library says, in every zone and at every moment of twenty years', () => {
    const names = Intl.supportedValuesOf('timeZone');
    const [from, until] = [Date.UTC(2010, 0, 1), Date.UTC(2030, 0, 1)];
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.integer({ min: from, max: until - 1 }), (name, at) => {
        const said = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(name);
        expect(offsetAt(zoneOf(name, from, until), at)).toBe(said.offsetNanoseconds / 1e6);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the last moment before a reading of the local clock', () => {
  it('is the one before which the clock never shows less, and after which it never shows less again', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2027, 0, 1) }), fc.integer({ min: 1, max: 3 * hour }), (local, later) => {
        const last = lastBefore(washington, local);
        expect(last + offsetAt(washington, last)).toBeLessThan(local);
        expect(last + later + offsetAt(washington, last + later)).toBeGreaterThanOrEqual(local);
      }),
    );
  });

  it('is none where the zone begins later', () => {
    expect(() => lastBefore(washington, Date.UTC(2020, 0, 1))).toThrow('zone America/New_York tells no moment before 2020-01-01T00:00:00.000Z');
  });
});
