import CarnetLedger
import CarnetNotes

/// The stored checkpoints, each held against the root behind its record.
struct CheckpointAudit {
  private var count: Int64 = 0

  /// A stored checkpoint, verified by the keys that were known when its chunk was read.
  struct Row: Sendable {
    let bytes: [UInt8]
    let signed: SignedCheckpoint?
  }

  /// What the records up to some number say of the checkpoint behind them.
  struct Expected {
    let size: UInt64
    let root: Digest
    /// Every key the ledger ever signed with.
    let known: [VerifierKey]
    /// The keys that sign now; `nil` where the state is not known.
    let signing: [PublicKey]?
  }

  mutating func compare(_ row: Row, with expected: Expected, _ audit: inout Audit) {
    count += 1
    let (number, place) = (expected.size - 1, "checkpoints.note")
    // A key that a record of the same chunk brought was not known when the chunk was verified.
    let isWhole = row.signed.map { $0.signers.count == $0.note.lines.count } ?? false
    let signed =
      isWhole ? row.signed : try? SignedCheckpoint(parsing: row.bytes, verifiedBy: expected.known)
    guard let signed, signed.bytes == row.bytes, signed.signers.count == signed.note.lines.count else {
      return audit.report(Finding(.checkpoint, number, place, expected: "signed-by-the-ledger"))
    }
    let signers = Set(signed.signers.map(\.publicKey))
    guard signed.checkpoint.size == expected.size, signed.checkpoint.root == expected.root,
      signed.signers.allSatisfy({ signed.checkpoint.origin == $0.name }),
      expected.signing.map({ Set($0) == signers }) ?? true
    else {
      return audit.report(
        Finding(
          .checkpoint, number, place, expected: expected.root.hex, found: signed.checkpoint.root.hex))
    }
  }

  /// Reports checkpoints of sizes that no record has.
  func finish(_ audit: inout Audit) throws(StoreError) {
    let found = try audit.database.integer("SELECT count(*) FROM checkpoints")
    guard found != count else { return }
    audit.report(Finding(.checkpoint, nil, "checkpoints", expected: "\(count)", found: "\(found)"))
  }
}
