/// The right edge of a Merkle tree: all that is needed to append leaves and to know the root.
public struct TreeFrontier: Hashable, Sendable {
  /// Leaves of the tree.
  public private(set) var size: UInt64

  /// Roots of the complete subtrees, largest and leftmost first, one for each bit set in `size`.
  public private(set) var subtrees: [Digest]

  /// The tree without leaves.
  public init() {
    (size, subtrees) = (0, [])
  }

  /// Takes up a tree from its complete subtrees, largest first; `nil` where their count does not fit the size.
  public init?(size: UInt64, subtrees: [Digest]) {
    guard subtrees.count == size.nonzeroBitCount else { return nil }
    (self.size, self.subtrees) = (size, subtrees)
  }

  /// Adds one leaf, given its ``Merkle/leafHash(_:)``. Two hashes on average, at most 64.
  public mutating func append(_ leaf: Digest) {
    var subtree = leaf
    for _ in 0..<size.trailingOneBitCount {
      subtree = Merkle.nodeHash(subtrees.removeLast(), subtree)
    }
    subtrees.append(subtree)
    size += 1
  }

  /// The root: RFC 6962, section 2.1. At most 63 hashes, computed anew each time.
  public var root: Digest {
    guard var root = subtrees.last else { return Merkle.emptyRoot }
    for subtree in subtrees.dropLast().reversed() { root = Merkle.nodeHash(subtree, root) }
    return root
  }
}

extension UInt64 {
  fileprivate var trailingOneBitCount: Int { (~self).trailingZeroBitCount }
}
