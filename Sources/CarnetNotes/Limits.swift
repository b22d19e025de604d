/// Every limit of this module, by name. Types that face outwards repeat theirs as `bytesMax` and the like.
enum Limits {
  /// Bytes of a signed note, signature lines included.
  static let noteBytesMax = 16 * 1024

  /// Signature lines of one note.
  static let signatureLinesMax = 16

  /// Bytes of a record inside a receipt: a note, and as much again for the lines the ledger adds.
  static let recordBytesMax = 2 * noteBytesMax

  /// Bytes of a receipt. A full record in base64, 64 hashes and a full checkpoint fit with room to spare.
  static let receiptBytesMax = 64 * 1024

  /// Hashes of one Merkle proof: sizes are `UInt64`, so no path is longer; a consistency proof adds one.
  static let proofHashesMax = 65

  /// Hashes of a proof that a witness is sent (C2SP tlog-witness).
  static let addCheckpointHashesMax = 63

  /// Bytes of what a witness is sent.
  static let addCheckpointBytesMax = noteBytesMax + 4_096

  /// Logs, witnesses and groups of one policy.
  static let policyPartiesMax = 64

  /// Bytes of a policy file.
  static let policyBytesMax = 64 * 1024

  /// Levels of a sum tree above its leaves: a million accounts take 20.
  static let sumTreeDepthMax = 32

  /// Bytes of an origin.
  static let originBytesMax = 64

  /// Bytes of a salted text in UTF-8.
  static let saltedTextBytesMax = 1_024

  /// Bytes of a salt, and of the secret of the bank references.
  static let saltBytes = 32

  /// Bytes of a JSON text, unless the caller sets another limit.
  static let jsonBytesMax = 1024 * 1024

  /// Arrays and objects inside each other in a JSON text.
  static let jsonDepthMax = 16

  /// Members of one JSON object.
  static let jsonMembersMax = 256
}
