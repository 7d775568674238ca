import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EndUseVerdict, endUseFinding, endUseTable } from '../../../domain/rules/end-use.ts';

const verdicts = ['open', 'case-by-case', 'barred', 'unknown'] as const;

describe('what both sides say of an end use', () => {
  it.each([
    ['open', 'open', 'open-to-both', false],
    ['open', 'case-by-case', 'case-by-case', false],
    ['open', 'barred', 'barred-by-china-alone', true],
    ['open', 'unknown', 'not-known', false],
    ['case-by-case', 'open', 'case-by-case', false],
    ['case-by-case', 'case-by-case', 'case-by-case', false],
    ['case-by-case', 'barred', 'barred-by-china-alone', true],
    ['case-by-case', 'unknown', 'not-known', false],
    ['barred', 'open', 'barred-by-us-alone', true],
    ['barred', 'case-by-case', 'barred-by-us-alone', true],
    ['barred', 'barred', 'barred-by-both', false],
    ['barred', 'unknown', 'not-known', false],
    ['unknown', 'open', 'not-known', false],
    ['unknown', 'case-by-case', 'not-known', false],
    ['unknown', 'barred', 'not-known', false],
    ['unknown', 'unknown', 'not-known', false],
  ] as const)('%s in the United States and %s in China: %s', (us, china, finding, isConflict) => {
    const found = endUseFinding({ us, china });
    expect([found.then, found.isConflict]).toEqual([finding, isConflict]);
  });

  it('uses every row of the table', () => {
    const used = verdicts.flatMap((us) => verdicts.map((china) => endUseFinding({ us, china }).name));
    expect(new Set(used)).toEqual(new Set(endUseTable.map(({ name }) => name)));
  });

  it('is a conflict whichever side is the one that bars', () => {
    const verdict = fc.constantFrom<EndUseVerdict>(...verdicts);
    fc.assert(
      fc.property(verdict, verdict, (one, other) => {
        expect(endUseFinding({ us: one, china: other }).isConflict).toBe(endUseFinding({ us: other, china: one }).isConflict);
      }),
    );
  });
});
