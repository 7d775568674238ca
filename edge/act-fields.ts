import { z } from 'zod';
import { type ActName, actSpec } from '../domain/acts.ts';
import type { Field } from '../domain/fields.ts';
import { oneOf, text } from './scenario-parts.ts';

/** A whole number as people write it in YAML, with or without quotes; acts carry digits, since only texts are signed. */
const counted = z.union([z.int().min(1), z.string().regex(/^[1-9]\d{0,8}$/)], { error: 'expected a whole number of at least 1' }).transform(String);
const calendarDay = z.iso.date({ error: 'expected a calendar day such as 2026-02-16' });
/** Some of a few words, each at most once. */
const someOf = (of: readonly string[]) =>
  z
    .array(oneOf(of), { error: `expected a list of ${of.join(', ')}` })
    .min(1)
    .refine((words) => new Set(words).size === words.length, 'expected each at most once')
    .meta({ uniqueItems: true });

function valueSchema(field: Field): z.ZodType {
  switch (field.kind) {
    case 'text':
      return text(field.help);
    case 'texts':
      return z.array(text(field.help)).min(1);
    case 'choice':
      return oneOf(field.of);
    case 'choices':
      return someOf(field.of);
    case 'count':
      return counted;
    case 'day':
      return calendarDay;
  }
}

const fieldSchema = (field: Field): z.ZodType => {
  const schema = valueSchema(field);
  return (field.optional ? schema.exactOptional() : schema).describe(field.help);
};

/** The fields of an act as people write them in a file, each by its name. */
export const fieldSchemas = (name: ActName): Readonly<Record<string, z.ZodType>> =>
  Object.fromEntries(Object.entries<Field>(actSpec(name).fields).map(([field, form]) => [field, fieldSchema(form)]));
