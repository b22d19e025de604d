/// The Merkle tree of RFC 6962, section 2.1, with SHA-256: tree maths without any storage.
///
/// Functions that need hashes ask for them by place: `hash(level, index)` is the root of the complete subtree over
/// the leaves `index << level ..< (index + 1) << level`. They ask only for subtrees within the size they were given.
public enum Merkle {
  /// SHA-256 of nothing, the root of a tree without leaves.
  public static let emptyRoot = Digest.sha256([])

  /// SHA-256(0x00 ‖ record): RFC 6962, section 2.1.
  public static func leafHash(_ record: [UInt8]) -> Digest {
    var builder = DigestBuilder()
    builder.append(0x00)
    builder.append(record)
    return builder.digest()
  }

  /// SHA-256(0x01 ‖ left ‖ right): RFC 6962, section 2.1.
  public static func nodeHash(_ left: Digest, _ right: Digest) -> Digest {
    var builder = DigestBuilder()
    builder.append(0x01)
    builder.append(left)
    builder.append(right)
    return builder.digest()
  }

  /// The root of the first `size` leaves, asking for at most 64 hashes.
  public static func root<Failure: Error>(
    size: UInt64, hash: (_ level: Int, _ index: UInt64) throws(Failure) -> Digest
  ) throws(Failure) -> Digest {
    guard size > 0 else { return emptyRoot }
    return try root(of: 0..<size, hash: hash)
  }

  /// The proof that leaf `index` is in the tree of `size` leaves, from its sibling up (RFC 6962, section 2.1.1).
  ///
  /// The index is below the size, or the caller is at fault.
  public static func inclusionProof<Failure: Error>(
    index: UInt64, size: UInt64, hash: (_ level: Int, _ index: UInt64) throws(Failure) -> Digest
  ) throws(Failure) -> [Digest] {
    precondition(index < size, "no such leaf")
    var range = 0..<size
    var proof: [Digest] = []
    while range.upperBound - range.lowerBound > 1 {
      let (left, right) = halves(of: range)
      let isLeft = left.contains(index)
      proof.append(try root(of: isLeft ? right : left, hash: hash))
      range = isLeft ? left : right
    }
    return proof.reversed()
  }

  /// The proof that the first `old` leaves of the tree of `new` leaves are the tree of `old` leaves
  /// (RFC 6962, section 2.1.2). Empty when the sizes are equal or `old` is 0; `old` is at most `new`.
  public static func consistencyProof<Failure: Error>(
    from old: UInt64, to new: UInt64, hash: (_ level: Int, _ index: UInt64) throws(Failure) -> Digest
  ) throws(Failure) -> [Digest] {
    precondition(old <= new, "the older tree is larger")
    guard old > 0 else { return [] }
    var range = 0..<new
    var proof: [Digest] = []
    var isOldTree = true
    while range.upperBound != old {
      let (left, right) = halves(of: range)
      let goesLeft = old <= left.upperBound
      proof.append(try root(of: goesLeft ? right : left, hash: hash))
      if !goesLeft { isOldTree = false }
      range = goesLeft ? left : right
    }
    // The verifier knows the old root already: it is left out where it is one of the subtrees.
    if !isOldTree { proof.append(try root(of: range, hash: hash)) }
    return proof.reversed()
  }

  /// The two subtrees of a range of two leaves or more: the left one as large a power of two as leaves something.
  private static func halves(of range: Range<UInt64>) -> (Range<UInt64>, Range<UInt64>) {
    let count = range.upperBound - range.lowerBound
    let middle = range.lowerBound + largestPower(below: count)
    return (range.lowerBound..<middle, middle..<range.upperBound)
  }

  /// The largest power of two below `count`, which is at least 2.
  private static func largestPower(below count: UInt64) -> UInt64 {
    1 << UInt64(UInt64.bitWidth - 1 - (count - 1).leadingZeroBitCount)
  }

  /// The root over a range that starts where a complete subtree of its size may start, folded from the right.
  private static func root<Failure: Error>(
    of range: Range<UInt64>, hash: (_ level: Int, _ index: UInt64) throws(Failure) -> Digest
  ) throws(Failure) -> Digest {
    var end = range.upperBound
    var root: Digest?
    while end > range.lowerBound {
      let level = (end - range.lowerBound).trailingZeroBitCount
      let start = end - 1 << UInt64(level)
      let subtree = try hash(level, start >> UInt64(level))
      root = root.map { nodeHash(subtree, $0) } ?? subtree
      end = start
    }
    return root ?? emptyRoot
  }
}
