import { describe, expect, it } from 'vitest';
import { Calendar } from '../../rehearsal/temporal/calendar.ts';
import { day, dayZero } from '../support/orders.ts';

const begun = Date.UTC(2026, 10, 24, 11, 23, 45, 678);
const calendar = new Calendar(dayZero, begun);

describe('the calendar of a story on an engine', () => {
  it('begins at the hour of the story on the next day, never in the past', () => {
    expect(calendar.real(dayZero)).toBe(Date.UTC(2026, 10, 25));
    expect(new Calendar(Date.UTC(2025, 11, 22, 12), begun).real(Date.UTC(2025, 11, 22, 12))).toBe(Date.UTC(2026, 10, 24, 12));
    expect(new Calendar(dayZero, Date.UTC(2026, 10, 25)).real(dayZero)).toBe(Date.UTC(2026, 10, 25));
  });

  it('tells events at their moments in the story', () => {
    const at = calendar.real(dayZero + 30 * day);
    expect(calendar.told({ type: 'agency-deemed', agency: 'us.energy', at })).toEqual({ type: 'agency-deemed', agency: 'us.energy', at: dayZero + 30 * day });
    const license = { number: 'D1', conditions: [], issuedAt: at };
    expect(calendar.told({ type: 'license-issued', license, at })).toMatchObject({ at: dayZero + 30 * day, license: { issuedAt: dayZero + 30 * day } });
  });

  it('tells the days of a sentence as they stand in the story, and nothing else in it', () => {
    const due = new Date(calendar.real(dayZero + 30 * day)).toISOString().slice(0, 10);
    expect(calendar.toldText(`order A-2026-11 is open: us.energy until ${due}`)).toBe('order A-2026-11 is open: us.energy until 2026-01-21');
    expect(calendar.toldText('license 9999-99-99 of 10000-01-01')).toBe('license 9999-99-99 of 10000-01-01');
  });
});
