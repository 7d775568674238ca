import { z } from 'zod';
import { currencies, endUses, limits, products } from '../domain/terms.ts';
import { stepNames } from '../domain/steps.ts';
import { knownFields } from './faults.ts';
import { moment } from './moments.ts';
import { code, orderSchema } from './order-file.ts';
import { evidenceSchema, pastEntrySchema, pastEntrySchemas } from './past-entry.ts';
import { oneOf, text } from './scenario-parts.ts';

const amount = (least: number, most: number) =>
  z.int({ error: 'expected a whole number' }).min(least, `expected at least ${least}`).max(most, `expected at most ${most}`);
const day = z.iso.date({ error: 'expected a calendar day such as 2026-02-16' });

const licenseSchema = knownFields({
  number: text('the number of the license'),
  order: code('the id of the order that it was issued to'),
  customer: code('a customer code'),
  parties: z.array(code('a code')).default([]).describe('the parties besides the customer'),
  product: z.enum(products),
  endUse: z.enum(endUses),
  units: amount(1, limits.units).describe('units that were licensed'),
  valueMinor: amount(0, limits.revenueMinor).describe('the value that was licensed, in minor units'),
  currency: z.enum(currencies),
  issued: day.describe('the day of issue in Washington'),
  expires: day.nullable().default(null).describe('the last day on which it is good; left out where it names none'),
  conditions: z.array(text('a condition')).default([]),
  used: knownFields({ units: amount(0, limits.units), valueMinor: amount(0, limits.revenueMinor) })
    .default({ units: 0, valueMinor: 0 })
    .describe('what had left under it by now, by goods that are not shipped from here'),
  evidence: evidenceSchema,
})
  .refine(({ used, units }) => used.units <= units, { path: ['used', 'units'], error: 'more units are used than were licensed' })
  .refine(({ used, valueMinor }) => used.valueMinor <= valueMinor, { path: ['used', 'valueMinor'], error: 'more is used than was licensed' })
  .refine(({ used }) => used.units > 0 || used.valueMinor === 0, { path: ['used', 'valueMinor'], error: 'no unit is used, and so no value: expected 0' })
  .refine(({ issued, expires }) => expires === null || expires >= issued, { path: ['expires'], error: 'lies before the day of issue' });
export type WrittenLicense = z.infer<typeof licenseSchema>;

/** What a file of orders in flight says; `entry` is the form of what is told of their past. */
const importForm = <E extends z.ZodType>(entry: E) =>
  knownFields({
    licenses: z.array(licenseSchema).default([]).describe('licenses that orders still draw on, and what is used of them'),
    orders: z
      .array(
        orderSchema.safeExtend({
          submitted: moment.describe('when the order began'),
          past: z.array(entry).describe('what it has lived through since, in the order of time'),
          notYet: z.array(oneOf(stepNames)).default([]).describe('steps that cannot be undone, which it waits for and which have not happened'),
        }),
      )
      .default([]),
  });

export const importSchema = importForm(pastEntrySchema).refine(({ orders, licenses }) => orders.length + licenses.length > 0, {
  error: 'expected `orders`, `licenses` or both',
});

/** The form of such a file as JSON Schema, for editors. Whether an order can have lived through its past is found when a file is read. */
export function importJsonSchema(): object {
  const form = importForm(z.union(pastEntrySchemas)).describe('Orders in flight and licenses that are used in part, for twokey import.');
  return { title: 'twokey import', ...z.toJSONSchema(form, { io: 'input' }) };
}
