import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AccountableTime, accountableTime } from '../../domain/accountable-time.ts';
import type { Timed } from '../../domain/clock.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { agencies } from '../../domain/roles.ts';
import { reviewRules } from '../../domain/rules-of.ts';
import { openReviewOf, registrationOf } from '../../domain/stages/us-review/moves.ts';
import type { Order } from '../../domain/state.ts';
import { journeys } from './moves.ts';
import { reviewJourneys } from './review-moves.ts';
import { Walk } from './walk.ts';

/** The clocks that an order keeps of its review, each with the days that it began with and what the record says of it. */
function clocksOf(order: Order, walk: Walk): { readonly clock: Timed; readonly givenMs: number; readonly told: AccountableTime | undefined }[] {
  const open = order.outcome === undefined ? openReviewOf(order) : undefined;
  if (!open) return [];
  const rules = reviewRules(order.policy);
  const told = accountableTime(walk.events, rules, walk.now).at(-1);
  const { limit } = registrationOf(open);
  const asked = open.state === 'referred' ? agencies.map((agency) => ({ agency, position: open.positions[agency] })) : [];
  return [
    ...(limit ? [{ clock: limit, givenMs: rules.limitMs ?? NaN, told: told?.total }] : []),
    ...asked.flatMap(({ agency, position }) =>
      position.state === 'asked' ? [{ clock: position.clock, givenMs: rules.opinionMs, told: told?.agencies[agency] }] : [],
    ),
  ];
}

const leftOf = (clock: Timed, now: number): number => (clock.state === 'running' ? clock.dueAt - now : clock.state === 'stopped' ? clock.leftMs : 0);
const lasting = (time: AccountableTime | undefined): string[] => (time?.stops ?? []).flatMap(({ reason, to }) => (to === undefined ? [reason] : []));

describe('accountable time, by the record alone', () => {
  it('is what the clocks say at every moment: the days given less those left, and every reason for which they stand', () => {
    const seen = { clocks: 0, questions: 0, overlaps: 0, parked: 0, offers: 0, reached: 0 };
    const look = (walk: Walk, order: Order): void => {
      for (const { clock, givenMs, told } of clocksOf(order, walk)) {
        expect(told?.usedMs).toBe(givenMs - leftOf(clock, walk.now));
        if (clock.state !== 'reached') expect(new Set(lasting(told))).toEqual(new Set(clock.state === 'stopped' ? clock.reasons : []));
        else expect(told?.to).toBe(clock.at);
        const reasons = lasting(told);
        seen.clocks += 1;
        seen.reached += clock.state === 'reached' ? 1 : 0;
        seen.questions += reasons.some((reason) => reason.startsWith('question ')) ? 1 : 0;
        seen.parked += reasons.includes('held without action') ? 1 : 0;
        seen.offers += reasons.includes('conditions with the applicant') ? 1 : 0;
        seen.overlaps += reasons.length > 1 ? 1 : 0;
      }
    };
    fc.assert(
      fc.property(fc.oneof({ weight: 3, arbitrary: reviewJourneys }, journeys), ({ start, moves }) => {
        const walk: Walk = new Walk(start(), ({ after }) => look(walk, after));
        walk.along(moves);
      }),
      { numRuns: 400 },
    );
    expect(Math.min(...Object.values(seen)), JSON.stringify(seen)).toBeGreaterThan(20);
  });

  it('is exactly what was given where an agency is deemed to have no objection, or the days of the review end: a clock that stands never ends', () => {
    const ended = { deemed: 0, limits: 0 };
    fc.assert(
      fc.property(reviewJourneys, ({ start, moves }) => {
        const walk = new Walk(start());
        walk.along(moves);
        const { opinionMs, limitMs } = reviewRules(walk.order.policy);
        for (const [at, event] of walk.events.entries()) {
          const told = accountableTime(walk.events.slice(0, at), reviewRules(walk.order.policy), event.at).at(-1);
          if (event.type === 'agency-deemed') {
            expect(told?.agencies[event.agency]?.usedMs).toBe(opinionMs);
            ended.deemed += 1;
          } else if (event.type === 'limit-reached') {
            expect(told?.total.usedMs).toBe(limitMs);
            ended.limits += 1;
          }
        }
      }),
      { numRuns: 300 },
    );
    expect(Math.min(ended.deemed, ended.limits), JSON.stringify(ended)).toBeGreaterThan(10);
  });

  it('counts no stop twice and no time before an application or after it', () => {
    fc.assert(
      fc.property(reviewJourneys, ({ start, moves }) => {
        const walk = new Walk(start(), ({ answer }) =>
          expect(isRefusal(answer) || answer.every((event, at) => event.at >= (answer[at - 1]?.at ?? 0))).toBe(true),
        );
        walk.along(moves);
        for (const { total, agencies: asked } of accountableTime(walk.events, reviewRules(walk.order.policy), walk.now))
          for (const { from, to = walk.now, usedMs, stops } of [total, ...Object.values(asked)]) {
            expect(usedMs).toBeGreaterThanOrEqual(0);
            expect(usedMs).toBeLessThanOrEqual(to - from);
            for (const stop of stops) expect(stop.from >= from && (stop.to ?? to) <= to).toBe(true);
          }
      }),
      { numRuns: 200 },
    );
  });
});
