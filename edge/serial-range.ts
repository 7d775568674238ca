import { z } from 'zod';
import { rangeForm, readSerialRange } from '../domain/serial-range.ts';

/** Serial numbers as people write them, `FIRST..LAST`, with the count of those that lie between, both ends included. */
export const serialRange = z.string().transform((text, context) => {
  const range = readSerialRange(text);
  if (range) return range;
  context.addIssue({ code: 'custom', message: `expected ${rangeForm}` });
  return z.NEVER;
});
