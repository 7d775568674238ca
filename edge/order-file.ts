import { z } from 'zod';
import { currencies, customerClasses, endUses, limits, type OrderTerms, products } from '../domain/terms.ts';
import { DocumentError, knownFields } from './faults.ts';
import { readDocument, understand } from './documents.ts';

/** An id or code as it may be written; a fault says what is accepted. */
export const code = (what: string) =>
  z
    .string({ error: `expected ${what} as a text` })
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, `expected ${what} of 1 to 64 letters, digits, dots, hyphens or underscores, beginning with a letter or digit`)
    .refine((text) => !text.includes('..'), `${what} may not contain two dots in a row`);

const wholeNumber = (what: string, most: number) =>
  z
    .int({ error: `expected ${what} as a whole number from 1 to ${most}` })
    .min(1, `expected at least 1`)
    .max(most, `expected at most ${most}`);

/** What an order file says of one order; keys that are not listed here are faults. */
export const orderSchema = knownFields({
  id: code('an order id'),
  customer: code('a customer code'),
  customerClass: z.enum(customerClasses),
  product: z.enum(products),
  units: wholeNumber('units', limits.units),
  unitPriceMinor: wholeNumber('the price of one unit in minor units', limits.revenueMinor),
  currency: z.enum(currencies),
  endUse: z.enum(endUses),
  reviews: z.enum(['in-sequence', 'side-by-side']).default('in-sequence'),
  fileApplication: z.enum(['when-allocated', 'by-act']).default('by-act'),
  shipBy: z.iso.date('expected a calendar day such as 2026-02-16').optional(),
  replaces: code('the id of the order that this one replaces').optional(),
  policy: code('a policy id').optional(),
}).refine((order) => order.units * order.unitPriceMinor <= limits.revenueMinor, {
  path: ['unitPriceMinor'],
  message: `units times unitPriceMinor is past ${limits.revenueMinor} minor units`,
});

/** An order as a person wrote it: its terms, and the policy where it names one. */
export interface WrittenOrder {
  readonly terms: OrderTerms;
  readonly policy: string | undefined;
}

export function writtenOrder({ policy, shipBy, replaces, ...terms }: z.infer<typeof orderSchema>): WrittenOrder {
  return { terms: { ...terms, ...(shipBy !== undefined && { shipBy }), ...(replaces !== undefined && { replaces }) }, policy };
}

/** Reads one order or a list of orders from a YAML or JSON file. */
export function readOrders(file: string): WrittenOrder[] {
  const document = readDocument(file);
  const written = Array.isArray(document.value) ? understand(document, z.array(orderSchema).min(1)) : [understand(document, orderSchema)];
  const twice = written.flatMap((order, index) =>
    written.findIndex((one) => one.id === order.id) < index ? [document.fault({ path: [index, 'id'], message: `${order.id} stands in this file before` })] : [],
  );
  if (twice.length > 0) throw new DocumentError(file, twice);
  return written.map(writtenOrder);
}
