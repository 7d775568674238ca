/** Serial numbers of one prefix and one length, both ends included; `units` is how many they are. */
export interface SerialRange {
  readonly first: string;
  readonly last: string;
  readonly units: number;
}

/** What a range looks like, for who has written another. */
export const rangeForm = 'serial numbers as FIRST..LAST: one prefix, as many digits in both, the first not past the last, such as H2-000001..H2-000500';

const form = /^([A-Za-z0-9/_-]{1,64})\.\.([A-Za-z0-9/_-]{1,64})$/;
/** More digits at the end would be past what a number holds exactly. */
const tail = /^(.*?)(\d{1,15})$/;

/** Reads serial numbers as people write them, `FIRST..LAST`, and counts those that lie between, both ends included; undefined where a text is no such range. */
export function readSerialRange(text: string): SerialRange | undefined {
  const [, first = '', last = ''] = form.exec(text) ?? [];
  const [, prefix, from] = tail.exec(first) ?? [];
  const [, samePrefix, to] = tail.exec(last) ?? [];
  const units = Number(to) - Number(from) + 1;
  return prefix !== undefined && prefix === samePrefix && !/\d$/.test(prefix) && first.length === last.length && units >= 1
    ? { first, last, units }
    : undefined;
}
