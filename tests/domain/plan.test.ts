import { describe, expect, it } from 'vitest';
import { type ActName, actSpec } from '../../domain/acts.ts';
import { evolve } from '../../domain/order.ts';
import { plan, waitingOn } from '../../domain/plan.ts';
import type { Order, Outcome } from '../../domain/state.ts';
import { type StepName, stepNames, type StepProgress, stepTraits } from '../../domain/steps.ts';
import { dayZero, type Rehearsal, rehearsal } from '../support/orders.ts';
import { everyAct, filingFailed, hit, short, turns } from './turns.ts';

const ended = (order: Order, outcome: Outcome = 'cancelled'): Order => evolve(order, { type: 'order-ended', outcome, reason: 'x', at: dayZero });
const withStep = (order: Order, step: StepName, progress: StepProgress): Order => ({ ...order, steps: { ...order.steps, [step]: progress } });
/** What an ended order takes back, first to last, each step answered before the next is wanted. */
function takenBack(order: Order): StepName[] {
  const [call] = plan(order).run;
  return call === undefined ? [] : [call.step, ...takenBack(withStep(order, call.step, { state: 'done', wish: 0 }))];
}
const tested = (): Rehearsal => rehearsal().bothKeys().acts('test.lab', 'pass-inspection', { reportNumber: 'LAB-1' });
const atCustoms = tested;

/** By hand: which step takes back which. */
const undone: { readonly [S in StepName]?: StepName } = {
  'reserve-stock': 'release-stock',
  'file-application': 'withdraw-application',
  'request-inspection': 'cancel-inspection',
  'book-shipment': 'cancel-booking',
};

describe('what takes a step back', () => {
  it.each(stepNames.map((step) => ({ step, by: undone[step] })))('$step is taken back by $by', ({ step, by }) => {
    expect(stepTraits[step].undoneBy).toBe(by);
  });

  const possible: readonly StepProgress[] = [
    { state: 'done', wish: 0 },
    { state: 'failed', wish: 0, reason: 'x', tookEffect: 'unknown' },
    { state: 'wanted', wish: 0, tookEffect: 'unknown' },
  ];
  const impossible: readonly (StepProgress | undefined)[] = [
    undefined,
    { state: 'wanted', wish: 0, tookEffect: 'no' },
    { state: 'failed', wish: 0, reason: 'x', tookEffect: 'no' },
  ];

  // One that failed to make a license void holds up whatever an ended order does besides.
  const ofTheWay = stepNames.slice(0, stepNames.indexOf('release-stock')).filter((step) => step !== 'void-license');
  it.each(ofTheWay.map((step) => ({ step, by: undone[step] })))(
    '$step alone, where it may have happened, is taken back by $by; where it cannot have happened, by nothing',
    ({ step, by }) => {
      const order = ended(rehearsal().order);
      for (const progress of possible) expect(takenBack(withStep(order, step, progress))).toEqual([...(by ? [by] : []), 'notify-ending']);
      for (const progress of impossible) expect(takenBack(progress ? withStep(order, step, progress) : order)).toEqual(['notify-ending']);
    },
  );

  it.each(stepNames.map((step) => ({ step })))('nothing is taken back while $step is running', ({ step }) => {
    expect(plan(withStep(ended(rehearsal().referred().order), step, { state: 'running', wish: 0 }))).toMatchObject({ run: [], closed: false });
  });

  it.each<{ at: string; reach: () => Rehearsal; back: readonly StepName[] }>([
    { at: 'nothing done', reach: () => rehearsal(), back: [] },
    { at: 'hit', reach: hit, back: [] },
    { at: 'short', reach: short, back: [] },
    { at: 'reserved', reach: () => rehearsal({ fileApplication: 'by-act' }).submitted(), back: ['release-stock'] },
    { at: 'filed', reach: () => rehearsal().submitted(), back: ['withdraw-application', 'release-stock'] },
    { at: 'registered', reach: turns.refer, back: ['withdraw-application', 'release-stock'] },
    { at: 'referred', reach: turns.recommend, back: ['withdraw-application', 'release-stock'] },
    { at: 'before the President', reach: turns['presidential-decision'], back: ['withdraw-application', 'release-stock'] },
    { at: 'before Commerce', reach: turns['issue-license'], back: ['withdraw-application', 'release-stock'] },
    { at: 'licensed', reach: () => rehearsal().licensed(), back: ['release-stock'] },
    { at: 'under test', reach: () => rehearsal().bothKeys(), back: ['cancel-inspection', 'release-stock'] },
    { at: 'test failed', reach: turns['request-retest'], back: ['release-stock'] },
  ])('an order that ends at "$at" takes back $back', ({ reach, back }) => {
    expect(takenBack(ended(reach().order))).toEqual([...back, 'notify-ending']);
  });

  it('a delivered order takes nothing back and tells nobody: it is closed', () => {
    expect(plan(rehearsal().delivered().order)).toMatchObject({ stage: 'closed', run: [], closed: true });
  });

  it('a compensation speaks of the key of the wish that it takes back', () => {
    const order = short();
    order.results['reserve-stock'] = { outcome: 'reserved', lots: [{ lot: 'L1', units: 6_000 }] };
    order.slow.add('release-stock');
    order.acts('seller.stock', 'recheck-stock');
    const withdrawn = withStep(ended(order.order), 'withdraw-application', { state: 'done', wish: 0 });
    expect(plan(withdrawn).run).toEqual([{ step: 'release-stock', key: 'A-1/release-stock/0', input: { reservationKey: 'A-1/reserve-stock/1' } }]);
  });
});

/** By hand: what people do of their own accord, or, of the buyer, side by side alone. */
const unasked: readonly ActName[] = [
  'cancel',
  'amend',
  'correct',
  'apply-purchase',
  'detain-export',
  'order-return',
  'return-without-action',
  'hold-without-action',
  'withdraw-application',
  'request-information',
  'withdraw-request',
];
const entitled = everyAct.flatMap(({ name }) => actSpec(name).by.map((by) => ({ name, by })));

describe('whom an order waits on', () => {
  it.each(entitled.filter(({ name }) => !unasked.includes(name)))('where $name is in turn for $by, they are asked, and nobody who may not', ({ name, by }) => {
    const asked = turns[name](by)
      .plan.asks.filter((ask) => ask.acts.includes(name))
      .map((ask) => ask.role);
    expect(asked).toContain(by);
    expect(actSpec(name).by).toEqual(expect.arrayContaining(asked));
  });

  it.each(unasked)('nobody is asked to %s: that is of their own accord', (name) => {
    expect(turns[name]().plan.asks.flatMap((ask) => ask.acts)).not.toContain(name);
  });

  it('is told once for each, and is somebody at every standstill of the journey', () => {
    expect(waitingOn(rehearsal().referred().hold().plan.asks)).toEqual(['policy.admin', 'us.state', 'us.energy', 'us.defense']);
    expect(waitingOn(filingFailed().plan.asks)).toEqual(['seller.desk']);
    for (const { name } of everyAct) expect(waitingOn(turns[name]().plan.asks)).not.toEqual([]);
  });

  it('is told with the stage that the order stands in', () => {
    const stages = [hit, short, turns.register, turns['approve-purchase'], turns['pass-inspection'], atCustoms].map((reach) => reach().plan.stage);
    expect(stages).toEqual(['intake', 'allocation', 'us-review', 'china-review', 'fulfillment', 'fulfillment']);
  });
});
