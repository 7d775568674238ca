import { z } from 'zod';
import { type ActName, actNames, actSpec, policyActs } from '../domain/acts.ts';
import { digestForm } from '../domain/fields.ts';
import type { Past } from '../domain/past.ts';
import { readAct } from '../domain/read-act.ts';
import { isRefusal } from '../domain/refusal.ts';
import { type StepName, stepNames, stepTraits } from '../domain/steps.ts';
import { fieldSchemas } from './act-fields.ts';
import { issuesOf, knownFields } from './faults.ts';
import { moment } from './moments.ts';
import { oneOf, role, text } from './scenario-parts.ts';
import { stepResults } from './step-results.ts';

/** One entry of a past before it has its place in it, which names an act. */
type WrittenPast = (place: number) => Past;
type Entry = z.ZodType<WrittenPast>;

const expected = 'expected the SHA-256 of the document as 64 small hexadecimal digits';
const digest = z.string({ error: expected }).regex(digestForm, expected);

/** The document that shows it. */
export const evidenceSchema = knownFields({
  document: digest.describe('SHA-256 of the document, as sha256sum tells it'),
  number: text('the number that its issuer gave it'),
  decided: moment.exactOptional().describe('when it was decided, where that is earlier than when it counts'),
});
const told = { at: moment.describe('from when on it counts'), evidence: evidenceSchema };
type Told = z.infer<z.ZodObject<typeof told>>;

const common = ({ at, evidence: { document, number, decided = at } }: Told): Pick<Past, 'at' | 'evidence'> => ({
  at,
  evidence: { document, issuerNumber: number, decidedAt: decided },
});

const actEntry = (name: ActName): Entry =>
  knownFields({ ...told, by: role, act: z.literal(name).describe(actSpec(name).says), ...fieldSchemas(name) }).transform(
    ({ act: _act, at, evidence, by, ...fields }, context): WrittenPast => {
      const read = readAct(name, { ...fields, by }, 'past');
      if (!isRefusal(read)) return (place) => ({ ...common({ at, evidence }), type: 'act', act: { ...read, id: `past-${place}` } });
      context.addIssue({ code: 'custom', message: read.message });
      return z.NEVER;
    },
  );

const holdEntry = (effect: keyof typeof policyActs): Entry =>
  knownFields({
    ...{ ...told, by: oneOf(['policy.admin']), act: z.literal(effect).describe(policyActs[effect].says) },
    ...{ hold: text('the name of the hold'), reason: text('why') },
  }).transform(({ hold, reason, ...entry }): WrittenPast => () => ({ ...common(entry), type: effect, hold, reason }));

const stepEntry = (step: StepName): Entry =>
  knownFields({ ...told, step: z.literal(step).describe(stepTraits[step].says), answer: stepResults[step].describe('what the other side answered') }).transform(
    ({ answer, ...entry }): WrittenPast =>
      () => ({ ...common(entry), type: 'step', step, answer }),
  );

const acts: ReadonlyMap<string, Entry> = new Map<string, Entry>([
  ...actNames.map((name): [string, Entry] => [name, actEntry(name)]),
  ['hold', holdEntry('hold')],
  ['lift', holdEntry('lift')],
]);
const steps: ReadonlyMap<string, Entry> = new Map(stepNames.map((step) => [step, stepEntry(step)]));

/** Every kind of entry, for editors. */
export const pastEntrySchemas: readonly Entry[] = [...acts.values(), ...steps.values()];

const unknownEntry: Entry = z.looseObject({ at: moment, act: oneOf([...acts.keys()]) }).transform(() => z.NEVER);
const unknownStep: Entry = z.looseObject({ at: moment, step: oneOf(stepNames) }).transform(() => z.NEVER);

const formOf = (entry: object): Entry =>
  'step' in entry ? (steps.get(String(entry.step)) ?? unknownStep) : ((('act' in entry && acts.get(String(entry.act))) || undefined) ?? unknownEntry);

/** Something that an order has lived through: an act, the answer of a step, a hold or its lift. */
export const pastEntrySchema = z
  .looseObject({}, { error: 'expected an entry such as { at: 2025-11-05, by: us.commerce, act: refer, evidence: ... }' })
  .transform((entry, context): WrittenPast => {
    const read = formOf(entry).safeParse(entry);
    if (read.success) return read.data;
    for (const { path, message, isKey } of issuesOf(read.error)) context.addIssue({ code: 'custom', path: [...path], message, params: { isKey } });
    return z.NEVER;
  });
