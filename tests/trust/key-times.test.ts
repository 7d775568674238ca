import { describe, expect, it } from 'vitest';
import { emptyKeyring, findKey, withKey, withRevocation, withRotation } from '../../trust/keyring-changes.ts';
import { keyAt, type Keyring } from '../../domain/signing/keyring.ts';
import { freshKey } from '../../trust/private-key.ts';
import { day, faultOf } from './keys-for-tests.ts';

const now = day('2026-01-01');
const keys = await Promise.all([1, 2, 3].map(() => freshKey()));
const [first, second, third] = keys.map(({ keyId: id, publicKey }) => ({ id, publicKey }));
if (!first || !second || !third) throw new Error('no keys were made');
const terms = { role: 'us.commerce', holder: 'jane.doe', from: now, until: null } as const;
const one: Keyring = withKey(emptyKeyring(0), { ...first, ...terms }, now);
const rotated = withRotation(one, first.id, second, day('2026-07-01'), day('2026-03-01'));
const revoked = withRevocation(rotated, first.id, { at: day('2026-02-01'), reason: 'laptop lost' }, day('2026-04-01'));
const bounded = withKey(emptyKeyring(0), { ...first, ...terms, until: day('2026-02-01') }, now);

describe('what a key signed counts', () => {
  it.each([
    ['from its first moment', one, first.id, '2026-01-01T00:00:00.000Z', 'counts'],
    ['not before', one, first.id, '2025-12-31T23:59:59.999Z', 'key-not-yet'],
    ['for years', one, first.id, '2036-01-01T00:00:00.000Z', 'counts'],
    ['up to its end', bounded, first.id, '2026-01-31T23:59:59.999Z', 'counts'],
    ['not at its end', bounded, first.id, '2026-02-01T00:00:00.000Z', 'key-expired'],
    ['before it was rotated', rotated, first.id, '2026-06-30T23:59:59.999Z', 'counts'],
    ['not from the moment of rotation on', rotated, first.id, '2026-07-01T00:00:00.000Z', 'key-expired'],
    ['when it follows, not before the moment of rotation', rotated, second.id, '2026-06-30T23:59:59.999Z', 'key-not-yet'],
    ['when it follows, from the moment of rotation on', rotated, second.id, '2026-07-01T00:00:00.000Z', 'counts'],
    ['when it follows, for an order that waited for years', rotated, second.id, '2029-07-01T00:00:00.000Z', 'counts'],
    ['before it was revoked', revoked, first.id, '2026-01-31T23:59:59.999Z', 'counts'],
    ['not from its revocation on', revoked, first.id, '2026-02-01T00:00:00.000Z', 'key-revoked'],
    ['not after its revocation and end', revoked, first.id, '2026-08-01T00:00:00.000Z', 'key-revoked'],
    ['though the key before it was revoked', revoked, second.id, '2026-08-01T00:00:00.000Z', 'counts'],
    ['not, if nobody knows it', one, second.id, '2026-08-01T00:00:00.000Z', 'key-unknown'],
    ['not, if it is called like a property of every object', one, '__proto__', '2026-08-01T00:00:00.000Z', 'key-unknown'],
    ['not at a moment that is none', one, first.id, 'never', 'key-not-yet'],
  ] as const)('%s', (_what, keyring, id, at, answer) => {
    const found = keyAt(keyring, id, Date.parse(at));
    expect('refused' in found ? found.refused : 'counts').toBe(answer);
    expect('refused' in found ? found.message : found.id).toContain(id);
  });

  it('under one key of a holder and role at any moment', () => {
    for (const at of ['2026-01-01', '2026-06-30', '2026-07-01', '2027-01-01'])
      expect(rotated.keys.filter(({ id }) => !('refused' in keyAt(rotated, id, day(at))))).toHaveLength(1);
  });
});

