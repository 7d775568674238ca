import { z } from 'zod';
import { type ActName, actNames, actSpec, policyActs } from '../domain/acts.ts';
import { stepFaultNames } from '../domain/faults.ts';
import type { Field } from '../domain/fields.ts';
import { faultOfText } from '../domain/fields.ts';
import { boardRefusals } from '../domain/policy-change.ts';
import { eventTypes } from '../domain/order.ts';
import { standings } from '../domain/plan.ts';
import { refusalCodes } from '../domain/refusal.ts';
import { roles } from '../domain/roles.ts';
import { outcomes } from '../domain/state.ts';
import { stepNames } from '../domain/steps.ts';
import { products } from '../domain/terms.ts';
import { issuesOf, knownFields } from './faults.ts';
import { moment, toldMoment } from './moments.ts';
import type { ScenarioStep } from './scenario.ts';

const text = (what: string) =>
  z.string({ error: `expected ${what} as a text` }).superRefine((value, context) => {
    const fault = faultOfText(value);
    if (fault !== undefined) context.addIssue({ code: 'custom', message: fault });
  });
const oneOf = <const C extends readonly [string, ...string[]]>(of: C) => z.enum(of, { error: `expected one of ${of.join(', ')}` });
const listed = <T extends string>(of: readonly T[]) =>
  z.enum(Object.fromEntries(of.map((one) => [one, one])) as { [K in T]: K }, { error: `expected one of ${of.join(', ')}` });

const fieldSchema = (field: Field): z.ZodType => {
  const schema = field.kind === 'choice' ? listed(field.of) : field.kind === 'texts' ? z.array(text(field.help)).min(1) : text(field.help);
  return (field.optional ? schema.optional() : schema).describe(field.help);
};

const order = text('the id of an order of this scenario');
const at = moment;
const deliver = z.literal('twice', { error: 'expected twice' }).optional().describe('twice: the same message reaches the order two times');
const refused = listed([...Object.keys(refusalCodes), ...Object.keys(boardRefusals)])
  .optional()
  .describe('the act is refused with this code');
const by = listed(roles);

/** A lot of stock, as a scenario or a step of it has it. */
export const lotSchema = knownFields({ lot: text('the name of the lot'), product: oneOf(products), units: z.int().positive(), opens: moment.optional() });

/** A lot as the rest of the program knows it. */
export const lotOf = ({ lot, opens, ...rest }: z.infer<typeof lotSchema>) => ({ id: lot, ...rest, ...(opens !== undefined && { opensAt: opens }) });

const fact = listed(eventTypes);

/** What a scenario expects of an order; what is left out is not looked at. */
export const expectedFields = {
  stage: oneOf(standings).optional(),
  outcome: oneOf(outcomes).nullable().optional().describe('how the order ended; null where it is open'),
  waitingOn: z.array(by).optional().describe('exactly these roles; an empty list is nobody'),
  units: z.int().nonnegative().optional().describe('ordered units'),
  unitsShipped: z.int().nonnegative().optional(),
  levyMinor: z.int().nonnegative().optional().describe('in minor units of the currency'),
  timeline: z
    .array(z.looseObject({ event: fact, at: toldMoment.optional() }))
    .optional()
    .describe('facts that must stand in the timeline, in this order, each with the fields named here'),
  counts: z.partialRecord(fact, z.int().nonnegative()).optional().describe('how often each of these facts stands in the timeline'),
  never: z.array(fact).optional().describe('facts that must not stand in the timeline'),
};

/** Fields that were left out do not stand there as undefined. */
export const withoutGaps = <T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> };

type Step = z.ZodType<ScenarioStep>;

const actStep = (name: ActName): Step =>
  knownFields({
    at,
    order,
    by,
    act: z.literal(name).describe(actSpec(name).says),
    id: text('a name for the act').optional().describe('under one id an act counts once'),
    arrives: moment.optional().describe('when it reaches the order, where that is later than when it is sent; it counts from then on'),
    deliver,
    refused,
    ...Object.fromEntries(Object.entries<Field>(actSpec(name).fields).map(([field, form]) => [field, fieldSchema(form)])),
  }).transform(({ at: when, order: of, by: role, act: _act, id, arrives, deliver: times, refused: code, ...fields }) => ({
    ...{ kind: 'act' as const, at: when, order: of, name, by: role, fields, isTwice: times === 'twice' },
    ...(id !== undefined && { id }),
    ...(arrives !== undefined && { arrives }),
    ...(code !== undefined && { refused: code }),
  }));

const policyStep = (effect: keyof typeof policyActs): Step =>
  knownFields({
    at,
    order,
    by: z.literal('policy.admin', { error: 'expected policy.admin' }),
    act: z.literal(effect).describe(policyActs[effect].says),
    hold: text('the name of the hold'),
    reason: text('why'),
    arrives: moment.optional().describe('when the order hears of it, where that is later than when it is effective'),
    deliver,
    refused,
  }).transform(({ at: when, order: of, hold, reason, arrives, deliver: times, refused: code }) => ({
    ...{ kind: 'policy' as const, at: when, order: of, effect, hold, reason, isTwice: times === 'twice' },
    ...(arrives !== undefined && { arrives }),
    ...(code !== undefined && { refused: code }),
  }));

const stockStep: Step = knownFields({ at, stock: lotSchema.describe('a lot that comes in') }).transform(({ at: when, stock }) => ({
  kind: 'stock' as const,
  at: when,
  lot: lotOf(stock),
}));

const faultStep: Step = knownFields({
  at,
  order,
  fault: listed(stepFaultNames),
  step: listed(stepNames),
  times: z.int().min(1).max(100).default(1).describe('how many attempts show it'),
}).transform(({ at: when, ...planted }) => ({ kind: 'fault' as const, at: when, ...planted }));

const killStep: Step = knownFields({ at, kill: z.literal('worker').describe('the worker dies and another takes its place') }).transform(({ at: when }) => ({
  kind: 'kill-worker' as const,
  at: when,
}));

const expectStep: Step = knownFields({ at, order, expect: knownFields(expectedFields) }).transform(({ at: when, order: of, expect }) => ({
  kind: 'expect' as const,
  at: when,
  order: of,
  expected: withoutGaps(expect),
}));

const acts: ReadonlyMap<string, Step> = new Map<string, Step>([
  ...actNames.map((name): [string, Step] => [name, actStep(name)]),
  ['hold', policyStep('hold')],
  ['lift', policyStep('lift')],
]);
/** Every kind of step, for editors. */
export const stepSchemas: readonly Step[] = [...acts.values(), stockStep, faultStep, killStep, expectStep];

const unknownStep: Step = z.looseObject({ at, act: listed([...acts.keys()]) }).transform(() => z.NEVER);

/** The form that a step has by the one field that tells its kind. */
function formOf(step: object): Step {
  if ('act' in step) return acts.get(String(step.act)) ?? unknownStep;
  if ('stock' in step) return stockStep;
  if ('fault' in step) return faultStep;
  if ('kill' in step) return killStep;
  return 'expect' in step ? expectStep : unknownStep;
}

/** One step of a scenario: an act, a policy change, stock that comes in, a fault, a dead worker, or a look at an order. */
export const stepSchema = z
  .looseObject({}, { error: 'expected a step such as { at: 2026-01-21, order: A-1, by: us.commerce, act: refer }' })
  .transform((step, context): ScenarioStep => {
    const read = formOf(step).safeParse(step);
    if (read.success) return read.data;
    for (const { path, message, isKey } of issuesOf(read.error)) context.addIssue({ code: 'custom', path: [...path], message, params: { isKey } });
    return z.NEVER;
  });
