import { describe, expect, it } from 'vitest';
import { isPolicyChange } from '../../domain/policy-change.ts';

const change = { id: 'P-7', effect: 'hold', epoch: 1, reason: 'review' };

describe('a signal that says it is a policy change', () => {
  it.each([change, { ...change, effect: 'lift', epoch: 0 }, { ...change, epoch: Number.MAX_SAFE_INTEGER }])('is one where it is of its form: %j', (value) => {
    expect(isPolicyChange(value)).toBe(true);
  });

  it.each([
    undefined,
    null,
    'hold',
    7,
    [],
    {},
    { ...change, id: undefined },
    { ...change, id: '' },
    { ...change, id: 'P\u202e7' },
    { ...change, id: 'x'.repeat(2_001) },
    { ...change, effect: 'pause' },
    { ...change, effect: undefined },
    { ...change, epoch: '1' },
    { ...change, epoch: 1.5 },
    { ...change, epoch: Number.NaN },
    { ...change, epoch: 2 ** 53 },
    { ...change, reason: '' },
    { ...change, reason: 'a\u0000b' },
    { ...change, reason: 7 },
  ])('is none otherwise, and the order ignores it: %j', (value) => {
    expect(isPolicyChange(value)).toBe(false);
  });
});
