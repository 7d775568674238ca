import { describe, expect, it } from 'vitest';
import type { Expected } from '../../edge/scenario.ts';
import { differencesOf } from '../../rehearsal/expectations.ts';
import type { ToldOrder } from '../../rehearsal/told.ts';

const was: ToldOrder = {
  stage: 'closed',
  outcome: 'delivered',
  waitingOn: ['buyer', 'carrier'],
  units: 10,
  unitsShipped: 10,
  levyMinor: 250,
  timeline: [
    { at: '2025-12-22T00:00Z', event: 'order-submitted', by: 'seller.desk' },
    { at: '2026-01-21T15:00Z', event: 'agency-deemed', agency: 'us.energy' },
    { at: '2026-01-26T00:00Z', event: 'license-issued', by: 'us.commerce', license: { number: 'D1', conditions: ['no transfer'] } },
    { at: '2026-02-01T00:00Z', event: 'step-started', step: 'ship', wish: 0 },
    { at: '2026-02-01T00:00Z', event: 'step-started', step: 'ship', wish: 1 },
  ],
};
const told = (expected: Expected): string[] => differencesOf('A-1', expected, was).map((one) => `${one.where}: ${one.expected} / ${one.was}`);

describe('what is expected of an order', () => {
  it.each<[string, Expected]>([
    ['nothing', {}],
    ['its ending', { stage: 'closed', outcome: 'delivered', units: 10, unitsShipped: 10, levyMinor: 250 }],
    ['whom it waits on, in any order', { waitingOn: ['carrier', 'buyer'] }],
    ['a fact of a day', { timeline: [{ event: 'agency-deemed', at: '2026-01-21' }] }],
    ['a fact of a minute with a field', { timeline: [{ event: 'agency-deemed', at: '2026-01-21T15:00Z', agency: 'us.energy' }] }],
    ['facts in their order, others between them', { timeline: [{ event: 'order-submitted' }, { event: 'license-issued', by: 'us.commerce' }] }],
    ['a part of what a field holds', { timeline: [{ event: 'license-issued', license: { number: 'D1' } }] }],
    ['two facts that are alike', { timeline: [{ event: 'step-started' }, { event: 'step-started' }] }],
    ['how often', { counts: { 'step-started': 2, 'goods-shipped': 0 } }],
    ['what never was', { never: ['license-denied'] }],
  ])('%s is found', (_what, expected) => {
    expect(told(expected)).toEqual([]);
  });

  it.each<[string, Expected, string]>([
    ['another outcome', { outcome: 'cancelled' }, 'A-1 outcome: cancelled / delivered'],
    ['an open order', { outcome: null }, 'A-1 outcome: null / delivered'],
    ['another levy', { levyMinor: 0 }, 'A-1 levyMinor: 0 / 250'],
    ['nobody to wait on', { waitingOn: [] }, 'A-1 waitingOn: nobody / buyer, carrier'],
    ['one role less', { waitingOn: ['buyer'] }, 'A-1 waitingOn: buyer / buyer, carrier'],
    ['a fact that is not there', { timeline: [{ event: 'goods-shipped' }] }, 'A-1 timeline: {"event":"goods-shipped"} / no goods-shipped'],
    [
      'a fact of another day',
      { timeline: [{ event: 'agency-deemed', at: '2026-01-22' }] },
      'A-1 timeline: {"event":"agency-deemed","at":"2026-01-22"} / {"event":"agency-deemed","at":"2026-01-21T15:00Z"}',
    ],
    [
      'facts the other way round',
      { timeline: [{ event: 'license-issued' }, { event: 'agency-deemed' }] },
      'A-1 timeline: {"event":"agency-deemed"} / {"event":"agency-deemed"}, but earlier',
    ],
    [
      'a list that is another',
      { timeline: [{ event: 'license-issued', license: { conditions: [] } }] },
      'A-1 timeline: {"event":"license-issued","license":{"conditions":[]}} / {"event":"license-issued","license":{"number":"D1","conditions":["no transfer"]}}',
    ],
    [
      'a third fact of a kind',
      { timeline: [{ event: 'step-started' }, { event: 'step-started' }, { event: 'step-started' }] },
      'A-1 timeline: {"event":"step-started"} / {"event":"step-started"}, {"event":"step-started"}, but earlier',
    ],
    ['another number', { counts: { 'step-started': 1 } }, 'A-1 counts: 1 x step-started / 2 x step-started'],
    ['a fact that never should have been', { never: ['license-issued'] }, 'A-1 timeline: never license-issued / license-issued at 2026-01-26T00:00Z'],
  ])('%s is told', (_what, expected, difference) => {
    expect(told(expected)).toEqual([difference]);
  });
});
