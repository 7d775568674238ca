import type { Issue } from './faults.ts';
import type { WrittenScenario } from './scenario-form.ts';

/** A moment as people write it: the day alone where it is its first. */
const day = (at: number): string => new Date(at).toISOString().replace('T00:00:00.000Z', '').replace(':00.000Z', 'Z');

/** Where a scenario contradicts itself: unknown orders, times that run backward, ids that stand twice. */
export function contradictionsIn({ start, until, stock, orders, steps, expect }: WrittenScenario): Issue[] {
  const lots = [
    ...stock.map(({ id }, index) => ({ id, path: ['stock', index, 'lot'] })),
    ...steps.flatMap((step, index) => (step.kind === 'stock' ? [{ id: step.lot.id, path: ['steps', index, 'stock', 'lot'] }] : [])),
  ];
  const submitted = new Map(orders.map((order) => [order.id, order.submitted ?? start]));
  const stranger = (order: string, path: readonly PropertyKey[]): Issue[] =>
    submitted.has(order) ? [] : [{ path, message: `no order ${order} in this scenario, expected one of ${[...submitted.keys()].join(', ')}` }];
  const notBefore = (at: number | undefined, earliest: number, path: readonly PropertyKey[], what: string): Issue[] =>
    at === undefined || at >= earliest ? [] : [{ path, message: `${day(at)} is earlier than ${what}, expected ${day(earliest)} or later` }];
  return [
    ...twiceIn(lots),
    ...twiceIn(orders.map(({ id }, index) => ({ id, path: ['orders', index, 'id'] }))),
    ...orders.flatMap(({ submitted: at }, index) => notBefore(at, start, ['orders', index, 'submitted'], 'the start')),
    ...steps.flatMap((step, index) => {
      const path = ['steps', index];
      const before = steps[index - 1];
      const inTurn = notBefore(step.at, before?.at ?? start, [...path, 'at'], before ? 'the step before it' : 'the start');
      if (!('order' in step)) return inTurn;
      const known = submitted.get(step.order);
      return [
        ...inTurn,
        ...stranger(step.order, [...path, 'order']),
        // A fault may be planted in what an order does as soon as it is submitted.
        ...(known === undefined || step.kind === 'fault' || inTurn.length > 0
          ? []
          : notBefore(step.at, known, [...path, 'at'], `order ${step.order} is submitted`)),
        ...('arrives' in step ? notBefore(step.arrives, step.at, [...path, 'arrives'], 'the step itself') : []),
      ];
    }),
    ...notBefore(until, steps.at(-1)?.at ?? start, ['until'], 'the last step'),
    ...expect.flatMap((one, index) => stranger(one.order, ['expect', index, 'order'])),
  ];
}

/** Names that stand for two things. */
const twiceIn = (named: readonly { readonly id: string; readonly path: readonly PropertyKey[] }[]): Issue[] =>
  named.flatMap(({ id, path }, index) =>
    named.findIndex((one) => one.id === id) < index ? [{ path, message: `${id} stands in this scenario before, expected a name of its own` }] : [],
  );
