/// Why a receipt proves nothing.
public enum ReceiptError: Error, Hashable, Sendable {
  /// The checkpoint is not signed by the ledger, or is no checkpoint.
  case checkpoint(NoteError)
  /// Too few of a policy's witnesses cosigned the checkpoint.
  case cosignaturesMissing
  /// The checkpoint belongs to another log than the key's.
  case wrongLedger
  /// The record is not where the checkpoint's tree has it.
  case inclusion(ProofError)
}

extension ReceiptError: CustomStringConvertible {
  /// One sentence, lower case, without full stop.
  public var description: String {
    switch self {
    case .checkpoint(let error): "the checkpoint: \(error)"
    case .cosignaturesMissing: "too few of the policy's witnesses cosigned the checkpoint"
    case .wrongLedger: "the checkpoint belongs to another ledger"
    case .inclusion(let error): "the inclusion proof: \(error)"
    }
  }
}

/// A record with the proof that a ledger holds it, in one text (C2SP tlog-proof; `extra` is the record in base64).
public struct Receipt: Hashable, Sendable {
  /// Bytes of a receipt.
  public static let bytesMax = Limits.receiptBytesMax
  /// Bytes of the record in it.
  public static let recordBytesMax = Limits.recordBytesMax

  private static let header = "c2sp.org/tlog-proof@v1"

  /// The leaf of the tree, byte for byte.
  public let record: [UInt8]
  /// The number of the record: its index in the tree.
  public let index: UInt64
  /// From the leaf's sibling up (RFC 6962, section 2.1.1).
  public let proof: [Digest]
  /// The ledger's signed checkpoint, as it was signed.
  public let checkpoint: SignedNote

  /// Puts a receipt together. An empty record, or one beyond the limit, is a programmer's error.
  public init(record: [UInt8], index: UInt64, proof: [Digest], checkpoint: SignedNote) {
    precondition(!record.isEmpty && record.count <= Limits.recordBytesMax, "a record beyond its limits")
    precondition(proof.count <= Limits.proofHashesMax, "a proof beyond its limits")
    (self.record, self.index, self.proof, self.checkpoint) = (record, index, proof, checkpoint)
  }

  /// Reads a receipt. What is accepted writes back to the same bytes; nothing is verified yet.
  public init(parsing bytes: [UInt8]) throws(NoteError) {
    guard bytes.count <= Limits.receiptBytesMax else { throw .tooLarge(limit: Limits.receiptBytesMax) }
    var reader = TextReader(bytes)
    try reader.line(Receipt.header)
    record = try reader.base64("extra", countMax: Limits.recordBytesMax)
    index = try reader.unsigned("index")
    proof = try Receipt.hashes(from: &reader)
    checkpoint = try SignedNote(parsing: Array(reader.rest))
  }

  /// Reads hashes up to the blank line, which it reads too.
  private static func hashes(from reader: inout TextReader) throws(NoteError) -> [Digest] {
    var hashes: [Digest] = []
    while true {
      let line = try reader.line()
      guard !line.isEmpty else { return hashes }
      guard hashes.count < Limits.proofHashesMax else { throw .malformed("too many hashes in the proof") }
      guard let hash = Digest(base64Bytes: line) else {
        throw .malformed("a hash of the proof is not canonical base64 of 32 bytes")
      }
      hashes.append(hash)
    }
  }

  /// The receipt on the wire and on disk.
  public var bytes: [UInt8] {
    let checkpoint = checkpoint.bytes
    var writer = TextWriter(
      capacity: Base64.encodedCount(record.count) + 45 * proof.count + checkpoint.count + 64)
    writer.line(Receipt.header)
    writer.field("extra", base64: record)
    writer.field("index", index)
    for hash in proof { writer.line(base64: hash) }
    writer.blankLine()
    writer.append(checkpoint)
    return writer.bytes
  }

  /// Verifies without any network, in this order: the ledger signed the checkpoint, witnesses cosigned it as the policy
  /// asks, and its tree holds the record at the index.
  ///
  /// What the record says, and whether its number is the index, is for its reader to check.
  ///
  /// - Parameter policy: `nil` where no cosignature is asked for. A line by one of its witnesses that does not verify is
  ///   refused even where it is not needed.
  public func verify(
    ledger: VerifierKey, policy: CosignerPolicy? = nil
  ) throws(ReceiptError) -> SignedCheckpoint {
    let leaf = Merkle.leafHash(record)
    let signed: SignedCheckpoint
    do {
      signed = try SignedCheckpoint(
        self.checkpoint, verifiedBy: [ledger], witnesses: policy?.witnesses.map(\.key) ?? [])
    } catch { throw .checkpoint(error) }
    let checkpoint = signed.checkpoint
    guard ExactText(checkpoint.origin) == ExactText(ledger.name) else { throw .wrongLedger }
    guard policy?.isSatisfied(by: signed.witnesses) ?? true else { throw .cosignaturesMissing }
    do {
      try Merkle.verifyInclusion(
        leaf: leaf, index: index, size: checkpoint.size, root: checkpoint.root, proof: proof)
    } catch { throw .inclusion(error) }
    return signed
  }
}
