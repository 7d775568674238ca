import { agencies } from '../../../domain/roles.ts';
import type { Order } from '../../../domain/state.ts';
import { stepNames } from '../../../domain/steps.ts';
import type { Seen } from '../core.ts';
import type { Invariant } from '../invariant.ts';
import type { Notes } from '../notes.ts';
import { type Account, reviewByNotes, reviewByOrder } from './truth-of-review.ts';

const journey = (notes: Notes): string => {
  const onTheRoad = { gone: 'shipped', declared: 'at-customs', released: 'released', arrived: 'delivered' } as const;
  if (notes.goods !== 'here' && notes.goods !== 'maybe-gone') return onTheRoad[notes.goods];
  if (notes.booked) return 'booked';
  return { open: 'not-started', asked: 'under-test', failed: 'test-failed', passed: 'tested' }[notes.inspection];
};

const screening = { open: 'screening', hit: 'hit', cleared: 'cleared' } as const;
const stock = {
  ...{ none: 'unallocated', freed: 'unallocated', short: 'short', 'over-quota': 'over-quota' },
  ...{ reserved: 'reserved', shipped: 'shipped', released: 'released' },
} as const;
const china = { open: 'not-applied', applied: 'applied', approval: 'approved', denial: 'denied' } as const;
const call = { running: 'running', failed: 'failed', retried: 'wanted', answered: 'done' } as const;

const byNotes = (notes: Notes): Account => ({
  intake: screening[notes.screening],
  allocation: stock[notes.stock],
  ...reviewByNotes(notes),
  china: china[notes.china],
  fulfillment: journey(notes),
  levy: notes.levies.reduce((sum, one) => sum + one, 0),
  holds: notes.holds.join(),
  lifted: notes.lifted.join(),
  outcome: notes.outcome,
});

const holdsThatAre = (order: Order, state: 'on' | 'lifted'): string =>
  Object.keys(order.holds)
    .filter((id) => order.holds[id] === state)
    .toSorted((a, b) => (a < b ? -1 : 1))
    .join();

const byOrder = (order: Order): Account => ({
  intake: order.intake.state,
  allocation: order.allocation.state,
  ...reviewByOrder(order),
  china: order.chinaReview.state,
  fulfillment: order.fulfillment.state,
  levy: order.levyMinor,
  holds: holdsThatAre(order, 'on'),
  lifted: holdsThatAre(order, 'lifted'),
  outcome: order.outcome,
});

function faultOfPositions({ usReview }: Order, { positions }: Notes): string | undefined {
  if (!('positions' in usReview)) return undefined;
  const wrong = agencies.find((agency) => {
    const position = usReview.positions[agency];
    const word = position.state === 'asked' ? undefined : position.state === 'deemed' ? 'silent' : position.position;
    return word !== positions[agency];
  });
  return wrong && `${wrong} said ${positions[wrong] ?? 'nothing yet'}, and the order says ${JSON.stringify(usReview.positions[wrong])}`;
}

function faultOfSteps({ steps }: Order, { calls }: Notes): string | undefined {
  const wrong = stepNames.find((step) => {
    const [told, progress] = [calls[step], steps[step]];
    if (told === undefined) return progress !== undefined && progress.state !== 'wanted';
    return progress?.wish === told.wish ? progress.state !== call[told.state] : progress?.state !== 'wanted' || progress.wish !== told.wish + 1;
  });
  return wrong && `${wrong} is ${JSON.stringify(calls[wrong])}, and the order says ${JSON.stringify(steps[wrong])}`;
}

function faultOfAccount({ order, notes }: Seen): string | undefined {
  const [told, noted] = [byOrder(order), byNotes(notes)];
  const wrong = Object.keys(noted).find((name) => told[name] !== noted[name]);
  if (wrong !== undefined) return `${wrong} is ${told[wrong]}, and the history says ${noted[wrong]}`;
  return faultOfPositions(order, notes) ?? faultOfSteps(order, notes);
}

/** The state against the independent notes. */
export const truth: readonly Invariant[] = [{ name: 'the-state-says-what-the-history-says', ofState: faultOfAccount }];
