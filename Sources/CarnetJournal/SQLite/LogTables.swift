import CarnetLedger
import CarnetNotes

/// What is read from a ledger file, by one connection.
struct LogTables {
  let database: Database

  /// Records that are visible to this connection.
  func size() throws(StoreError) -> UInt64 {
    let statement = try database.statement("SELECT max(number) FROM records")
    guard try statement.step(), let newest = try statement.optionalUnsigned(0) else { return 0 }
    guard newest < Limits.recordsMax else { throw .damaged("records.number") }
    return newest + 1
  }

  func recordBytes(_ number: UInt64) throws(StoreError) -> [UInt8]? {
    guard let number = Int64(exactly: number) else { return nil }
    let statement = try database.statement("SELECT record FROM records WHERE number = ?1").bind(number)
    return try statement.step() ? statement.bytes(0) : nil
  }

  func record(_ number: UInt64) throws(StoreError) -> Record? {
    guard let bytes = try recordBytes(number) else { return nil }
    guard let record = try? Record(parsing: bytes), record.number == number else {
      throw .damaged("record \(number)")
    }
    return record
  }

  /// How many records there are whose time is not after that moment: binary search, since times never decrease.
  func count(notAfter time: Timestamp) throws(StoreError) -> UInt64 {
    var (low, high) = (UInt64(0), try size())
    while low < high {
      let middle = low + (high - low) / 2
      if try self.time(of: middle) <= time { low = middle + 1 } else { high = middle }
    }
    return low
  }

  func time(of number: UInt64) throws(StoreError) -> Timestamp {
    let statement = try database.statement("SELECT time FROM records WHERE number = ?1").bind(Int64(number))
    guard try statement.step() else { throw .damaged("record \(number)") }
    return Timestamp(milliseconds: statement.integer(0))
  }

  func number(of id: NoteID) throws(StoreError) -> UInt64? {
    // A few thousand rows at most are looked through.
    let recent = try database.statement("SELECT number FROM recent_ids WHERE id = ?1").bind(id.bytes)
    if try recent.step() { return try recent.unsigned(0) }
    let settled = try database.statement(
      "SELECT number FROM id_runs CROSS JOIN note_ids USING (run) WHERE id = ?1"
    ).bind(id.bytes)
    return try settled.step() ? settled.unsigned(0) : nil
  }

  func reversed(_ number: UInt64) throws(StoreError) -> Int64 {
    let statement = try database.statement("SELECT coalesce(sum(amount), 0) FROM reversals WHERE record = ?1")
    guard let number = Int64(exactly: number), try statement.bind(number).step() else { return 0 }
    return statement.integer(0)
  }

  func changes(naming reference: Digest) throws(StoreError) -> [UInt64] {
    let statement = try database.statement("SELECT record FROM bank_references WHERE reference = ?1")
      .bind(reference.bytes)
    var numbers: [UInt64] = []
    while try statement.step() { numbers.append(try statement.unsigned(0)) }
    return numbers
  }

  func isVoided(_ id: NoteID, by signer: MemberNumber) throws(StoreError) -> Bool {
    try database.statement("SELECT 1 FROM voids WHERE id = ?1 AND signer = ?2")
      .bind(id.bytes, signer.description).step()
  }

  func entry(_ key: Int64) throws(StoreError) -> Entry {
    let statement = try database.statement("SELECT \(LogTables.entryColumns) FROM entries WHERE entry = ?1")
      .bind(key)
    guard try statement.step() else { throw .damaged("entry \(key)") }
    let entry = LogTables.entry(from: statement)
    // A chain only leads back, or a damaged one could lead round.
    guard (0..<key).contains(entry.previous), (0...entry.previous).contains(entry.skip) else {
      throw .damaged("entry \(key)")
    }
    return entry
  }

  static let entryColumns = "entry, account, amount, balance, sequence, previous, skip"

  static func entry(from statement: Statement) -> Entry {
    Entry(
      key: statement.integer(0), account: Int(statement.integer(1)), amount: statement.integer(2),
      balance: statement.integer(3), sequence: statement.integer(4), previous: statement.integer(5),
      skip: statement.integer(6))
  }

