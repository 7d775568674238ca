import { describe, expect, it } from 'vitest';
import { type StepName, stepNames } from '../../domain/steps.ts';
import { type Rehearsal, rehearsal } from '../support/orders.ts';
import { amended, filingFailed, lookedAtAgain, mistaken, notVetted, returned, someFailed } from './turns.ts';

const pass = { reportNumber: 'LAB-1' };
const tested = (order: Rehearsal): Rehearsal => order.bothKeys().acts('test.lab', 'pass-inspection', pass);
const shipFailed = (order: Rehearsal): Rehearsal => {
  order.slow.add('ship');
  return tested(order).fails('ship');
};

/** How an order comes to each step of the journey; the steps that wind it up are reached by cancelling. */
const reach: { readonly [S in StepName]: (order: Rehearsal) => Rehearsal } = {
  'screen-parties': (order) => order.submitted(),
  'record-customer': () => notVetted().acts('us.commerce', 'approve-customer', { reason: 'x' }),
  'rescreen-parties': lookedAtAgain,
  'reserve-stock': (order) => order.submitted(),
  'file-application': (order) => order.submitted(),
  'notify-license': (order) => order.licensed(),
  'void-license': mistaken,
  'request-inspection': (order) => order.bothKeys(),
  'book-shipment': tested,
  ship: tested,
  'accrue-levy': tested,
  'declare-customs': tested,
  'quarantine-return': returned,
  'replace-units': someFailed,
  'reduce-stock': amended,
  'release-stock': (order) => order.submitted().acts('seller.desk', 'cancel', { reason: 'x' }),
  'withdraw-application': (order) => order.submitted().acts('seller.desk', 'cancel', { reason: 'x' }),
  'cancel-inspection': (order) => order.bothKeys().acts('seller.desk', 'cancel', { reason: 'x' }),
  'cancel-booking': (order) =>
    shipFailed(order).acts('seller.desk', 'settle-step', { step: 'ship', outcome: 'not-done', evidence: 'x' }).acts('seller.desk', 'cancel', { reason: 'x' }),
  'notify-ending': (order) => order.submitted().acts('seller.desk', 'cancel', { reason: 'x' }),
};
const failed = (step: StepName): Rehearsal => {
  const order = rehearsal();
  order.slow.add(step);
  return reach[step](order).fails(step, 'connection refused');
};
const bySystem: readonly StepName[] = [
  'screen-parties',
  'record-customer',
  'rescreen-parties',
  'reserve-stock',
  'void-license',
  'ship',
  'accrue-levy',
  'quarantine-return',
  'replace-units',
  'reduce-stock',
  'release-stock',
];
const everyStep = stepNames.map((step) => ({ step }));
const settle = (step: StepName, outcome: 'done' | 'not-done') => ({ step, outcome, evidence: 'receipt 4711' });

