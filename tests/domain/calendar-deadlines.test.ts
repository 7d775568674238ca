import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayEndAfter, deadlineOf, resumedDeadline } from '../../domain/calendar.ts';
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

describe('a clock that stood still', () => {
  it('gets its days back', () => {
    const stopped = referred + 5 * day;
    const left = deadlineOf(dayEnd, 30 * day, referred) - stopped;
    expect(iso(resumedDeadline(dayEnd, left, stopped + 2 * day))).toBe('2026-03-25T03:59:59.999Z');
    expect(iso(resumedDeadline(exact, 25 * day, stopped + 2 * day))).toBe('2026-03-24T15:00:00.000Z');
  });

  it('and for no time ends as it would have', () => {
    fc.assert(
      fc.property(fc.constantFrom(exact, dayEnd), moment, fc.nat(90), fc.double({ min: 0, max: 1, noNaN: true }), (rules, at, days, share) => {
        const due = deadlineOf(rules, days * day, at);
        const stopped = at + Math.floor((due - at) * share);
        expect(resumedDeadline(rules, due - stopped, stopped)).toBe(due);
      }),
      { numRuns: 1000 },
    );
  });

  it('never has less than it had left, and no more than the rest of a day besides', () => {
    fc.assert(
      fc.property(moment, fc.nat(90 * day), (at, left) => {
        const due = resumedDeadline(dayEnd, left, at);
        expect(due).toBeGreaterThanOrEqual(at + left);
        expect(due).toBeLessThan(at + left + 25 * hour);
        expect(due).toBe(dayEndAfter(washington, due, 0));
        expect(resumedDeadline(exact, left, at)).toBe(at + left);
      }),
      { numRuns: 1000 },
    );
  });
});