  /// The newest checkpoint at or below a size, with its size.
  func checkpoint(notAbove size: UInt64 = UInt64(Int64.max)) throws(StoreError) -> (
    size: UInt64, note: SignedNote
  )? {
    let statement = try database.statement(
      "SELECT size, note FROM checkpoints WHERE size <= ?1 ORDER BY size DESC LIMIT 1"
    ).bind(Int64(size))
    guard try statement.step() else { return nil }
    let size = try statement.unsigned(0)
    guard let note = try? SignedNote(parsing: statement.bytes(1)) else {
      throw .damaged("checkpoint \(size)")
    }
    return (size, note)
  }

  /// The salted text of a record, `nil` where there is none or it was erased.
  func saltedText(of number: UInt64) throws(StoreError) -> SubmittedText? {
    let statement = try database.statement("SELECT salt, text FROM texts WHERE record = ?1").bind(
      Int64(number))
    guard try statement.step() else { return nil }
    guard let text = SubmittedText(salt: statement.bytes(0), text: Array(statement.text(1).utf8)) else {
      throw .damaged("text of record \(number)")
    }
    return text
  }
}

extension LogTables {
  /// The root of a complete subtree, from leaves and complete tiles. At most 256 hashes are read and joined.
  func hash(level: Int, index: UInt64) throws(StoreError) -> Digest {
    let (tileLevel, rest) = level.quotientAndRemainder(dividingBy: TreeEdge.tileLevels)
    guard rest > 0 else { return try tileHash(tileLevel, index) }
    let start = index << UInt64(rest)
    var row = try hashes(tileLevel: tileLevel, from: start, count: 1 << rest)
    while row.count > 1 {
      row = stride(from: 0, to: row.count, by: 2).map { Merkle.nodeHash(row[$0], row[$0 + 1]) }
    }
    return row[0]
  }

  /// `count` hashes at a tile level, all within one tile.
  func hashes(tileLevel: Int, from start: UInt64, count: Int) throws(StoreError) -> [Digest] {
    if let tile = try completeTile(level: tileLevel, number: start / TreeEdge.tileWidth) {
      let offset = Int(start % TreeEdge.tileWidth)
      return try LogTables.digests(tile[(32 * offset)..<(32 * (offset + count))])
    }
    var hashes: [Digest] = []
    for index in start..<start + UInt64(count) { hashes.append(try tileHash(tileLevel, index)) }
    return hashes
  }

  /// The bytes of a complete tile, `nil` where it is not complete.
  func completeTile(level: Int, number: UInt64) throws(StoreError) -> [UInt8]? {
    let statement = try database.statement("SELECT hashes FROM tiles WHERE level = ?1 AND number = ?2")
      .bind(Int64(level), Int64(number))
    return try statement.step() ? statement.bytes(0) : nil
  }

  /// One hash at a tile level: a leaf's, or the root of a complete tile below.
  private func tileHash(_ tileLevel: Int, _ index: UInt64) throws(StoreError) -> Digest {
    let statement =
      tileLevel == 0
      ? try database.statement("SELECT leaf FROM records WHERE number = ?1").bind(Int64(index))
      : try database.statement("SELECT root FROM tiles WHERE level = ?1 AND number = ?2")
        .bind(Int64(tileLevel - 1), Int64(index))
    guard try statement.step(), let hash = Digest(statement.bytes(0)) else {
      throw .damaged("hash \(index) of tile level \(tileLevel)")
    }
    return hash
  }

  /// The hashes in the bytes of a tile.
  static func digests(_ bytes: ArraySlice<UInt8>) throws(StoreError) -> [Digest] {
    var digests: [Digest] = []
    var rest = bytes
    while !rest.isEmpty {
      guard let digest = Digest(rest.prefix(32)) else { throw .damaged("tile") }
      digests.append(digest)
      rest = rest.dropFirst(32)
    }
    return digests
  }

  /// The right edge of the tree of `size` leaves.
  func treeEdge(size: UInt64) throws(StoreError) -> TreeEdge {
    var partial: [[Digest]] = []
    var count = size
    while count > 0 {
      let start = count - count % TreeEdge.tileWidth
      partial.append(
        try hashes(tileLevel: partial.count, from: start, count: Int(count % TreeEdge.tileWidth)))
      count /= TreeEdge.tileWidth
    }
    guard let edge = TreeEdge(size: size, partial: partial) else { throw .damaged("tree") }
    return edge
  }
}
