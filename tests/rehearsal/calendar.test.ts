import { describe, expect, it } from 'vitest';
import { Calendar } from '../../rehearsal/temporal/calendar.ts';
import { deadlineOf } from '../../domain/calendar.ts';
import type { Policy } from '../../domain/policy.ts';
import { pinnedPolicy } from '../../edge/policies.ts';
import { day, dayZero, policy, policyOfToday } from '../support/orders.ts';

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
    expect(calendar.told({ type: 'agency-deemed', agency: 'us.energy', at }, policy())).toEqual({
      type: 'agency-deemed',
      agency: 'us.energy',
      at: dayZero + 30 * day,
    });
    const license = { number: 'D1', conditions: [], issuedAt: at };
    expect(calendar.told({ type: 'license-issued', license, at }, policy())).toMatchObject({
      at: dayZero + 30 * day,
      license: { issuedAt: dayZero + 30 * day },
    });
  });

  it('tells the days of a sentence as they stand in the story, and nothing else in it', () => {
    const due = new Date(calendar.real(dayZero + 30 * day)).toISOString().slice(0, 10);
    expect(calendar.toldText(`order A-2026-11 is open: us.energy until ${due}`)).toBe('order A-2026-11 is open: us.energy until 2026-01-21');
    expect(calendar.toldText('license 9999-99-99 of 10000-01-01')).toBe('license 9999-99-99 of 10000-01-01');
  });

  it('counts the months of a license from the day of the story on which it is issued, and moves a day that somebody named', () => {
    const issuedOn = (pinned: Policy, expires: string, content: object) =>
      calendar.told(
        {
          type: 'license-issued',
          license: { number: 'D1', conditions: [], issuedAt: calendar.real(dayZero + 69 * day), expires },
          at: calendar.real(dayZero + 69 * day),
          act: { id: 'a', content: JSON.stringify(content) },
        },
        pinned,
      );
    const good = policyOfToday({}, { license: { validMonths: 48 } });
    // Issued on 1 March 2026 in the story, and on 2 February 2027 by the engine.
    expect(issuedOn(good, '2031-02-02', {})).toMatchObject({ license: { expires: '2030-03-01' } });
    expect(issuedOn(good, calendar.realDay('2026-12-31'), { expires: calendar.realDay('2026-12-31') })).toMatchObject({ license: { expires: '2026-12-31' } });
    expect(issuedOn(policyOfToday(), calendar.realDay('2026-12-31'), {})).toMatchObject({ license: { expires: '2026-12-31' } });
  });

  it('moves the days of papers, also of those that a certificate names', () => {
    const [paper, at] = [{ paper: 'invoice', number: 'I1', digest: 'ab'.repeat(32) }, calendar.real(dayZero)];
    const [real, told] = [
      { ...paper, dated: calendar.realDay('2025-12-20'), expires: calendar.realDay('2026-12-31') },
      { ...paper, dated: '2025-12-20', expires: '2026-12-31' },
    ];
    expect(calendar.told({ type: 'paper-registered', ...real, at }, policy())).toEqual({ type: 'paper-registered', ...told, at: dayZero });
    const shipped = { type: 'goods-shipped', waybill: 'W1', units: 1, at } as const;
    expect(calendar.told({ ...shipped, certificate: { number: 'A-1/ship/0', policyEpoch: 0, papers: [real] } }, policy())).toMatchObject({
      certificate: { papers: [told] },
    });
  });

  it('puts the clock of a zone forward on the days of the story', () => {
    const pinned = pinnedPolicy('us-ladder', 'H200');
    if (!pinned) throw new Error('policy us-ladder is not there');
    const real = calendar.realPolicy(pinned);
    const referred = Date.UTC(2026, 1, 20, 15);
    const end = Date.UTC(2026, 2, 23, 3, 59, 59, 999);
    expect(deadlineOf(pinned.review.day, 30 * day, referred)).toBe(end);
    expect(real.edition === 2 && deadlineOf(real.review.day, 30 * day, calendar.real(referred))).toBe(calendar.real(end));
    // Unmoved, the zone would end that day by the clock of January.
    expect(deadlineOf(pinned.review.day, 30 * day, calendar.real(referred))).not.toBe(calendar.real(end));
  });

  it('leaves a policy alone that counts days of 24 hours', () => {
    expect(calendar.realPolicy(policy())).toEqual(policy());
    expect(calendar.realPolicy(policyOfToday())).toEqual(policyOfToday());
  });
});
