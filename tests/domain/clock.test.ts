import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Clock, isExpired, resumeClock, startClock, stopClock } from '../../domain/clock.ts';

const day = 86_400_000;
const start = Date.UTC(2025, 11, 22);

describe('a clock of accountable time', () => {
  it('expires exactly when its time is up and not a millisecond before', () => {
    const clock = startClock(30 * day, start);
    expect(isExpired(clock, start + 30 * day - 1)).toBe(false);
    expect(isExpired(clock, start + 30 * day)).toBe(true);
  });

  it('never expires while it is stopped', () => {
    const clock = stopClock(startClock(30 * day, start), 'hold P-7', start + day);
    expect(isExpired(clock, Number.MAX_SAFE_INTEGER)).toBe(false);
  });

  it('keeps what was left and goes on with exactly that', () => {
    const stopped = stopClock(startClock(30 * day, start), 'hold P-7', start + 12 * day + 345);
    expect(stopped).toEqual({ state: 'stopped', leftMs: 18 * day - 345, reasons: ['hold P-7'] });
    expect(resumeClock(stopped, 'hold P-7', start + 200 * day)).toEqual({ state: 'running', dueAt: start + 218 * day - 345 });
  });

  it('runs again only when the last reason is gone, in whatever order they go', () => {
    const twice = stopClock(stopClock(startClock(30 * day, start), 'hold A', start + day), 'hold B', start + 5 * day);
    expect(twice).toEqual({ state: 'stopped', leftMs: 29 * day, reasons: ['hold A', 'hold B'] });
    const once = resumeClock(twice, 'hold A', start + 6 * day);
    expect(once).toEqual({ state: 'stopped', leftMs: 29 * day, reasons: ['hold B'] });
    expect(resumeClock(once, 'hold B', start + 9 * day)).toEqual({ state: 'running', dueAt: start + 38 * day });
  });

  it('is not touched by the same reason twice, nor by the end of a reason that it does not know', () => {
    const running = startClock(30 * day, start);
    const stopped = stopClock(running, 'hold A', start + day);
    expect(stopClock(stopped, 'hold A', start + 3 * day)).toBe(stopped);
    expect(resumeClock(stopped, 'hold B', start + 3 * day)).toBe(stopped);
    expect(resumeClock(running, 'hold A', start + 3 * day)).toBe(running);
  });

  it('has nothing left where it is stopped too late, never less', () => {
    expect(stopClock(startClock(day, start), 'hold A', start + 9 * day)).toMatchObject({ leftMs: 0 });
  });
});

describe('any sequence of stops and resumes', () => {
  const reason = fc.constantFrom('hold A', 'hold B', 'hold C');
  const moves = fc.array(fc.record({ effect: fc.constantFrom('stop', 'resume'), reason, wait: fc.integer({ min: 0, max: 5 * day }) }), { maxLength: 40 });
  const leftAt = (clock: Clock, now: number): number => (clock.state === 'running' ? clock.dueAt - now : clock.leftMs);

  it('loses and gains no millisecond: what is left is the start less the time that no reason held', () => {
    fc.assert(
      fc.property(moves, fc.integer({ min: 300 * day, max: 400 * day }), (sequence, given) => {
        let clock = startClock(given, start);
        let now = start;
        let accountable = 0;
        const reasons = new Set<string>();
        for (const move of sequence) {
          now += move.wait;
          if (reasons.size === 0) accountable += move.wait;
          clock = move.effect === 'stop' ? stopClock(clock, move.reason, now) : resumeClock(clock, move.reason, now);
          if (move.effect === 'stop') reasons.add(move.reason);
          else reasons.delete(move.reason);
          expect(leftAt(clock, now)).toBe(given - accountable);
          expect(clock.state).toBe(reasons.size > 0 ? 'stopped' : 'running');
          if (clock.state === 'stopped') expect(new Set(clock.reasons)).toEqual(reasons);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('does not depend on the order in which overlapping reasons begin or end at one moment', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(['A', 'B', 'C'], { minLength: 3 }),
        fc.shuffledSubarray(['A', 'B', 'C'], { minLength: 3 }),
        fc.nat(30 * day),
        (first, last, ms) => {
          const stopped = first.reduce((clock, one) => stopClock(clock, one, start + ms), startClock(30 * day, start));
          const resumed = last.reduce((clock, one) => resumeClock(clock, one, start + 99 * day), stopped);
          expect(resumed).toEqual({ state: 'running', dueAt: start + 129 * day - ms });
        },
      ),
      { numRuns: 200 },
    );
  });
});
