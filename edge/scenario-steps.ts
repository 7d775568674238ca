import { z } from 'zod';
import { type ActName, actNames, actSpec, policyActs } from '../domain/acts.ts';
import { stepFaultNames, stepFaults } from '../domain/faults.ts';
import { boardRefusals } from '../domain/policy-change.ts';
import { refusalCodes } from '../domain/refusal.ts';
import { stepNames } from '../domain/steps.ts';
import { fieldSchemas } from './act-fields.ts';
import { issuesOf, knownFields } from './faults.ts';
import { moment } from './moments.ts';
import { licenseChanges, type ScenarioStep, type StorySignature } from './scenario.ts';
import { expectedFields, lotSchema, oneOf, orderId, role, text } from './scenario-parts.ts';

type Step = z.ZodType<ScenarioStep>;

const refusalCode = oneOf([...Object.keys(refusalCodes), ...Object.keys(boardRefusals)]).meta({ id: 'RefusalCode' });
const world = oneOf(stepNames).meta({ id: 'StepOfTheWorld' });

/** How a message travels, and what is expected of it. */
const message = {
  arrives: moment.exactOptional().describe('when it reaches the order, where that is later than when it is sent'),
  deliver: oneOf(['twice']).exactOptional().describe('twice: the same message reaches the order two times'),
  refused: refusalCode.exactOptional().describe('it is refused with this code'),
};

/** Who signs, in a scenario of signed acts. */
const signature = {
  signer: text("a person's code").exactOptional().describe('who signs, where it is not whoever holds the role'),
  confirmedBy: text("a person's code").exactOptional().describe('who signs second, where the act takes two'),
  recordedOn: knownFields({ issuerNumber: text('the number of the document'), decided: moment })
    .exactOptional()
    .describe('the desk records what the authority decided'),
};
interface WrittenSignature {
  readonly signer?: string | undefined;
  readonly confirmedBy?: string | undefined;
  readonly recordedOn?: { readonly issuerNumber: string; readonly decided: number } | undefined;
}
const signatureOf = ({ signer, confirmedBy, recordedOn }: WrittenSignature): StorySignature => ({
  ...(signer !== undefined && { signer }),
  ...(confirmedBy !== undefined && { confirmedBy }),
  ...(recordedOn && { recordedOn: { issuerNumber: recordedOn.issuerNumber, decidedAt: recordedOn.decided } }),
});

const actStep = (name: ActName): Step =>
  knownFields({
    at: moment,
    order: orderId,
    by: role,
    act: z.literal(name).describe(actSpec(name).says),
    id: text('a name for the act').exactOptional().describe('under one id an act counts once'),
    ...message,
    ...signature,
    ...fieldSchemas(name),
  }).transform(({ act: _act, deliver, at, order, by, id, arrives, refused, signer, confirmedBy, recordedOn, ...fields }) => ({
    ...{ kind: 'act' as const, at, order, name, by, fields, isTwice: deliver === 'twice' },
    signature: signatureOf({ signer, confirmedBy, recordedOn }),
    ...(id !== undefined && { id }),
    ...(arrives !== undefined && { arrives }),
    ...(refused !== undefined && { refused }),
  }));

const policyStep = (effect: keyof typeof policyActs): Step =>
  knownFields({
    at: moment,
    order: orderId,
    by: oneOf(['policy.admin']),
    act: z.literal(effect).describe(policyActs[effect].says),
    hold: text('the name of the hold'),
    reason: text('why'),
    ...message,
    signer: signature.signer,
    confirmedBy: signature.confirmedBy,
  }).transform(({ act: _act, by: _by, deliver, signer, confirmedBy, ...told }) => ({
    ...{ kind: 'policy' as const, effect, isTwice: deliver === 'twice', signature: signatureOf({ signer, confirmedBy }) },
    ...told,
  }));

const stockStep: Step = knownFields({ at: moment, stock: lotSchema.describe('a lot that comes in') }).transform(({ at, stock }) => ({
  ...{ kind: 'stock' as const, at, lot: stock },
}));

const licenseChange = knownFields({
  number: text('the number of a license'),
  change: oneOf(licenseChanges),
  units: z.int().positive().exactOptional().describe('how many units are revoked; without it, the whole license'),
  reason: text('why'),
});
const licenseStep: Step = knownFields({ at: moment, license: licenseChange.describe('what Commerce does to a license') }).transform(({ at, license }) => ({
  ...{ kind: 'license' as const, at, change: license },
}));

const faultStep: Step = knownFields({
  at: moment,
  order: orderId,
  fault: oneOf(stepFaultNames).describe(stepFaultNames.map((name) => `${name}: ${stepFaults[name]}`).join('; ')),
  step: world,
  times: z.int().min(1).max(100).default(1).describe('how many attempts show it'),
}).transform((planted) => ({ kind: 'fault' as const, ...planted }));

const killStep: Step = knownFields({ at: moment, kill: oneOf(['worker']).describe('the worker dies and another takes its place') }).transform(({ at }) => ({
  ...{ kind: 'kill-worker' as const, at },
}));

const expectStep: Step = knownFields({ at: moment, order: orderId, expect: knownFields(expectedFields) }).transform(({ expect, ...where }) => ({
  ...{ kind: 'expect' as const, expected: expect, ...where },
}));

const acts: ReadonlyMap<string, Step> = new Map<string, Step>([
  ...actNames.map((name): [string, Step] => [name, actStep(name)]),
  ['hold', policyStep('hold')],
  ['lift', policyStep('lift')],
]);
/** Every kind of step, for editors. */
export const stepSchemas: readonly Step[] = [...acts.values(), stockStep, licenseStep, faultStep, killStep, expectStep];

const unknownStep: Step = z.looseObject({ at: moment, act: oneOf([...acts.keys()]) }).transform(() => z.NEVER);

/** The form that a step has by the one field that tells its kind. */
function formOf(step: object): Step {
  if ('act' in step) return acts.get(String(step.act)) ?? unknownStep;
  if ('stock' in step) return stockStep;
  if ('license' in step) return licenseStep;
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
    for (const { path, message: what, isKey } of issuesOf(read.error)) context.addIssue({ code: 'custom', path: [...path], message: what, params: { isKey } });
    return z.NEVER;
  });
