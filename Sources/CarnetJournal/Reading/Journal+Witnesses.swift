public import CarnetNotes
import Synchronization

extension Journal {
  /// The newest checkpoint that enough witnesses cosigned, as `FILE.cosigned` keeps it.
  public var cosignedCheckpoint: SignedCheckpoint? { cosigned.withLock { $0 } }

  /// Keeps a checkpoint with its cosignatures; receipts that are fetched from now on carry it. An older one is passed over.
  public func keep(cosigned checkpoint: SignedCheckpoint) throws(StoreError) {
    try cosigned.withLock { newest throws(StoreError) in
      guard checkpoint.checkpoint.size > newest?.checkpoint.size ?? 0 else { return }
      try FileSystem.replace(files.cosigned, with: checkpoint.bytes, mode: 0o644)
      newest = checkpoint
    }
  }

  /// The checkpoint a receipt of that record is made under: one with cosignatures where there is one that covers it.
  func covering(_ number: UInt64, newest: SignedCheckpoint) -> SignedCheckpoint {
    guard let known = cosignedCheckpoint, known.checkpoint.size > number else { return newest }
    return known
  }
}
