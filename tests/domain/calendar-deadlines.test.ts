import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayEndAfter, dayOf, deadlineOf, leftOf, resumedDeadline } from '../../domain/calendar.ts';
import { washington } from './zones.ts';

const day = 86_400_000;
const hour = 3_600_000;
const exact = { reading: 'exact' } as const;
const dayEnd = { reading: 'day-end', zone: washington } as const;
const referred = Date.UTC(2026, 1, 20, 15);
const iso = (at: number): string => new Date(at).toISOString();
const moment = fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2027, 0, 1) });

describe('the deadline of a clock', () => {
  it('of 30 days from 20 February 2026, 10:00 in Washington, hangs on how the policy reads days', () => {
    expect(iso(deadlineOf(exact, 30 * day, referred))).toBe('2026-03-22T15:00:00.000Z');
    expect(iso(deadlineOf(dayEnd, 30 * day, referred))).toBe('2026-03-23T03:59:59.999Z');
  });

  it('by day ends does not hang on the hour at which the day began', () => {
    expect(deadlineOf(dayEnd, 30 * day, Date.UTC(2026, 1, 20, 5))).toBe(deadlineOf(dayEnd, 30 * day, Date.UTC(2026, 1, 21, 4, 59, 59, 999)));
  });

  it('by day ends refuses a time that is no number of days', () => {
    expect(() => deadlineOf(dayEnd, 36 * hour, referred)).toThrow('1.5 is not a number of calendar days');
  });
});

/** The local day of a moment as a number. */
const daysOf = (at: number): number => Date.parse(dayOf(washington, at)) / day;

describe('a clock that stood still', () => {
  it('gets its days back', () => {
    const stopped = referred + 5 * day;
    const left = leftOf(dayEnd, deadlineOf(dayEnd, 30 * day, referred), stopped);
    expect(iso(resumedDeadline(dayEnd, left, stopped + 2 * day))).toBe('2026-03-25T03:59:59.999Z');
    expect(iso(resumedDeadline(exact, { leftMs: 25 * day }, stopped + 2 * day))).toBe('2026-03-24T15:00:00.000Z');
  });

  it('and for no time ends as it would have', () => {
    fc.assert(
      fc.property(fc.constantFrom(exact, dayEnd), moment, fc.nat(90), fc.double({ min: 0, max: 1, noNaN: true }), (rules, at, days, share) => {
        const due = deadlineOf(rules, days * day, at);
        const stopped = at + Math.floor((due - at) * share);
        expect(resumedDeadline(rules, leftOf(rules, due, stopped), stopped)).toBe(due);
      }),
      { numRuns: 1000 },
    );
  });

  it('ends as many days later as the stop has lasted into, however short or long it was', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 90 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(40 * day), (at, days, share, ms) => {
        const due = deadlineOf(dayEnd, days * day, at);
        const stopped = at + Math.floor((due - at) * share);
        const resumed = resumedDeadline(dayEnd, leftOf(dayEnd, due, stopped), stopped + ms);
        const lastedInto = daysOf(stopped + ms) - daysOf(stopped);
        expect(resumed).toBe(dayEndAfter(washington, due, lastedInto));
        expect(resumedDeadline(exact, leftOf(exact, due, stopped), stopped + ms)).toBe(due + ms);
      }),
      { numRuns: 1000 },
    );
  });

  it('for a moment, on one day, moves nothing', () => {
    const due = deadlineOf(dayEnd, 30 * day, referred);
    expect(resumedDeadline(dayEnd, leftOf(dayEnd, due, referred + 1), referred + hour)).toBe(due);
  });
});
