import { z } from 'zod';
import { actNames, isActName } from '../../../domain/acts.ts';

const act = z.string().refine(isActName, `expected one of ${actNames.join(', ')}`);

/** Something that a reader is given, good or bad; as a file of the corpus it says what it is about and what becomes of it. */
const specimenForms = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('act'), update: act, envelope: z.unknown() }),
  z.strictObject({ kind: z.literal('change'), envelope: z.unknown() }),
  z.strictObject({ kind: z.literal('claims'), text: z.string() }),
  z.strictObject({ kind: z.literal('delegation'), jws: z.string() }),
  z.strictObject({ kind: z.literal('keyring'), jws: z.string() }),
  z.strictObject({ kind: z.literal('statement'), jws: z.string() }),
  z.strictObject({ kind: z.literal('record'), text: z.string() }),
]);
export type Specimen = z.infer<typeof specimenForms>;
export type Kind = Specimen['kind'];

const fileForm = z.strictObject({ about: z.string(), code: z.string().nullable(), specimen: specimenForms });
/** A specimen that is kept. `code` is what it comes to, and null where it is known only that the readers must agree on it. */
export type Kept = z.infer<typeof fileForm>;

export const readKept = (text: string): Kept => fileForm.parse(JSON.parse(text));
