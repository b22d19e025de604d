public import CarnetLedger
public import CarnetNotes

/// What whoever hands in a note is told once its record is durable.
public struct Answer: Sendable {
  public let record: Record
  public let recordBytes: [UInt8]
  /// Whether the record was there already.
  public let isRepeat: Bool
  /// The checkpoint that covers the record.
  public let checkpoint: SignedCheckpoint
  let tree: TreeEdge
  let stored: @Sendable (_ level: Int, _ index: UInt64) throws(StoreError) -> Digest

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
