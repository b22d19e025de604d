// The Merkle tree of RFC 6962 with SHA-256: inclusion and consistency, checked after RFC 9162, section 2.1.
// Sizes are BigInt, so that no bit is lost.

import { equal, sha256 } from './bytes.js';

export const leafHash = (record) => sha256(Uint8Array.of(0), record);
const nodeHash = (left, right) => sha256(Uint8Array.of(1), left, right);

/** Whether a tree of `size` leaves with this root holds the leaf at `index`. */
export async function includes(leaf, index, size, root, proof) {
  if (index >= size) return false;
  let [node, last, hash] = [index, size - 1n, leaf];
  for (const sibling of proof) {
    if (last === 0n) return false;
    if (node & 1n || node === last) {
      hash = await nodeHash(sibling, hash);
      while (!(node & 1n) && node !== 0n) [node, last] = [node >> 1n, last >> 1n];
    } else {
      hash = await nodeHash(hash, sibling);
    }
    [node, last] = [node >> 1n, last >> 1n];
  }
  return last === 0n && equal(hash, root);
}

/** Whether the tree of `from` leaves is the beginning of the tree of `to` leaves. */
export async function continues(from, fromRoot, to, toRoot, proof) {
  if (from > to) return false;
  if (from === to) return proof.length === 0 && equal(fromRoot, toRoot);
  if (from === 0n) return proof.length === 0;
  const path = (from & (from - 1n)) === 0n ? [fromRoot, ...proof] : [...proof];
  if (path.length === 0) return false;
  let [node, last] = [from - 1n, to - 1n];
  while (node & 1n) [node, last] = [node >> 1n, last >> 1n];
  let [older, newer] = [path[0], path[0]];
  for (const hash of path.slice(1)) {
    if (last === 0n) return false;
    if (node & 1n || node === last) {
      [older, newer] = [await nodeHash(hash, older), await nodeHash(hash, newer)];
      while (!(node & 1n) && node !== 0n) [node, last] = [node >> 1n, last >> 1n];
    } else {
      newer = await nodeHash(newer, hash);
    }
    [node, last] = [node >> 1n, last >> 1n];
  }
  return last === 0n && equal(older, fromRoot) && equal(newer, toRoot);
}
