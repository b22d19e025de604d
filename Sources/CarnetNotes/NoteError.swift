/// Why a text is not the note, checkpoint or receipt it should be.
public enum NoteError: Error, Hashable, Sendable {
  /// Longer than `limit` bytes.
  case tooLarge(limit: Int)

  /// Not of the form; the reason is a fixed sentence that quotes nothing from the text.
  case malformed(String)

  /// A signature line by the known key of this name does not verify.
  case badSignature(String)

  /// No line was made by a known key.
  case unsigned
}

extension NoteError: CustomStringConvertible {
  /// One sentence, lower case, without full stop.
  public var description: String {
    switch self {
    case .tooLarge(let limit): "longer than \(limit) bytes"
    case .malformed(let reason): reason
    case .badSignature(let name): "the signature by \(name) does not verify"
    case .unsigned: "no signature by a known key"
    }
  }
}
