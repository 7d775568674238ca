import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { consistencyProof, inclusionProof, isConsistent, leafHash, rootByInclusion, treeHash } from '../../record/merkle.ts';

/** The inputs, roots and proofs that the tests of Certificate Transparency publish (google/certificate-transparency, transparency-dev/merkle). */
const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const leaves = inputs.map((hex) => leafHash(Buffer.from(hex, 'hex')));
const roots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const [x00, x96, x5f, x6b, xbc, xca, xd3, x0e, xb0, xfa] = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
  '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
  '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
  'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
  'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
  'b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
];
const rootOf = (size: number): string => roots[size - 1] ?? '';

describe('the tree of RFC 6962', () => {
  it('has no leaves at the hash of nothing', () => {
    expect(treeHash([])).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  it.each(roots.map((root, index) => ({ size: index + 1, root })))('has the published root over $size leaves', ({ size, root }) => {
    expect(treeHash(leaves.slice(0, size))).toBe(root);
  });

  it.each([
    { position: 0, size: 1, path: [] },
    { position: 0, size: 8, path: [x96, x5f, x6b] },
    { position: 5, size: 8, path: [xbc, xca, xd3] },
    { position: 2, size: 3, path: [xfa] },
    { position: 1, size: 5, path: [x00, x5f, xbc] },
  ])('gives the published audit path of leaf $position of $size', ({ position, size, path }) => {
    expect(inclusionProof(position, leaves.slice(0, size))).toEqual(path);
    expect(rootByInclusion(leaves[position] ?? '', position, size, path)).toBe(rootOf(size));
  });

  it.each([
    { before: 1, after: 1, proof: [] },
    { before: 1, after: 8, proof: [x96, x5f, x6b] },
    { before: 6, after: 8, proof: [x0e, xca, xd3] },
    { before: 2, after: 5, proof: [x5f, xbc] },
    { before: 6, after: 7, proof: [x0e, xb0, xd3] },
  ])('gives the published proof that $after leaves continue $before', ({ before, after, proof }) => {
    expect(consistencyProof(before, leaves.slice(0, after))).toEqual(proof);
    expect(isConsistent(before, rootOf(before), after, rootOf(after), proof)).toBe(true);
  });

  it('proves each leaf of each tree of up to 130 leaves, and none at another place', () => {
    const many = Array.from({ length: 130 }, (_, index) => leafHash(Buffer.of(index)));
    for (let size = 1; size <= many.length; size += 1) {
      const tree = many.slice(0, size);
      const root = treeHash(tree);
      const position = (size * 7) % size;
      for (const place of new Set([0, position, size >> 1, size - 1])) {
        const path = inclusionProof(place, tree);
        expect(rootByInclusion(tree[place] ?? '', place, size, path)).toBe(root);
        if (size > 1) expect(rootByInclusion(tree[place] ?? '', (place + 1) % size, size, path)).not.toBe(root);
        expect(rootByInclusion(tree[place] ?? '', place, size, [...path, root])).not.toBe(root);
        expect(rootByInclusion(tree[place] ?? '', place, size, path.slice(0, -1))).not.toBe(size === 1 ? '' : root);
      }
    }
  });

  it('proves that a tree continues another, and not that it continues one that was changed', () => {
    const leaf = fc.integer({ min: 0, max: 255 }).map((byte) => leafHash(Buffer.of(byte)));
    fc.assert(
      fc.property(fc.array(leaf, { minLength: 2, maxLength: 70 }), fc.nat(), fc.nat(), (tree, one, other) => {
        const before = 1 + (one % tree.length);
        const root = treeHash(tree);
        const proof = consistencyProof(before, tree);
        expect(isConsistent(before, treeHash(tree.slice(0, before)), tree.length, root, proof)).toBe(true);
        const changed = tree.with(other % before, leafHash(Buffer.of(1, 2, 3)));
        expect(isConsistent(before, treeHash(changed.slice(0, before)), tree.length, root, proof)).toBe(false);
        expect(isConsistent(before, treeHash(changed.slice(0, before)), tree.length, root, consistencyProof(before, changed))).toBe(false);
      }),
    );
  });

  it('refuses places and sizes that there are none of', () => {
    expect(() => inclusionProof(8, leaves)).toThrow('a tree of 8 has no leaf 8');
    expect(() => consistencyProof(9, leaves)).toThrow('a tree of 8 has no beginning of 9');
    expect(() => consistencyProof(0, leaves)).toThrow('a tree of 8 has no beginning of 0');
    expect(isConsistent(0, '', 8, rootOf(8), [])).toBe(false);
    expect(isConsistent(8, rootOf(8), 7, rootOf(7), [])).toBe(false);
  });
});
