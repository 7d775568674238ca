import { callOf } from '../../../domain/calls.ts';
import { stepNames } from '../../../domain/steps.ts';
import { policy } from '../../support/orders.ts';
import { theCore } from '../core.ts';
import { evolving, type Mutant, planning, telling } from './mutant.ts';

/** Broken steps of the world. */
export const ofSteps: readonly Mutant[] = [
  planning('a failed step is started again by itself', 'a-step-is-started-once-for-a-wish', (order) => {
    const plan = theCore.plan(order);
    const failed = stepNames.filter((step) => order.steps[step]?.state === 'failed');
    return order.outcome === undefined && plan.asks[0]?.acts.includes('retry-step') ? { ...plan, run: failed.map((step) => callOf(order, step)) } : plan;
  }),
  evolving('a retry gets a new key', 'a-step-is-wanted-anew-only-for-a-cause', (order, event) => {
    const next = theCore.evolve(order, event);
    if (event.type !== 'step-retried') return next;
    const wish = (order.steps[event.step]?.wish ?? 0) + 1;
    return { ...next, steps: { ...next.steps, [event.step]: { state: 'wanted', wish, tookEffect: 'unknown' } } };
  }),
  evolving('a second reservation keeps the key of the first', 'a-step-is-wanted-anew-only-for-a-cause', (order, event) => {
    const next = theCore.evolve(order, event);
    return event.type === 'stock-recheck-requested'
      ? { ...next, steps: { ...next.steps, 'reserve-stock': { state: 'wanted', wish: 0, tookEffect: 'no' } } }
      : next;
  }),
  evolving('a word of stock that comes before the answer is forgotten', 'a-word-of-stock-that-has-come-free-is-not-forgotten', (order, event) =>
    event.type === 'stock-freed' && order.allocation.state === 'unallocated' ? order : theCore.evolve(order, event),
  ),
  planning('a retry is sent under a key of its own', 'a-retry-keeps-its-key-and-a-new-wish-has-its-own', (order) => {
    const plan = theCore.plan(order);
    return { ...plan, run: plan.run.map((call) => (order.steps[call.step]?.state === 'wanted' ? { ...call, key: `${call.key}/again` } : call)) };
  }),
  planning('a retry is told other units', 'a-key-is-never-told-two-different-inputs', (order) => {
    const retried = order.steps['reserve-stock']?.state === 'wanted' && order.steps['reserve-stock'].wish === 0;
    return theCore.plan(retried ? { ...order, terms: { ...order.terms, units: order.terms.units + 1 } } : order);
  }),
  planning('the reservation that is given back is another one', 'what-is-taken-back-or-shipped-is-named-by-its-key', (order) => {
    const plan = theCore.plan(order);
    return {
      ...plan,
      run: plan.run.map((call) => (call.step === 'release-stock' ? { ...call, input: { reservationKey: `${order.terms.id}/reserve-stock/7` } } : call)),
    };
  }),
  planning('another step starts beside a failed one', 'a-failed-step-waits-for-the-desk', (order) => {
    const plan = theCore.plan(order);
    const beside = order.steps['declare-customs']?.state === 'failed' && order.steps['accrue-levy'] === undefined;
    return beside ? { ...plan, run: [callOf(order, 'accrue-levy')] } : plan;
  }),
  planning('what was started first is taken back first', 'steps-are-taken-back-one-at-a-time-the-last-first', (order) => {
    const plan = theCore.plan(order);
    return plan.run[0]?.step === 'withdraw-application' && order.steps['release-stock'] === undefined
      ? { ...plan, run: [callOf(order, 'release-stock')] }
      : plan;
  }),
  telling('the levy is accrued twice', 'the-levy-is-accrued-once-and-is-the-levy-of-the-revenue', (event) =>
    event.type === 'levy-accrued' ? [event, event] : event,
  ),
  planning('the ledger is told a levy of 15 %', 'the-levy-is-accrued-once-and-is-the-levy-of-the-revenue', (order) =>
    theCore.plan({ ...order, policy: policy({ levyBasisPoints: 1_500 }) }),
  ),
];
