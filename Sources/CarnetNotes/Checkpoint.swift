/// How much a log holds, and the root over it: three lines of text (C2SP tlog-checkpoint).
///
/// Extension lines are refused: nobody audits them.
public struct Checkpoint: Hashable, Sendable {
  /// Leaves of the tree.
  public let size: UInt64
  /// Root of the tree (RFC 6962).
  public let root: Digest
  private let exactOrigin: ExactText

  /// The log's name: an ``Origin`` for a ledger, any line of text for a foreign log.
  public var origin: String { exactOrigin.string }

  public init(origin: Origin, size: UInt64, root: Digest) {
    (exactOrigin, self.size, self.root) = (ExactText(origin.description), size, root)
  }

  /// Reads the text of a checkpoint. What is accepted writes back to the same bytes.
  public init(parsing text: [UInt8]) throws(NoteError) {
    var reader = TextReader(text)
    let line = try reader.line()
    guard !line.isEmpty, line.allSatisfy({ $0 >= 0x20 }), let origin = String(validating: line, as: UTF8.self)
    else { throw .malformed("a checkpoint has no origin") }
    guard let size = DecimalText.unsigned(try reader.line()) else {
      throw .malformed("a checkpoint's size is not an integer")
    }
    guard let root = Digest(base64Bytes: try reader.line()) else {
      throw .malformed("a checkpoint's root is not canonical base64 of 32 bytes")
    }
    guard size > 0 || root == Merkle.emptyRoot else {
      throw .malformed("a checkpoint of size 0 has another root than the empty tree")
    }
    try reader.end()
    (exactOrigin, self.size, self.root) = (ExactText(origin), size, root)
  }

  /// Whether this is a checkpoint of the log of that name.
  public func belongs(to origin: Origin) -> Bool {
    exactOrigin == ExactText(origin.description)
  }

  /// The three lines, LF after each.
  public var text: [UInt8] {
    var text = Array(origin.utf8)
    text.append(UInt8(ascii: "\n"))
    DecimalText.append(size, to: &text)
    text.append(UInt8(ascii: "\n"))
    Base64.append(root.bytes, to: &text)
    text.append(UInt8(ascii: "\n"))
    return text
  }
}
