import type { EventType, OrderEvent } from '../../domain/events.ts';
import type { Call, StepName } from '../../domain/steps.ts';
import { debtMadeBy, debtPaidBy } from './debts.ts';
import type { Notes, Told } from './notes.ts';
import { eachWatch, everyMeasured, resumeWatch, stopWatch, withoutWatches } from './stopwatch.ts';
import { filingTakers } from './takers/filing.ts';
import { reviewTakers } from './takers/review.ts';
import { type Known, paid, reviewed, type Takers, without, withOne } from './takers/taker.ts';

function called(notes: Notes, step: StepName, state: Told['state']): Notes {
  const call = notes.calls[step];
  return call ? { ...notes, calls: { ...notes.calls, [step]: { ...call, state } } } : notes;
}

function started(notes: Notes, step: StepName, wish: number, wanted: readonly Call[]): Notes {
  const call = wanted.find((one) => one.step === step);
  const told: Told = { key: call?.key ?? '', wish, input: JSON.stringify(call?.input), state: 'running' };
  const known = step === 'notify-license' ? reviewed(notes, { noticeUndone: false }) : notes;
  return owing({ ...known, goods: step === 'ship' ? 'maybe-gone' : notes.goods, calls: { ...notes.calls, [step]: told } }, step);
}

/** A step that may have taken effect is owed, unless its taking back has been answered already. */
function owing(notes: Notes, step: StepName): Notes {
  const debt = debtMadeBy(step);
  return debt === undefined || notes.takenBack.includes(debt) ? notes : { ...notes, owed: withOne(notes.owed, debt) };
}

function answered(notes: Notes, step: StepName): Notes {
  const known = called(notes, step, 'answered');
  const debt = debtPaidBy(step);
  if (debt !== undefined) return { ...paid(known, debt), takenBack: withOne(known.takenBack, debt) };
  return step === 'notify-ending' ? { ...known, told: true } : owing(known, step);
}

/** A person has said what became of a failed step. */
function settled(notes: Notes, step: StepName, outcome: 'done' | 'not-done'): Notes {
  if (outcome === 'done') return answered(notes, step);
  // A place in the queue for stock is owed all the same.
  const debt = step === 'reserve-stock' && notes.queuedUnder !== undefined ? undefined : debtMadeBy(step);
  const known: Notes = step === 'ship' ? { ...notes, goods: 'here' } : step === 'notify-license' ? reviewed(notes, { noticeUndone: true }) : notes;
  return debt === undefined ? known : paid(known, debt);
}

function queued(notes: Notes): Notes {
  const key = notes.calls['reserve-stock']?.key;
  return key === undefined ? notes : { ...notes, queuedUnder: key };
}

function held(notes: Notes, id: string, at: number): Notes {
  const time = eachWatch(notes.time, (watch) => stopWatch(watch, `hold ${id}`, at));
  return { ...notes, holds: withOne(notes.holds, id), lifted: without(notes.lifted, id), time };
}

function lifted(notes: Notes, id: string, at: number): Notes {
  const time = eachWatch(notes.time, (watch) => resumeWatch(watch, `hold ${id}`, at));
  return { ...notes, holds: without(notes.holds, id), lifted: withOne(notes.lifted, id), time };
}

/** Whose time an ending ends: all but the applicant's, who may appeal a denial. */
const ofTheWay = everyMeasured.filter((who) => who !== 'appeal-of-denial');

/** What the witness writes down of each event; of those that are missing, nothing. */
const takers: Takers = {
  ...filingTakers,
  ...reviewTakers,
  'step-started': (notes, event, { wanted }) => started(notes, event.step, event.wish, wanted),
  'step-done': (notes, event) => answered(notes, event.step),
  'step-failed': (notes, event) => called(notes, event.step, 'failed'),
  'step-retried': (notes, event) => called(notes, event.step, 'retried'),
  'step-settled': (notes, event) => settled(notes, event.step, event.outcome),
  'parties-cleared': (notes) => ({ ...notes, screening: 'cleared' }),
  'screening-hit': (notes) => ({ ...notes, screening: 'hit' }),
  'hit-cleared': (notes) => ({ ...notes, screening: 'cleared' }),
  'stock-reserved': ({ queuedUnder: _queuedUnder, ...notes }) => ({ ...notes, stock: 'reserved' }),
  // A place in the queue is owed back as stock is.
  'stock-short': (notes, { place }) => (place === undefined ? paid({ ...notes, stock: 'short' }, 'stock') : queued({ ...notes, stock: 'short' })),
  // No units and no place in the queue: nothing is owed.
  'quota-reached': ({ queuedUnder: _queuedUnder, ...notes }) => paid({ ...notes, stock: 'over-quota' }, 'stock'),
  'stock-freed': (notes) => ({ ...notes, stock: notes.stock === 'short' ? 'none' : 'freed' }),
  'stock-recheck-requested': (notes) => ({ ...notes, stock: 'none' }),
  'stock-released': (notes) => ({ ...notes, stock: 'released' }),
  'purchase-applied': (notes) => ({ ...notes, china: 'applied' }),
  'purchase-approved': (notes) => ({ ...notes, china: 'approval' }),
  'purchase-denied': (notes) => ({ ...notes, china: 'denial' }),
  'inspection-requested': (notes) => ({ ...notes, inspection: 'asked' }),
  'inspection-passed': (notes) => paid({ ...notes, inspection: 'passed' }, 'test'),
  'inspection-failed': (notes) => paid({ ...notes, inspection: 'failed' }, 'test'),
  'retest-requested': (notes) => ({ ...notes, inspection: 'open' }),
  'shipment-booked': (notes) => ({ ...notes, booked: true }),
  'shipment-refused': (notes) => ({ ...notes, goods: 'here' }),
  'goods-shipped': (notes) => paid(paid({ ...notes, goods: 'gone', stock: 'shipped', shipments: notes.shipments + 1 }, 'stock'), 'booking'),
  'levy-accrued': (notes, event) => ({ ...notes, levies: [...notes.levies, event.amountMinor] }),
  'customs-declared': (notes) => ({ ...notes, goods: 'declared' }),
  'customs-released': (notes) => ({ ...notes, goods: 'released' }),
  'delivery-confirmed': (notes) => ({ ...notes, goods: 'arrived' }),
  'policy-held': (notes, event) => held(notes, event.id, event.at),
  'policy-lifted': (notes, event) => lifted(notes, event.id, event.at),
  'order-ended': (notes, event) => ({ ...notes, outcome: event.outcome, time: withoutWatches(notes.time, ofTheWay) }),
};

const taken = <T extends EventType>(type: T, notes: Notes, event: OrderEvent<T>, known: Known): Notes => takers[type]?.(notes, event, known) ?? notes;

/** The notes after one more event. */
export const noted = (notes: Notes, event: OrderEvent, known: Known): Notes => taken(event.type, notes, event, known);
