import Support

/// What a disk holds of one file: what is there for certain, and what was done to it since.
struct FileImage: Sendable {
  enum Change: Sendable {
    case create, delete
    case write([UInt8], offset: Int)
    case truncate(Int)
  }

  /// `nil` where no such file is there.
  var durable: [UInt8]?
  var pending: [Change] = []

  static let sectorBytes = 512

  /// Everything done so far is there for certain.
  mutating func sync() {
    var picture = Picture(content: durable)
    for change in pending { picture.make(change) }
    (durable, pending) = (picture.content, [])
  }

  /// A sync failed: the system forgets which pages it could not write, and never tries them again.
  mutating func failToSync(_ generator: inout SeededGenerator) {
    pending.removeAll { change in
      guard case .write = change else { return false }
      return Bool.random(using: &generator)
    }
  }

  /// What is there after a loss of power.
  func content(after survival: Survival, _ generator: inout SeededGenerator) -> [UInt8]? {
    var picture = Picture(content: durable)
    switch survival {
    case .nothing: break
    case .everything: for change in pending { picture.make(change) }
    case .torn:
      guard !pending.isEmpty else { break }
      let last = Int.random(in: pending.indices, using: &generator)
      for change in pending[..<last] { picture.make(change) }
      picture.tear(pending[last], &generator)
    case .scattered: for change in pending { picture.scatter(change, &generator) }
    }
    return picture.content
  }
}

extension FileImage {
  /// A file's content while changes are made to it.
  private struct Picture {
    var content: [UInt8]?
    /// Whether changes concern a file whose entry in the folder got lost.
    var isOrphan = false

    mutating func make(_ change: Change) {
      switch change {
      case .create: (content, isOrphan) = ([], false)
      case .delete: content = nil
      case .truncate(let size):
        guard !isOrphan, let old = content else { return }
        content = old.count >= size ? Array(old[..<size]) : old + Array(repeating: 0, count: size - old.count)
      case .write(let bytes, let offset):
        guard !isOrphan, content != nil else { return }
        grow(to: offset + bytes.count)
        content?.replaceSubrange(offset..<(offset + bytes.count), with: bytes)
      }
    }

    /// Makes a change up to some sector.
    mutating func tear(_ change: Change, _ generator: inout SeededGenerator) {
      guard case .write(let bytes, let offset) = change else { return }
      let sector = FileImage.sectorBytes
      let sectors = (offset / sector)...((offset + bytes.count) / sector)
      let end = Int.random(in: sectors, using: &generator) * sector
      guard end > offset else { return }
      make(.write(Array(bytes.prefix(end - offset)), offset: offset))
    }

    /// Makes each sector of a change or leaves it out; the file's length may be known all the same.
    mutating func scatter(_ change: Change, _ generator: inout SeededGenerator) {
      guard case .write(let bytes, let offset) = change else {
        if Bool.random(using: &generator) { make(change) } else if case .create = change { isOrphan = true }
        return
      }
      guard !isOrphan, content != nil else { return }
      let missing = offset + bytes.count - (content?.count ?? 0)
      if missing > 0, Bool.random(using: &generator) { content?.append(contentsOf: generator.bytes(missing)) }
      var start = 0
      while start < bytes.count {
        let end = min(
          bytes.count, ((offset + start) / FileImage.sectorBytes + 1) * FileImage.sectorBytes - offset)
        if Bool.random(using: &generator) { make(.write(Array(bytes[start..<end]), offset: offset + start)) }
        start = end
      }
    }

    private mutating func grow(to count: Int) {
      guard let old = content?.count, old < count else { return }
      content?.append(contentsOf: Array(repeating: 0, count: count - old))
    }
  }
}
