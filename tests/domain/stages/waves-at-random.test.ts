import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { OrderEvent } from '../../../domain/events.ts';
import { plan } from '../../../domain/plan.ts';
import { levyOn } from '../../../domain/rules/levy.ts';
import { approvalsOf } from '../../../domain/stages/china-review.ts';
import type { Order } from '../../../domain/state.ts';
import { unitsDelivered, unitsShipped, unitsReserved, unitsToShip, wavesShipped } from '../../../domain/waves.ts';
import { policyOfToday, type Rehearsal, rehearsal } from '../../support/orders.ts';
import type { Move } from '../moves.ts';
import { Walk } from '../walk.ts';

const ordered = 6_000;
const unitPriceMinor = 1_000_001;

/** Licensed, with every step of the world answered by the walk from there on. */
function start(): Rehearsal {
  const order = rehearsal({ unitPriceMinor }, policyOfToday()).licensed();
  return order.acts('buyer', 'apply-purchase', { applicationNumber: 'CN-1' });
}

const units = fc.constantFrom('1', '1000', '2500', '5999', '6000', '7000');
const fields = fc.oneof(
  fc.constant<Readonly<Record<string, unknown>>>({}),
  units.map((some) => ({ units: some })),
  fc.constantFrom('1', '2', '3').map((wave) => ({ wave })),
);
const own = ['order-return', 'refuse-entry', 'detain', 'short-close', 'release', 'apply-purchase', 'deny-purchase', 'cancel'] as const;
const hold = (id: string, effect: 'hold' | 'lift'): Move => ({ kind: 'policy', id, effect, epoch: 13 });
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('asked' as const), pick: fc.nat(20), fields }) },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('answer' as const),
      pick: fc.nat(5),
      how: fc.constantFrom('good', 'good', 'good', 'good', 'good', 'good', 'failed', 'other'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('mend' as const), pick: fc.nat(5), fields: fc.constantFrom({}, { outcome: 'not-done' }) }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(...own).map((name): Move => ({ kind: 'act', name, by: undefined, fields: undefined, id: undefined })),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom('1000', '2500').map((some): Move => {
      return { kind: 'act', name: 'approve-purchase', by: undefined, fields: { approvalNumber: 'CN-A-P', units: some }, id: undefined };
    }),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom('1', '900', '2500', '6000').map((some): Move => {
      return { kind: 'act', name: 'fail-inspection', by: undefined, fields: { reportNumber: 'LAB-0', reason: 'x', lot: 'L1', units: some }, id: undefined };
    }),
  },
  // The second is what the policy board tells of where it refuses a shipment.
  { weight: 3, arbitrary: fc.constantFrom(hold('P-7', 'hold'), hold('P-7', 'lift'), hold('D', 'lift'), hold('D', 'lift')) },
);

/** A part is approved and leaves, and the buyer applies for the rest. */
function wave(some: string): Move[] {
  const act = (name: 'approve-purchase' | 'pass-inspection' | 'apply-purchase', fields?: Readonly<Record<string, unknown>>): Move => {
    return { kind: 'act', name, by: undefined, fields, id: undefined };
  };
  const answers = (count: number): Move[] => Array.from({ length: count }, () => ({ kind: 'answer', pick: 0, how: 'good' }));
  const approval = act('approve-purchase', { approvalNumber: 'CN-A-P', units: some });
  return [approval, ...answers(1), act('pass-inspection'), ...answers(5), act('apply-purchase')];
}

