import { z } from 'zod';

const expected = 'expected serial numbers as FIRST..LAST: one prefix, as many digits in both, the first not past the last, such as H2-000001..H2-000500';
const form = /^([A-Za-z0-9/_-]{1,64})\.\.([A-Za-z0-9/_-]{1,64})$/;
/** More digits at the end would be past what a number holds exactly. */
const tail = /^(.*?)(\d{1,15})$/;

/** Serial numbers as people write them, `FIRST..LAST`, with the count of those that lie between, both ends included. */
export const serialRange = z.string().transform((text, context) => {
  const [, first = '', last = ''] = form.exec(text) ?? [];
  const [, prefix, from] = tail.exec(first) ?? [];
  const [, samePrefix, to] = tail.exec(last) ?? [];
  const units = Number(to) - Number(from) + 1;
  if (prefix !== undefined && prefix === samePrefix && !/\d$/.test(prefix) && first.length === last.length && units >= 1) return { first, last, units };
  context.addIssue({ code: 'custom', message: expected });
  return z.NEVER;
});
