import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { serialRange } from '../../edge/serial-range.ts';

describe('a serial range', () => {
  it.each([
    ['H2-0001..H2-0015', { first: 'H2-0001', last: 'H2-0015', units: 15 }],
    ['7..7', { first: '7', last: '7', units: 1 }],
    ['A/9-098..A/9-102', { first: 'A/9-098', last: 'A/9-102', units: 5 }],
  ])('%s counts both its ends', (text, range) => {
    expect(serialRange.parse(text)).toEqual(range);
  });

  it.each([
    ['one number', 'H2-0001'],
    ['the last before the first', 'H2-0002..H2-0001'],
    ['two prefixes', 'H2-0001..H3-0002'],
    ['two lengths', 'H2-1..H2-10'],
    ['no digits at the end', 'H2-A..H2-B'],
    ['more digits than a number holds', `${'1'.repeat(16)}..${'1'.repeat(16)}`],
    ['something else', 'H2 1..H2 2'],
    ['three dots', 'A1...A2'],
    ['nothing', ''],
  ])('is not %s', (_what, text) => {
    expect(serialRange.safeParse(text).error?.issues[0]?.message).toMatch(/^expected serial numbers as FIRST\.\.LAST/);
  });

  it('has as many units as there are numbers in it', () => {
    const digits = 6;
    const written = (number: number): string => `X-${String(number).padStart(digits, '0')}`;
    fc.assert(
      fc.property(fc.nat(10 ** digits - 1), fc.nat(10 ** digits - 1), (one, other) => {
        const [first, last] = [Math.min(one, other), Math.max(one, other)];
        expect(serialRange.parse(`${written(first)}..${written(last)}`).units).toBe(last - first + 1);
      }),
    );
  });
});
