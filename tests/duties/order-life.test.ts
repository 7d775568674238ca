import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OrderEvent } from '../../domain/events.ts';
import { roles } from '../../domain/roles.ts';
import type { Actors } from '../../domain/signing/duties.ts';
import { deliver } from './order-life.ts';
import { sideNumber } from './sides-by-hand.ts';
import { wrongIn } from './statement.ts';
import { type Place, placesIn, story } from './story.ts';
import { mostPeople } from './walk-every-life.ts';

const places = placesIn(story);
const person = fc.integer({ min: 1, max: mostPeople });
const assignment = fc
  .array(person, { minLength: places.length, maxLength: places.length })
  .map((people) => new Map(places.map((place, at) => [place, people[at] ?? 0])));
const inTurn: ReadonlyMap<Place, number> = new Map(places.map((place, at) => [place, at]));

/** For which sides each person stands behind events, by the record alone. */
function sidesOf(events: readonly OrderEvent[]): ReadonlyMap<string, ReadonlySet<number>> {
  const found = new Map<string, Set<number>>();
  for (const { signed } of events)
    for (const hand of signed ? [signed.by, ...(signed.confirmedBy ? [signed.confirmedBy] : [])] : [])
      found.set(hand.person, (found.get(hand.person) ?? new Set()).add(sideNumber(hand.role)));
  return found;
}

describe('an order of signed acts', () => {
  it('is delivered by twenty people, one in each place, and remembers all who acted', () => {
    const { rehearsal, tried } = deliver(inTurn, 'cn.miit');
    expect(rehearsal.order.outcome).toBe('delivered');
    expect(tried.filter(({ refused }) => refused !== undefined)).toEqual([]);
    const acted = new Set(rehearsal.events.flatMap(({ signed }) => (signed ? [signed.by.role, ...(signed.confirmedBy ? [signed.confirmedBy.role] : [])] : [])));
    expect(roles.filter((role) => !acted.has(role))).toEqual(['cn.mofcom']);
    expect(new Set(Object.keys(rehearsal.order.actors ?? {}))).toEqual(new Set(sidesOf(rehearsal.events).keys()));
  });

  it('is held to the rule by its own decisions, whoever of six people is in which place', () => {
    const refusals = new Set<string>();
    fc.assert(
      fc.property(assignment, fc.constantFrom('cn.mofcom', 'cn.miit'), (people, china) => {
        const { rehearsal, tried } = deliver(people, china);
        tried.forEach(({ refused }) => refused !== undefined && refusals.add(refused));
        expect(wrongIn(tried)).toBeUndefined();
        expect(rehearsal.order.outcome).toBe('delivered');
        const sides = sidesOf(rehearsal.events);
        expect([...sides].filter(([, one]) => one.size > 1)).toEqual([]);
        const actors: Actors = rehearsal.order.actors ?? {};
        expect(new Set(Object.keys(actors))).toEqual(new Set(sides.keys()));
      }),
      { numRuns: 5_000 },
    );
    // Whoever confirms here has acted before, so one person in both places has taken another side.
    expect(refusals).toEqual(new Set(['duty-conflict', 'dropped']));
  }, 300_000);
});
