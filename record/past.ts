import { z } from 'zod';
import { isPastFault, importedOrder } from '../domain/importing.ts';
import { digestForm } from '../domain/fields.ts';
import type { OrderEvent } from '../domain/events.ts';
import type { Import, Past } from '../domain/past.ts';
import { readAct } from '../domain/read-act.ts';
import { isRefusal } from '../domain/refusal.ts';
import type { Signed } from '../domain/signing/signed.ts';
import type { Order } from '../domain/state.ts';
import { stepNames, type StepResults } from '../domain/steps.ts';
import { nodePrimitives } from '../trust/primitives.ts';
import { tampered } from './fault.ts';
import type { Entry } from './format.ts';

const moment = z.int().min(0);
const text = z.string().min(1);
const evidence = z.strictObject({ document: z.string().regex(digestForm), issuerNumber: text, decidedAt: moment });
const told = { at: moment, evidence };
const act = z.looseObject({ name: z.string() }).transform(({ name, ...payload }, context) => {
  const read = readAct(name, payload, '');
  if (!isRefusal(read)) return read;
  context.addIssue({ code: 'custom', message: read.message });
  return z.NEVER;
});
/** Whether it is an answer of its step is found where the rules take it. */
const answer = z.custom<StepResults[(typeof stepNames)[number]]>((value) => typeof value === 'object' && value !== null);
const past: z.ZodType<Past> = z.discriminatedUnion('type', [
  z.strictObject({ ...told, type: z.literal('act'), act }),
  z.strictObject({ ...told, type: z.literal('step'), step: z.enum(stepNames), answer }),
  z.strictObject({ ...told, type: z.enum(['hold', 'lift']), hold: text, reason: text }),
]);
const importSchema = z.object({ at: moment, recordedAt: moment, past: z.array(past), notYet: z.array(z.enum(stepNames)) });

/** When a person signed what an entry tells: an import is signed when it is recorded, and told at the time at which the order began. */
export const signedAt = ({ at, event }: Entry): number =>
  event['type'] === 'order-imported' && typeof event['recordedAt'] === 'number' ? event['recordedAt'] : at;

/** The import that an entry tells. Throws `RecordFault`. */
export function importIn({ event, sequence: index }: Entry): Import {
  const read = importSchema.safeParse(event);
  if (!read.success)
    throw tampered('entry-malformed', `entry ${index} tells an import in another form than there is: ${read.error.issues[0]?.path.join('.')}`, { index });
  const { at: submittedAt, recordedAt, past: entries, notYet } = read.data;
  return { submittedAt, recordedAt, past: entries, notYet };
}

/** What must stand in the record of an order that was imported with this past, up to the end of the import. Throws `RecordFault`. */
export function livedIn({ sequence: index }: Entry, opened: Order, imported: Import, signed: Signed | undefined): readonly OrderEvent[] {
  const lived = importedOrder(opened, imported, nodePrimitives, signed);
  if (isPastFault(lived)) throw tampered('rules-refuse', `entry ${index}: no order can have lived through this past: ${lived.refusal.message}`, { index });
  return lived.events;
}
