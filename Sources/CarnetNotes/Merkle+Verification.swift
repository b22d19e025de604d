extension Merkle {
  /// Checks that `leaf` is leaf `index` of the tree of `size` leaves with this root (RFC 6962, section 2.1.1).
  public static func verifyInclusion(
    leaf: Digest, index: UInt64, size: UInt64, root: Digest, proof: [Digest]
  ) throws(ProofError) {
    guard index < size else { throw .indexBeyondSize }
    let inner = innerCount(index: index, size: size)
    let expected = inner + (index >> UInt64(inner)).nonzeroBitCount
    guard proof.count == expected else { throw .wrongLength(expected: expected, actual: proof.count) }
    var hash = leaf
    for (level, sibling) in proof.enumerated() {
      let isRight = level >= inner || index >> UInt64(level) & 1 == 1
      hash = isRight ? nodeHash(sibling, hash) : nodeHash(hash, sibling)
    }
    guard hash == root else { throw .rootDiffers }
  }

  /// Checks that the tree of `old` leaves is the beginning of the tree of `new` leaves (RFC 6962, section 2.1.2).
  ///
  /// Two trees of one size are consistent when their roots are the same. A tree without leaves says nothing about
  /// a larger one: such a claim is refused, since it could not be wrong.
  public static func verifyConsistency(
    from old: UInt64, to new: UInt64, oldRoot: Digest, newRoot: Digest, proof: [Digest]
  ) throws(ProofError) {
    guard old <= new else { throw .sizesReversed }
    guard old < new else {
      guard proof.isEmpty else { throw .wrongLength(expected: 0, actual: proof.count) }
      guard oldRoot == newRoot, new > 0 || newRoot == emptyRoot else { throw .rootDiffers }
      return
    }
    guard old > 0 else { throw .emptyTree }
    try verifyGrowth(from: old, to: new, oldRoot: oldRoot, newRoot: newRoot, proof: proof)
  }

  /// The case of two trees with leaves, the newer one larger.
  ///
  /// The last complete subtree of the old tree is the seed of both roots. Going up from it, a hash to its left
  /// belongs to both trees, one to its right to the new tree only.
  private static func verifyGrowth(
    from old: UInt64, to new: UInt64, oldRoot: Digest, newRoot: Digest, proof: [Digest]
  ) throws(ProofError) {
    let level = old.trailingZeroBitCount
    // The old tree is one complete subtree: its root is the seed, and the proof leaves it out.
    let isComplete = old & (old - 1) == 0
    let index = (old - 1) >> UInt64(level)
    let inner = innerCount(index: old - 1, size: new) - level
    let expected = (isComplete ? 0 : 1) + inner + (index >> UInt64(inner)).nonzeroBitCount
    guard proof.count == expected else { throw .wrongLength(expected: expected, actual: proof.count) }
    var oldHash = isComplete ? oldRoot : proof[0]
    var newHash = oldHash
    for (step, sibling) in proof.dropFirst(isComplete ? 0 : 1).enumerated() {
      if step >= inner || index >> UInt64(step) & 1 == 1 {
        oldHash = nodeHash(sibling, oldHash)
        newHash = nodeHash(sibling, newHash)
      } else {
        newHash = nodeHash(newHash, sibling)
      }
    }
    guard oldHash == oldRoot, newHash == newRoot else { throw .rootDiffers }
  }

  /// Levels on which the leaf's path may have a sibling on either side; above them only on the left.
  private static func innerCount(index: UInt64, size: UInt64) -> Int {
    UInt64.bitWidth - (index ^ (size - 1)).leadingZeroBitCount
  }
}
