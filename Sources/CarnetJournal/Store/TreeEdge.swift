package import CarnetNotes

/// The right edge of the Merkle tree in memory: enough complete subtrees to append, to know the root, to fill tiles,
/// and to prove the newest records without reading anything.
///
/// Invariants: 1. `nodes[level]` holds the subtrees `first[level] ..< size >> level`, without gaps; 2. every subtree of
/// a tile that is not complete yet is among them; 3. of older ones some are kept, none is needed.
package struct TreeEdge: Sendable {
  /// Leaves of the tree.
  package private(set) var size: UInt64 = 0
  private var nodes: [[Digest]] = []
  private var first: [UInt64] = []

  /// Hashes of one tile and the levels it spans (C2SP tlog-tiles).
  package static let tileWidth: UInt64 = 256
  package static let tileLevels = 8

  package init() {}

  /// Takes up a tree from the hashes of the tiles that are not complete, lowest level first.
  ///
  /// - Parameter partial: for tile level t the hashes at tree level 8t, from the last multiple of 256 on.
  package init?(size: UInt64, partial: [[Digest]]) {
    self.size = size
    for (tileLevel, hashes) in partial.enumerated() {
      let count = size >> UInt64(TreeEdge.tileLevels * tileLevel)
      guard hashes.count == count % TreeEdge.tileWidth else { return nil }
      addLevels(from: hashes, first: count - count % TreeEdge.tileWidth)
    }
  }

  private mutating func addLevels(from hashes: [Digest], first start: UInt64) {
    var (row, start) = (hashes, start)
    for _ in 0..<TreeEdge.tileLevels {
      nodes.append(row)
      first.append(start)
      row = stride(from: 0, to: row.count - row.count % 2, by: 2).map {
        Merkle.nodeHash(row[$0], row[$0 + 1])
      }
      start /= 2
    }
  }

  /// The root of a complete subtree, `nil` where it is not kept here.
  package func hash(level: Int, index: UInt64) -> Digest? {
    guard level < nodes.count, index >= first[level] else { return nil }
    let offset = Int(index - first[level])
    return offset < nodes[level].count ? nodes[level][offset] : nil
  }

  /// The root of the whole tree.
  package var root: Digest {
    Merkle.root(size: size) { level, index in
      guard let hash = hash(level: level, index: index) else {
        preconditionFailure("the edge holds its subtrees")
      }
      return hash
    }
  }

  /// Adds a leaf; gives the tiles that it completes, lowest level first.
  package mutating func append(_ leaf: Digest) -> [CompleteTile] {
    var (level, index, hash) = (0, size, leaf)
    var tiles: [CompleteTile] = []
    size += 1
    while true {
      if level == nodes.count { addEmptyLevels() }
      nodes[level].append(hash)
      if level > 0, level.isMultiple(of: TreeEdge.tileLevels) {
        tiles.append(tile(level: level / TreeEdge.tileLevels - 1, number: index, root: hash))
      }
      guard index % 2 == 1 else { break }
      hash = Merkle.nodeHash(nodes[level][nodes[level].count - 2], hash)
      (level, index) = (level + 1, index / 2)
    }
    trim()
    return tiles
  }

  private mutating func addEmptyLevels() {
    for _ in 0..<TreeEdge.tileLevels {
      nodes.append([])
      first.append(0)
    }
  }

  private func tile(level: Int, number: UInt64, root: Digest) -> CompleteTile {
    let row = nodes[level * TreeEdge.tileLevels]
    let start = Int(number * TreeEdge.tileWidth - first[level * TreeEdge.tileLevels])
    return CompleteTile(
      level: level, number: number, hashes: Array(row[start..<start + Int(TreeEdge.tileWidth)]), root: root)
  }

  /// Forgets the oldest subtrees now and then. What stays is copied with each batch, and proves the records of the largest.
  private mutating func trim() {
    for level in nodes.indices {
      let tile = Int(TreeEdge.tileWidth) >> (level % TreeEdge.tileLevels) + 8
      guard nodes[level].count > 4 * tile else { return }
      let dropped = nodes[level].count - 3 * tile
      nodes[level].removeFirst(dropped)
      first[level] += UInt64(dropped)
    }
  }
}

/// A tile of 256 hashes, and the root over them.
package struct CompleteTile: Hashable, Sendable {
  /// Level 0 holds the leaves' hashes, level t + 1 the roots of the tiles of level t.
  package let level: Int
  package let number: UInt64
  package let hashes: [Digest]
  package let root: Digest
}
