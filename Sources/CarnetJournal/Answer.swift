public import CarnetLedger
public import CarnetNotes

/// What whoever hands in a note is told once its record is durable. A class, since it changes hands and never changes.
public final class Answer: Sendable {
  public let record: Record
  public let recordBytes: [UInt8]
  /// Whether the record was there already.
  public let isRepeat: Bool
  /// The checkpoint that covers the record.
  public let checkpoint: SignedCheckpoint
  private let tree: TreeEdge
  private let stored: @Sendable (_ level: Int, _ index: UInt64) throws(StoreError) -> Digest

  init(
    record: Record, recordBytes: [UInt8], isRepeat: Bool, checkpoint: SignedCheckpoint, tree: TreeEdge,
    stored: @escaping @Sendable (_ level: Int, _ index: UInt64) throws(StoreError) -> Digest
  ) {
    (self.record, self.recordBytes, self.isRepeat) = (record, recordBytes, isRepeat)
    (self.checkpoint, self.tree, self.stored) = (checkpoint, tree, stored)
  }

  /// The record with its proof. New records are proven from memory, older ones with a few reads.
  public func receipt() throws(StoreError) -> Receipt {
    let size = checkpoint.checkpoint.size
    let proof = try Merkle.inclusionProof(index: record.number, size: size) {
      level, index throws(StoreError) in
      if let hash = tree.hash(level: level, index: index) { return hash }
      return try stored(level, index)
    }
    return Receipt(record: recordBytes, index: record.number, proof: proof, checkpoint: checkpoint.note)
  }
}