/** A part of which some units fail, and have no others; the rest of it leaves. */
function failing(some: string): Move[] {
  const fail: Move = {
    kind: 'act',
    name: 'fail-inspection',
    by: undefined,
    fields: { reportNumber: 'LAB-0', reason: 'x', lot: 'L1', units: some },
    id: undefined,
  };
  const answer = (how: 'good' | 'other'): Move => ({ kind: 'answer', pick: 0, how });
  const [approval, requested, ...others] = wave('6000');
  return [approval, requested, fail, answer('other'), answer('good'), fail, answer('good'), answer('good'), ...others].filter((one) => one !== undefined);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
const of = <T extends OrderEvent['type']>(events: readonly OrderEvent[], type: T) => events.flatMap((event) => (isOf(event, type) ? [event] : []));
const isOf = <T extends OrderEvent['type']>(event: OrderEvent, type: T): event is Extract<OrderEvent, { type: T }> => event.type === type;

/** What is reserved and what has left is what the order is for; while it ends, it gives back what it has. */
function assertReserved(order: Order): void {
  const { shortened, lacking, allocation, outcome } = order;
  const had = unitsReserved(order) + unitsShipped(order);
  // Where all that is left has failed, the order is for it still, until somebody says that it never leaves.
  const hasNone = order.fulfillment.state === 'test-failed' && unitsReserved(order) === 0;
  if (allocation.state === 'released' || lacking !== undefined || hasNone) return;
  if (!shortened) expect(had).toBe(ordered);
  else if (!shortened.isClosed && outcome === undefined && allocation.state === 'reserved') expect(had).toBe(shortened.units);
}

/** What the events say of units and money, against the state and against each other. */
function assertAddsUp(order: Order, events: readonly OrderEvent[]): void {
  const shipped = of(events, 'goods-shipped');
  expect(sum(shipped.map((one) => one.units))).toBe(unitsShipped(order));
  expect(new Set(shipped.map(({ wave }) => wave)).size).toBe(shipped.length);
  expect(unitsToShip(order)).toBeGreaterThanOrEqual(0);
  assertReserved(order);
  if (order.chinaReview.state === 'approved') {
    const approved = sum(approvalsOf(order.chinaReview).map((one) => one.units ?? ordered));
    expect(unitsShipped(order)).toBeLessThanOrEqual(approved);
  }
  const levied = of(events, 'levy-accrued');
  const goneAndLevied = sum(shipped.slice(0, levied.length).map((one) => one.units));
  expect(order.levyMinor).toBe(levyOn(goneAndLevied * unitPriceMinor, 2_500));
  const [ended] = of(events, 'order-ended');
  if (!ended || !['delivered', 'partly-delivered', 'undelivered'].includes(ended.outcome)) return;
  const apart = sum(wavesShipped(order).flatMap((wave) => (wave.goods.state === 'set-apart' ? [wave.units] : [])));
  const never = ordered - unitsShipped(order);
  expect(unitsDelivered(order) + apart + never).toBe(ordered);
  const told = [...ended.reason.matchAll(/(\d+) (of|sent back|never left)/g)].map(([, number]) => Number(number));
  if (ended.outcome !== 'delivered') expect(told).toEqual([unitsDelivered(order), ...(apart > 0 ? [apart] : []), ...(never > 0 ? [never] : [])]);
}

/** Nothing leaves with units in it that came after its test. */
function assertTested(events: readonly OrderEvent[]): void {
  let isTested = false;
  for (const event of events) {
    if (isOf(event, 'units-replaced') && event.lots.length > 0) isTested = false;
    if (isOf(event, 'inspection-passed')) isTested = true;
    if (isOf(event, 'goods-shipped')) expect(isTested).toBe(true);
  }
}

/** An order that is open always waits on somebody, or something is under way. */
function assertGoesOn(order: Order): void {
  const next = plan(order);
  const isUnderWay = Object.values(order.steps).some(({ state }) => state === 'running');
  expect(next.closed || isUnderWay || next.run.length > 0 || next.asks.length > 0).toBe(true);
}

it('units and money add up in every wave, whatever China, customs, the desk and the world do, and the order never stands still', () => {
  const endings = new Map<string, number>();
  const met = new Set<OrderEvent['type']>();
  let most = 0;
  fc.assert(
    fc.property(fc.array(move, { minLength: 60, maxLength: 160, size: 'max' }), (moves) => {
      const walk = new Walk(start(), ({ after }) => assertGoesOn(after));
      for (const one of moves) {
        walk.move(one);
        assertAddsUp(walk.order, walk.events);
      }
      assertTested(walk.events);
      for (const { type } of walk.events) met.add(type);
      most = Math.max(most, wavesShipped(walk.order).length);
      const { outcome } = walk.order;
      if (outcome) endings.set(outcome, (endings.get(outcome) ?? 0) + 1);
    }),
    { numRuns: 200, examples: [[[...wave('1000'), ...wave('2500'), ...wave('2500')]], [failing('900')]] },
  );
  expect([...endings.keys()]).toEqual(expect.arrayContaining(['delivered', 'partly-delivered', 'undelivered', 'cancelled', 'denied-by-china']));
  expect(most).toBeGreaterThanOrEqual(3);
  expect([...met]).toEqual(expect.arrayContaining(['units-replaced', 'order-shortened']));
});
