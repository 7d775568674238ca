import { createHash } from 'node:crypto';

/** The Merkle tree of RFC 6962, section 2.1, over leaves in their order. Hashes are 64 hexadecimal digits. */
const hash = (prefix: number, ...parts: readonly Uint8Array[]): string => {
  const digest = createHash('sha256').update(Uint8Array.of(prefix));
  for (const part of parts) digest.update(part);
  return digest.digest('hex');
};
const bytes = (hex: string): Uint8Array => Buffer.from(hex, 'hex');

/** The hash of a leaf: a byte 0 keeps it apart from that of a node. */
export const leafHash = (leaf: Uint8Array): string => hash(0, leaf);
const nodeHash = (left: string, right: string): string => hash(1, bytes(left), bytes(right));
const emptyTree = createHash('sha256').digest('hex');

/** The largest power of two below `size`: so many leaves stand on the left. */
const leftOf = (size: number): number => 2 ** Math.floor(Math.log2(size - 1));

/** The root over leaf hashes; MTH of RFC 6962. */
export function treeHash(leaves: readonly string[]): string {
  const [only] = leaves;
  if (only === undefined) return emptyTree;
  if (leaves.length === 1) return only;
  const left = leftOf(leaves.length);
  return nodeHash(treeHash(leaves.slice(0, left)), treeHash(leaves.slice(left)));
}

/** The audit path of one leaf, from the leaf up; PATH of RFC 6962. */
export function inclusionProof(position: number, leaves: readonly string[]): string[] {
  if (!Number.isInteger(position) || position < 0 || position >= leaves.length) throw new RangeError(`a tree of ${leaves.length} has no leaf ${position}`);
  if (leaves.length === 1) return [];
  const left = leftOf(leaves.length);
  const [near, far] = [leaves.slice(0, left), leaves.slice(left)];
  return position < left ? [...inclusionProof(position, near), treeHash(far)] : [...inclusionProof(position - left, far), treeHash(near)];
}

/** That the tree of the first `size` leaves is the beginning of the whole; PROOF of RFC 6962. Empty where it is the whole. */
export function consistencyProof(size: number, leaves: readonly string[]): string[] {
  if (!Number.isInteger(size) || size < 1 || size > leaves.length) throw new RangeError(`a tree of ${leaves.length} has no beginning of ${size}`);
  return subproof(size, leaves, true);
}

function subproof(size: number, leaves: readonly string[], isKnown: boolean): string[] {
  if (size === leaves.length) return isKnown ? [] : [treeHash(leaves)];
  const left = leftOf(leaves.length);
  const [near, far] = [leaves.slice(0, left), leaves.slice(left)];
  return size <= left ? [...subproof(size, near, isKnown), treeHash(far)] : [...subproof(size - left, far, false), treeHash(near)];
}

/** The root to which a leaf and its audit path lead in a tree of `size` leaves; undefined where the path does not fit. */
export function rootByInclusion(leaf: string, position: number, size: number, path: readonly string[]): string | undefined {
  if (size === 1) return path.length === 0 && position === 0 ? leaf : undefined;
  const sibling = path.at(-1);
  if (sibling === undefined || position < 0 || position >= size) return undefined;
  const left = leftOf(size);
  const below = path.slice(0, -1);
  const own = position < left ? rootByInclusion(leaf, position, left, below) : rootByInclusion(leaf, position - left, size - left, below);
  if (own === undefined) return undefined;
  return position < left ? nodeHash(own, sibling) : nodeHash(sibling, own);
}

/** Whether a proof leads from the root over the first `before` leaves to the root over `after`, both at least 1. */
export function isConsistent(before: number, oldRoot: string, after: number, newRoot: string, proof: readonly string[]): boolean {
  if (before < 1 || before > after) return false;
  const roots = rootsByConsistency(before, after, oldRoot, proof, true);
  return roots?.old === oldRoot && roots.new === newRoot;
}

function rootsByConsistency(
  before: number,
  after: number,
  known: string,
  proof: readonly string[],
  isKnown: boolean,
): { readonly old: string; readonly new: string } | undefined {
  const last = proof.at(-1);
  if (before === after) {
    if (isKnown) return proof.length === 0 ? { old: known, new: known } : undefined;
    return proof.length === 1 && last !== undefined ? { old: last, new: last } : undefined;
  }
  if (last === undefined) return undefined;
  const left = leftOf(after);
  const rest = proof.slice(0, -1);
  if (before <= left) {
    const near = rootsByConsistency(before, left, known, rest, isKnown);
    return near && { old: near.old, new: nodeHash(near.new, last) };
  }
  const far = rootsByConsistency(before - left, after - left, known, rest, false);
  return far && { old: nodeHash(last, far.old), new: nodeHash(last, far.new) };
}