describe('a keyring', () => {
  it('rises by one with every change, and keeps every key', () => {
    expect([one, rotated, revoked].map(({ sequence, keys: { length } }) => [sequence, length])).toEqual([
      [1, 1],
      [2, 2],
      [3, 2],
    ]);
  });

  it('takes a new key of the same person after the revocation, and the same key of nobody twice', async () => {
    const lost = withRevocation(one, first.id, { at: day('2026-02-01'), reason: 'laptop lost' }, day('2026-04-01'));
    expect(withKey(lost, { ...terms, ...second, from: day('2026-04-01') }, day('2026-04-01')).keys).toHaveLength(2);
    expect((await faultOf(() => withKey(lost, { ...terms, ...first, from: day('2026-04-01') }, day('2026-04-01')))).code).toBe('key-exists');
  });

  it('takes an earlier revocation in place of a later one, for whoever learns more', () => {
    const earlier = withRevocation(revoked, first.id, { at: now - 1, reason: 'never was hers' }, day('2026-05-01'));
    expect(keyAt(earlier, first.id, now)).toMatchObject({ refused: 'key-revoked' });
  });

  it('finds a key by the beginning of its id, if there are 8 characters of it and no other begins so', async () => {
    expect(findKey(rotated, first.id.slice(0, 8))).toMatchObject(first);
    const twins = { ...one, keys: [0, 1].map((index) => ({ ...terms, ...first, id: `${first.id.slice(0, 42)}${index}`, revoked: null })) };
    expect((await faultOf(() => findKey(twins, first.id.slice(0, 42)))).code).toBe('key-ambiguous');
    for (const text of [first.id.slice(0, 7), '', '........', `${first.id}x`, 'constructor'])
      expect((await faultOf(() => findKey(one, text))).code).toBe('key-unknown');
  });

  const later = day('2026-03-01');
  it.each([
    ['a second key for a holder and role', 'key-exists', () => withKey(one, { ...terms, ...second }, now)],
    ['a key that lies before one, and runs into it', 'key-exists', () => withKey(one, { ...terms, ...second, from: day('2025-01-01') }, now)],
    ['a key that ends before it begins', 'moment-invalid', () => withKey(one, { ...terms, ...third, holder: 'x', until: now - 1 }, now)],
    ['a key that ends when it begins', 'moment-invalid', () => withKey(one, { ...terms, ...third, holder: 'x', until: now }, now)],
    ...['', '.x', '-x', 'a b', 'a..b', 'a/b', 'x'.repeat(65), 'j\u0430ne', 'a\n'].map(
      (holder) => [`a holder called ${JSON.stringify(holder)}`, 'holder-invalid', () => withKey(one, { ...terms, ...second, holder }, now)] as const,
    ),
    ['the rotation of an unknown key', 'key-unknown', () => withRotation(one, third.id, second, later, later)],
    ['a rotation as of the past', 'moment-invalid', () => withRotation(one, first.id, second, later - 1, later)],
    ['a rotation before the key begins', 'moment-invalid', () => withRotation(rotated, second.id, third, day('2026-06-30'), later)],
    ['a rotation after the key ends', 'moment-invalid', () => withRotation(rotated, first.id, third, day('2026-07-02'), later)],
    ['a rotation to the same key', 'key-exists', () => withRotation(one, first.id, first, later, later)],
    ['the rotation of a key that has ended', 'key-ended', () => withRotation(bounded, first.id, second, later, later)],
    ['the rotation of a revoked key', 'key-ended', () => withRotation(revoked, first.id, third, later, later)],
    ['the revocation of an unknown key', 'key-unknown', () => withRevocation(one, third.id, { at: now, reason: 'lost' }, now)],
    ['a revocation in the future', 'moment-invalid', () => withRevocation(one, first.id, { at: later + 1, reason: 'lost' }, later)],
    ['a second revocation as of the same moment', 'key-ended', () => withRevocation(revoked, first.id, { at: day('2026-02-01'), reason: 'lost' }, later)],
    ['a revocation after the end', 'key-ended', () => withRevocation(bounded, first.id, { at: later, reason: 'lost' }, later)],
    ['a revocation without a reason', 'reason-invalid', () => withRevocation(one, first.id, { at: now, reason: ' ' }, now)],
    ['a reason that reads backwards', 'reason-invalid', () => withRevocation(one, first.id, { at: now, reason: 'a\u202eb' }, now)],
  ] as const)('refuses %s', async (_what, code, change) => {
    expect((await faultOf(change)).code).toBe(code);
  });
});
