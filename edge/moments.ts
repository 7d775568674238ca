import { z } from 'zod';

const example = 'expected a day such as 2026-01-21 or a moment such as 2026-01-21T15:00Z';
/** No order and no story is older. */
export const firstYear = 2000;
const lastYear = 2199;

const written = z
  .union([z.iso.date(), z.iso.datetime({ precision: -1 }), z.iso.datetime()], { error: example })
  .refine((text) => Number(text.slice(0, 4)) >= firstYear && Number(text.slice(0, 4)) <= lastYear, `${example}, from ${firstYear} to ${lastYear}`);

/** A day or a moment as people write it, in UTC; read as epoch milliseconds. */
export const moment = written.transform((text) => Date.parse(text)).meta({ id: 'Moment' });

/** A day, or a moment to the minute, as a timeline tells it: `2026-01-21` or `2026-01-21T15:00Z`. */
export const toldMoment = written.transform((text) => (text.length > 10 ? `${new Date(text).toISOString().slice(0, 16)}Z` : text)).meta({ id: 'ToldMoment' });