describe('a step that failed', () => {
  it.each(everyStep)('$step is shown with its reason, waits on the desk, and nothing else starts', ({ step }) => {
    const order = failed(step);
    expect(order.order.steps[step]).toEqual({ state: 'failed', wish: 0, reason: 'connection refused', tookEffect: 'unknown' });
    expect(order.plan.asks).toContainEqual({ role: 'seller.desk', acts: ['retry-step', 'settle-step'] });
    expect(order.plan.run).toEqual([]);
    expect(order.plan.closed).toBe(false);
  });

  it.each(everyStep)('$step is tried again under the same key, and the order goes on', ({ step }) => {
    const order = failed(step).acts('seller.desk', 'retry-step', { step });
    expect(order.order.steps[step]).toEqual({ state: 'running', wish: 0 });
    const before = order.events.length;
    order.answers(step);
    expect(order.order.steps[step]).toEqual({ state: 'done', wish: 0 });
    expect(order.events.length).toBeGreaterThan(before);
  });

  it.each(everyStep.filter(({ step }) => !bySystem.includes(step)))(
    '$step is settled as done with its evidence, and the order stands as if it had answered',
    ({ step }) => {
      const settled = failed(step).acts('seller.desk', 'settle-step', settle(step, 'done'));
      const answered = failed(step).acts('seller.desk', 'retry-step', { step }).answers(step);
      expect(settled.order.steps).toEqual(answered.order.steps);
      expect(settled.plan).toEqual(answered.plan);
    },
  );

  it.each(bySystem.map((step) => ({ step })))('$step is not settleable as done: only a system can say so', ({ step }) => {
    const order = failed(step);
    const refusal = order.tries('seller.desk', 'settle-step', settle(step, 'done'));
    expect(refusal?.refused).toBe('not-settleable');
    expect(refusal?.accepted).toContain('retry-step');
    expect(order.order.steps[step]?.state).toBe('failed');
  });

  it.each(everyStep)('$step settled as not done stays failed, with no doubt left, and may still be tried again', ({ step }) => {
    const order = failed(step).acts('seller.desk', 'settle-step', settle(step, 'not-done'));
    expect(order.order.steps[step]).toEqual({ state: 'failed', wish: 0, reason: 'connection refused', tookEffect: 'no' });
    expect(order.plan.asks).toContainEqual({ role: 'seller.desk', acts: ['retry-step', 'settle-step'] });
    order.acts('seller.desk', 'retry-step', { step });
    expect(order.order.steps[step]).toEqual({ state: 'running', wish: 0 });
  });

  it('keeps the evidence of the desk as the reference it would have answered', () => {
    const order = filingFailed().acts('seller.desk', 'settle-step', settle('file-application', 'done'));
    expect(order.order.usReview).toEqual({ state: 'filed', filingReference: 'receipt 4711' });
  });

  it('stops the step beside it from starting, not from answering', () => {
    const order = rehearsal();
    order.slow.add('accrue-levy').add('declare-customs');
    tested(order).fails('accrue-levy').answers('declare-customs');
    expect(order.order.fulfillment.state).toBe('at-customs');
    expect(order.plan.asks.map((ask) => ask.role)).toEqual(['seller.desk', 'cn.gacc']);
  });

  it('does not keep another that the desk tries again from starting', () => {
    const order = rehearsal();
    order.slow.add('accrue-levy').add('declare-customs');
    tested(order).fails('accrue-levy').fails('declare-customs').acts('seller.desk', 'retry-step', { step: 'declare-customs' });
    expect(order.order.steps).toMatchObject({ 'accrue-levy': { state: 'failed' }, 'declare-customs': { state: 'running' } });
    order.acts('seller.desk', 'retry-step', { step: 'accrue-levy' });
    expect(order.order.steps).toMatchObject({ 'accrue-levy': { state: 'running' }, 'declare-customs': { state: 'running' } });
  });

  it.each(['retry-step', 'settle-step'] as const)('alone can be mended: %s of any other is refused', (name) => {
    const order = rehearsal().submitted();
    for (const { step } of everyStep) {
      const fields = name === 'retry-step' ? { step } : settle(step, 'not-done');
      expect(order.tries('seller.desk', name, fields)?.refused).toBe('step-not-failed');
    }
  });
});

describe('a failed compensation', () => {
  const stuck = () => {
    const order = rehearsal();
    order.slow.add('withdraw-application');
    return order.referred().acts('seller.desk', 'cancel', { reason: 'withdrawn' }).fails('withdraw-application');
  };

  it('is shown, keeps the order from closing, and keeps what comes before it from being taken back', () => {
    const order = stuck();
    expect(order.plan).toEqual({
      stage: 'closing',
      run: [],
      asks: [{ role: 'seller.desk', acts: ['retry-step', 'settle-step'] }],
      deadline: undefined,
      closed: false,
    });
    expect(order.order.steps).not.toHaveProperty('release-stock');
  });

  it('is tried again, and the rest follows', () => {
    const order = stuck().acts('seller.desk', 'retry-step', { step: 'withdraw-application' }).answers('withdraw-application');
    expect(order.order).toMatchObject({ usReview: { state: 'withdrawn' }, allocation: { state: 'released' } });
    expect(order.plan.closed).toBe(true);
  });

  it('is settled as done from its document, and the rest follows', () => {
    const order = stuck().acts('seller.desk', 'settle-step', settle('withdraw-application', 'done'));
    expect(order.order).toMatchObject({ usReview: { state: 'withdrawn' }, allocation: { state: 'released' } });
    expect(order.plan.closed).toBe(true);
  });

  it('settled as not done still waits on the desk', () => {
    const order = stuck().acts('seller.desk', 'settle-step', settle('withdraw-application', 'not-done'));
    expect(order.plan).toMatchObject({ closed: false, asks: [{ role: 'seller.desk' }] });
  });

  // Defect in domain/any-stage.ts: a late answer about the filing turns the review from withdrawn back to filed.
  it('a withdrawal is not un-recorded by settling the filing that it took back', () => {
    const order = filingFailed();
    order.slow.add('notify-ending');
    order.acts('seller.desk', 'cancel', { reason: 'withdrawn' });
    expect(order.order.usReview.state).toBe('withdrawn');
    order.tries('seller.desk', 'settle-step', settle('file-application', 'done'));
    expect(order.order.usReview.state).toBe('withdrawn');
  });
});
