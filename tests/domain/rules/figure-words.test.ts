import { describe, expect, it } from 'vitest';
import { boundsInWords, grouped } from '../../../domain/rules/figure-words.ts';

describe('figures in words', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1_000, '1,000'],
    [21_000, '21,000'],
    [1_234_567.5, '1,234,567.5'],
    [20_999.123456, '20,999.123456'],
  ])('%d is %s', (value, words) => {
    expect(grouped(value)).toBe(words);
  });

  it.each([
    [{}, 'tpp', 'any'],
    [{ below: 21_000 }, 'tpp', 'below 21,000'],
    [{ above: 4_500, below: 5_000 }, 'bandwidth', 'above 4,500 GB/s and below 5,000 GB/s'],
    [{ from: 1_600, below: 4_800 }, 'tpp', 'at least 1,600 and below 4,800'],
  ] as const)('%j of %s is "%s"', (range, figure, words) => {
    expect(boundsInWords(range, figure)).toBe(words);
  });
});
