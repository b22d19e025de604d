/// A Merkle tree whose nodes carry the sum of the leaves below them: the root commits to a total, and each leaf can be
/// shown to be counted in it without showing the others.
///
/// Leaf: SHA-256(0x02 ‖ u64be value ‖ blind of 32 bytes). Node: SHA-256(0x03 ‖ u64be sum ‖ hash ‖ u64be sum ‖ hash), left
/// first. Values are not negative and no sum is above 2⁶³ − 1, or a tree could hide a debt.
public enum SumTree {
  /// A hash and the sum under it.
  public struct Node: Hashable, Sendable {
    /// Minor units, 0 to 2⁶³ − 1.
    public let sum: Int64
    public let hash: Digest

    /// `nil` for a negative sum.
    public init?(sum: Int64, hash: Digest) {
      guard sum >= 0 else { return nil }
      (self.sum, self.hash) = (sum, hash)
    }
  }

  /// Leaves of a tree: two to the power of so much.
  public static let depthMax = Limits.sumTreeDepthMax

  /// The leaf of a value; `nil` for a negative one.
  public static func leaf(value: Int64, blind: Digest) -> Node? {
    guard value >= 0 else { return nil }
    var builder = DigestBuilder()
    builder.append(0x02)
    builder.append(value.bigEndianBytes)
    builder.append(blind)
    return Node(sum: value, hash: builder.digest())
  }

  /// The node over two others; `nil` where the sum is above 2⁶³ − 1.
  public static func node(_ left: Node, _ right: Node) -> Node? {
    let (sum, overflow) = left.sum.addingReportingOverflow(right.sum)
    guard !overflow else { return nil }
    var builder = DigestBuilder()
    builder.append(0x03)
    for side in [left, right] {
      builder.append(side.sum.bigEndianBytes)
      builder.append(side.hash)
    }
    return Node(sum: sum, hash: builder.digest())
  }

  /// All nodes, the leaves first, the root alone in the last row. The count of leaves is a power of two, or the caller
  /// is at fault; `nil` where a sum is above 2⁶³ − 1.
  public static func rows(over leaves: [Node]) -> [[Node]]? {
    precondition(leaves.count.nonzeroBitCount == 1, "a sum tree has a power of two of leaves")
    var rows = [leaves]
    while let below = rows.last, below.count > 1 {
      var row: [Node] = []
      row.reserveCapacity(below.count / 2)
      for index in stride(from: 0, to: below.count, by: 2) {
        guard let node = node(below[index], below[index + 1]) else { return nil }
        row.append(node)
      }
      rows.append(row)
    }
    return rows
  }

  /// The siblings of a leaf, from the lowest up.
  public static func path(of index: Int, in rows: [[Node]]) -> [Node] {
    rows.dropLast().enumerated().map { level, row in row[index >> level ^ 1] }
  }

  /// The root that a leaf and its siblings lead to; `nil` where a sum is above 2⁶³ − 1 or the index is too large.
  public static func root(leaf: Node, index: UInt64, path: [Node]) -> Node? {
    guard path.count <= depthMax, index >> UInt64(path.count) == 0 else { return nil }
    var node: Node? = leaf
    for (level, sibling) in path.enumerated() {
      let isRight = index >> UInt64(level) & 1 == 1
      node = node.flatMap { isRight ? SumTree.node(sibling, $0) : SumTree.node($0, sibling) }
    }
    return node
  }
}
