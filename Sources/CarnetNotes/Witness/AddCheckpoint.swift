/// What a log sends to a witness (C2SP tlog-witness, `add-checkpoint`): the size the witness is thought to know, the proof
/// that the new checkpoint goes on from it, and the checkpoint.
public struct AddCheckpoint: Hashable, Sendable {
  /// Bytes of a request: 63 hashes and a full checkpoint.
  public static let bytesMax = Limits.addCheckpointBytesMax
  /// The media type of an answer that gives the size the witness knows.
  public static let sizeType = "text/x.tlog.size"

  public let old: UInt64
  public let proof: [Digest]
  public let checkpoint: SignedNote

  /// A proof of more than 63 hashes is a programmer's error.
  public init(old: UInt64, proof: [Digest], checkpoint: SignedNote) {
    precondition(proof.count <= Limits.addCheckpointHashesMax, "a proof beyond its limits")
    (self.old, self.proof, self.checkpoint) = (old, proof, checkpoint)
  }

  /// Reads a request. What is accepted writes back to the same bytes; nothing is verified yet.
  public init(parsing bytes: [UInt8]) throws(NoteError) {
    guard bytes.count <= Limits.addCheckpointBytesMax else {
      throw .tooLarge(limit: Limits.addCheckpointBytesMax)
    }
    var reader = TextReader(bytes)
    old = try reader.unsigned("old")
    var proof: [Digest] = []
    while true {
      let line = try reader.line()
      guard !line.isEmpty else { break }
      guard proof.count < Limits.addCheckpointHashesMax, let hash = Digest(base64Bytes: line) else {
        throw .malformed("the proof is not up to 63 hashes in base64")
      }
      proof.append(hash)
    }
    self.proof = proof
    checkpoint = try SignedNote(parsing: Array(reader.rest))
  }

  public var bytes: [UInt8] {
    var writer = TextWriter(capacity: 2_048)
    writer.field("old", old)
    for hash in proof { writer.line(Base64.encode(hash.bytes) as [UInt8]) }
    writer.blankLine()
    writer.append(checkpoint.bytes)
    return writer.bytes
  }
}
