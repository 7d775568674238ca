import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventType, OrderEvent } from '../../../domain/events.ts';
import { isRefusal } from '../../../domain/refusal.ts';
import { day, ladderRules, type Rehearsal } from '../../support/orders.ts';
import { byTimeAlone } from '../../model/invariant.ts';
import { reviewJourneys } from '../review-moves.ts';
import { before, notified, offered, oneText, questioned, referredToday } from '../reviews.ts';
import { type Taken, Walk } from '../walk.ts';

/** By hand: all that time may bring about by itself. A denial is among them only where it was notified and nobody said otherwise. */
const byTime: readonly EventType[] = [...byTimeAlone, 'license-denied', 'order-ended'];
/**
 * What has come with nobody's act: of an alarm that rang, or before a command that came later. A wave follows from the last key that turns, a
 * delivery from the word of the carrier. */
const unsigned = ({ answer, command }: Taken): readonly OrderEvent[] =>
  isRefusal(answer) || (command.type !== 'deadline-reached' && command.type !== 'act')
    ? []
    : answer.filter((event) => event.act === undefined && !isOfGoods(event));
const isOfGoods = (event: OrderEvent): boolean =>
  event.type === 'wave-formed' || (event.type === 'order-ended' && ['delivered', 'partly-delivered', 'undelivered'].includes(event.outcome));

describe('time alone', () => {
  it('approves nothing and decides nothing, in whatever a review comes to; it denies only what was notified', () => {
    const seen = new Map<EventType, number>();
    fc.assert(
      fc.property(reviewJourneys, ({ start, moves }) => {
        new Walk(start(), (taken) => {
          for (const event of unsigned(taken)) {
            seen.set(event.type, (seen.get(event.type) ?? 0) + 1);
            expect(byTime).toContain(event.type);
            if (event.type === 'license-denied' || event.type === 'order-ended') expect(taken.before.usReview.state).toBe('intent-to-deny');
          }
        }).along(moves);
      }),
      { numRuns: 800 },
    );
    expect(byTime.filter((type) => !seen.has(type))).toEqual([]);
  });

  it("turns no key: a license, a decision and an answer are always somebody's act", () => {
    const authored: readonly EventType[] = [
      'license-issued',
      'president-decided',
      'level-decided',
      'escalated',
      'conditions-answered',
      'conditions-offered',
      'denial-notified',
    ];
    const seen = new Set<EventType>();
    fc.assert(
      fc.property(reviewJourneys, ({ start, moves }) => {
        const walk = new Walk(start());
        walk.along(moves);
        for (const { type, act, by } of walk.events) {
          if (!authored.includes(type)) continue;
          seen.add(type);
          expect(act && by).toBeDefined();
        }
      }),
      { numRuns: 400 },
    );
    expect(seen).toEqual(new Set(authored));
  });
});

describe('a clock that stands', () => {
  const waiting: Readonly<Record<string, () => Rehearsal>> = {
    'of agencies': () => referredToday(ladderRules),
    'of a reminder': () => referredToday({ ...ladderRules, agencyPositions: 'opaque' }),
    'of the chair': () => before('oc-chair'),
    'of an appeal': () => before('oc-chair').acts('us.oc-chair', 'decide-appeal', { decision: 'approve' }),
    'of one text': () => oneText(ladderRules),
    'of an intent to deny': () => notified(),
  };
  const stops: Readonly<Record<string, (order: Rehearsal) => Rehearsal>> = {
    'under a hold': (order) => order.hold(),
    parked: (order) => order.acts('us.commerce', 'hold-without-action', { reason: 'policy pending' }),
    'under both': (order) => order.hold().acts('us.commerce', 'hold-without-action', { reason: 'policy pending' }),
  };
  const cells = Object.entries(waiting).flatMap(([what, reach]) => Object.entries(stops).map(([how, stop]) => ({ what, how, reach, stop })));

  it.each(cells)('$what never ends $how: ten years later nothing has happened, and nothing is due', ({ reach, stop }) => {
    const order = stop(reach());
    const told = order.events.length;
    expect(order.plan.deadline).toBeUndefined();
    order.after(3_650 * day);
    expect(order.events.slice(told)).toEqual([]);
  });

  it('never ends while conditions lie before the applicant', () => {
    const order = offered(ladderRules);
    const told = order.events.length;
    order.after(3_650 * day);
    expect(order.events.slice(told)).toEqual([]);
  });

  it('of who asked never ends while the answer is out, and those of the others do', () => {
    const order = questioned('us.state').after(3_650 * day);
    expect(order.events.flatMap((event) => (event.type === 'agency-deemed' ? [event.agency] : []))).toEqual(['us.energy', 'us.defense']);
    expect(order.order.usReview.state).toBe('referred');
  });
});
