import { z } from 'zod';

const example = 'expected a day such as 2026-01-21 or a moment such as 2026-01-21T15:00:00Z';
const firstYear = 2000;
const lastYear = 2199;

/** A day or a moment as people write it, in UTC; read as epoch milliseconds. */
export const moment = z
  .union([z.iso.date(), z.iso.datetime()], { error: example })
  .refine((text) => Number(text.slice(0, 4)) >= firstYear && Number(text.slice(0, 4)) <= lastYear, `${example}, from ${firstYear} to ${lastYear}`)
  .transform((text) => Date.parse(text));

/** A day or a moment that stays the text it is. */
export const writtenMoment = z.union([z.iso.date(), z.iso.datetime()], { error: example });
