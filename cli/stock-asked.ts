import { products } from '../domain/terms.ts';
import { code } from '../edge/order-file.ts';
import { serialRange } from '../edge/serial-range.ts';
import type { SerialRange } from '../domain/serial-range.ts';
import { usage } from './failure.ts';

/** A product on a command line. Throws `CommandFailure`, `product-unknown`. */
export function productOf(text: string): string {
  if (products.some((product) => product === text)) return text;
  throw usage(`product ${text.slice(0, 40)} is unknown; accepted are ${products.join(', ')}`, 'product-unknown');
}

/** Units on a command line: whole and at least one. Throws `CommandFailure`, `units-invalid`. */
export function unitsOf(text: string): number {
  const units = Number(text);
  if (/^\d+$/.test(text) && units > 0 && units < 2 ** 31) return units;
  throw usage(`--units ${text.slice(0, 40)}: expected a whole number from 1 to ${2 ** 31 - 1}`, 'units-invalid');
}

/** The name of a lot or window on a command line. Throws `CommandFailure`, `name-invalid`. */
export const nameOf =
  (what: string) =>
  (text: string): string => {
    const read = code(what).safeParse(text);
    if (read.success) return read.data;
    throw usage(`${text.slice(0, 40)}: ${read.error.issues[0]?.message ?? 'not of its form'}`, 'name-invalid');
  };

/** Serial ranges, one more on a command line. Throws `CommandFailure`, `serials-invalid`. */
export function serialsOf(text: string, before: readonly SerialRange[] = []): SerialRange[] {
  const read = serialRange.safeParse(text);
  if (read.success) return [...before, read.data];
  throw usage(`--serials ${text.slice(0, 140)}: ${read.error.issues[0]?.message ?? 'not of its form'}`, 'serials-invalid');
}
