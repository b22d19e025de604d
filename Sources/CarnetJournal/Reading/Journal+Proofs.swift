public import CarnetLedger
public import CarnetNotes
import Synchronization

extension Journal {
  /// The newest checkpoint, as the ledger signed it.
  public var checkpoint: SignedCheckpoint { committed.withLock { $0.checkpoint } }

  /// The record of a number, `nil` where there is none.
  public func record(_ number: UInt64) throws(StoreError) -> Record? {
    try readers.read { log throws(StoreError) in try log.record(number) }
  }

  /// The number of a note's record, `nil` where it has none.
  public func number(of id: NoteID) throws(StoreError) -> UInt64? {
    try readers.read { log throws(StoreError) in try log.number(of: id) }
  }

  /// Whether that member took the note back before it was recorded.
  public func isVoided(_ id: NoteID, by signer: MemberNumber) throws(StoreError) -> Bool {
    try readers.read { log throws(StoreError) in try log.isVoided(id, by: signer) }
  }

  /// The salted text of a record, `nil` where there is none or it was erased.
  public func saltedText(of number: UInt64) throws(StoreError) -> SubmittedText? {
    try readers.read { log throws(StoreError) in try log.saltedText(of: number) }
  }

  /// The receipt of a record, under the newest checkpoint or the newest cosigned one; `nil` where there is no such record.
  public func receipt(of number: UInt64) throws(StoreError) -> Receipt? {
    let (tree, newest) = committed.withLock { ($0.tree, $0.checkpoint) }
    guard number < newest.checkpoint.size else { return nil }
    let checkpoint = covering(number, newest: newest)
    let size = checkpoint.checkpoint.size
    return try readers.read { log throws(StoreError) in
      guard let bytes = try log.recordBytes(number) else { throw .damaged("record \(number)") }
      let proof = try Merkle.inclusionProof(index: number, size: size) { level, index throws(StoreError) in
        if let hash = tree.hash(level: level, index: index) { return hash }
        return try log.hash(level: level, index: index)
      }
      return Receipt(record: bytes, index: number, proof: proof, checkpoint: checkpoint.note)
    }
  }

  /// The proof that the first `size` records are the beginning of today's journal, with the checkpoint it leads to;
  /// `nil` where there are fewer records, or `size` is 0.
  public func consistencyProof(
    from size: UInt64
  ) throws(StoreError) -> (proof: [Digest], checkpoint: SignedCheckpoint)? {
    let newest = checkpoint
    guard size > 0, size <= newest.checkpoint.size else { return nil }
    return (try proof(from: size, to: newest.checkpoint.size), newest)
  }

  /// The proof that the first `old` records are the beginning of the first `new`; `old` is at most `new`, and there are as
  /// many, or the caller is at fault. Empty where `old` is 0.
  public func proof(from old: UInt64, to new: UInt64) throws(StoreError) -> [Digest] {
    let tree = committed.withLock { $0.tree }
    precondition(old <= new && new <= tree.size, "more records than there are")
    return try readers.read { log throws(StoreError) in
      try Merkle.consistencyProof(from: old, to: new) { level, index throws(StoreError) in
        if let hash = tree.hash(level: level, index: index) { return hash }
        return try log.hash(level: level, index: index)
      }
    }
  }

  /// Hashes of a whole tile.
  public static let tileWidth: UInt64 = 256

  /// The bytes of a tile (C2SP tlog-tiles): 32 for each hash; `nil` where the journal does not reach so far.
  ///
  /// - Parameter width: 256 for a whole tile, fewer for the newest one of its level.
  public func tile(level: Int, number: UInt64, width: UInt64 = Journal.tileWidth) throws(StoreError)
    -> [UInt8]?
  {
    let size = checkpoint.checkpoint.size
    guard (0..<8).contains(level), (1...TreeEdge.tileWidth).contains(width),
      number < UInt64(1) << 48
    else { return nil }
    let count = size >> UInt64(TreeEdge.tileLevels * level)
    let start = number * TreeEdge.tileWidth
    guard start + width <= count else { return nil }
    return try readers.read { log throws(StoreError) in
      try log.hashes(tileLevel: level, from: start, count: Int(width)).joinedBytes
    }
  }
}
