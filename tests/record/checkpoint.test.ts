import { describe, expect, it } from 'vitest';
import { NotConsistent, provenGrowth, readCheckpoint, signCheckpoint, treeHead } from '../../record/checkpoint.ts';
import { leafOf } from '../../record/leaf.ts';
import { isConsistent } from '../../record/merkle.ts';
import { readKeyring } from '../../trust/keyring.ts';
import { signerOf, testDesk } from './keys.ts';

const at = Date.UTC(2026, 5, 1);
const seals = Array.from({ length: 9 }, (_, index) => ({ order: `S-${index}`, count: 3 + index, hash: String(index).repeat(64) }));

describe('a checkpoint', () => {
  it('says how many records there are, their root and when, and who signed it', async () => {
    const { root, key, vouching } = await testDesk();
    const jws = await signCheckpoint(treeHead(seals, at), signerOf(key));
    const read = readCheckpoint(jws, await readKeyring(vouching.keyring, root.jwk));
    expect(read).toMatchObject({ size: 9, root: treeHead(seals, at).root, at, key: { id: key.id } });
  });

  it('covers the order of the records, their ends and their lengths', () => {
    const { root } = treeHead(seals, at);
    const changed = { order: 'S-1', count: 4, hash: '1'.repeat(64) };
    for (const change of [{ order: 'S-x' }, { count: 5 }, { hash: 'f'.repeat(64) }])
      expect(treeHead(seals.with(1, { ...changed, ...change }), at).root).not.toBe(root);
    expect(treeHead(seals.toReversed(), at).root).not.toBe(root);
  });

  it('continues an earlier one by a proof', () => {
    for (let size = 1; size <= seals.length; size += 1) {
      const before = treeHead(seals.slice(0, size), at);
      const proof = provenGrowth(before, seals);
      expect(isConsistent(size, before.root, seals.length, treeHead(seals, at).root, proof)).toBe(true);
    }
    expect(provenGrowth(treeHead([], at), seals)).toEqual([]);
  });

  it.each([
    ['a record was changed', seals.with(2, { order: 'S-2', count: 5, hash: 'f'.repeat(64) }), 'some were changed or moved'],
    [
      'two records changed places',
      seals.with(1, seals[2] ?? { order: '', count: 0, hash: '' }).with(2, seals[1] ?? { order: '', count: 0, hash: '' }),
      'some were changed or moved',
    ],
    ['a record is gone', seals.toSpliced(2, 1), 'some were changed or moved'],
    ['the last records are gone', seals.slice(0, 4), 'some are gone'],
  ])('does not continue one where %s', (_what, now, sentence) => {
    const before = treeHead(seals.slice(0, 6), at);
    expect(() => provenGrowth(before, now)).toThrow(NotConsistent);
    expect(() => provenGrowth(before, now)).toThrow(sentence);
  });

  it('has a leaf for each record that is canonical JSON of its end', () => {
    expect(leafOf({ order: 'S-1', count: 4, hash: '1'.repeat(64) })).toBe(leafOf({ hash: '1'.repeat(64), count: 4, order: 'S-1' }));
  });
});
