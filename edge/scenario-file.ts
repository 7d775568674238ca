import { z } from 'zod';
import { readDocument, understand } from './documents.ts';
import { DocumentError, knownFields, type Fault } from './faults.ts';
import { orderSchema, writtenOrder, type WrittenOrder } from './order-file.ts';
import { products } from '../domain/terms.ts';
import { outcomes } from '../domain/state.ts';

const moment = z
  .union([z.iso.date(), z.iso.datetime()], { error: 'expected a day such as 2026-01-21 or a moment such as 2026-01-21T15:00:00Z' })
  .transform((text) => Date.parse(text));

const schema = knownFields({
  scenario: z.string().min(1),
  start: moment,
  policy: z.string().min(1),
  stock: z.array(knownFields({ lot: z.string().min(1), product: z.enum(products), units: z.int().positive(), opens: moment.optional() })),
  orders: z.array(z.looseObject({ id: z.string() })).min(1),
  steps: z.array(z.looseObject({ at: moment, order: z.string(), by: z.string(), act: z.string() })),
  expect: z.array(
    knownFields({ order: z.string(), stage: z.string().optional(), outcome: z.enum(outcomes).optional(), levyMinor: z.int().nonnegative().optional() }),
  ),
});

/** An act in a story: who does what to which order, when (epoch milliseconds on the story's own calendar). */
export interface ScenarioStep {
  readonly at: number;
  readonly order: string;
  readonly by: string;
  readonly act: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A whole story as data. Times are epoch milliseconds on the story's own calendar; a teller shifts them. */
export interface Scenario {
  readonly title: string;
  readonly start: number;
  readonly policy: string;
  readonly stock: readonly { readonly lot: string; readonly product: string; readonly units: number; readonly opens?: number | undefined }[];
  readonly orders: readonly WrittenOrder[];
  readonly steps: readonly ScenarioStep[];
  readonly expect: readonly Expectation[];
}
interface Expectation {
  readonly order: string;
  readonly stage?: string | undefined;
  readonly outcome?: string | undefined;
  readonly levyMinor?: number | undefined;
}

/** Reads a scenario; steps must be in the order of their times and speak of orders that the scenario has. */
export function readScenario(file: string): Scenario {
  const written = understand(file, schema, readDocument(file));
  const orders = understand(file, z.object({ orders: z.array(orderSchema) }), { orders: written.orders }).orders.map(writtenOrder);
  const faults = faultsIn(written, new Set(orders.map((order) => order.terms.id)));
  if (faults.length > 0) throw new DocumentError(file, faults);
  const steps = written.steps.map(({ at, order, by, act, ...fields }) => ({ at, order, by, act, fields }));
  return { title: written.scenario, start: written.start, policy: written.policy, stock: written.stock, orders, steps, expect: written.expect };
}

function faultsIn(written: z.infer<typeof schema>, known: ReadonlySet<string>): Fault[] {
  const stranger = (order: string, path: string): Fault[] =>
    known.has(order) ? [] : [{ path, message: `no order ${order} in this scenario; there are ${[...known].join(', ')}` }];
  return [
    ...written.orders.flatMap((order, index) =>
      written.orders.findIndex((one) => one.id === order.id) < index
        ? [{ path: `orders[${index}].id`, message: `${order.id} stands in this scenario before` }]
        : [],
    ),
    ...written.steps.flatMap((step, index) => stranger(step.order, `steps[${index}].order`)),
    ...written.expect.flatMap((one, index) => stranger(one.order, `expect[${index}].order`)),
    ...written.steps.flatMap((step, index) =>
      step.at < (written.steps[index - 1]?.at ?? written.start) ? [{ path: `steps[${index}].at`, message: 'earlier than what is told before it' }] : [],
    ),
  ];
}
