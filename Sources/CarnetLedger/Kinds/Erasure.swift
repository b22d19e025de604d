public import CarnetNotes

/// The fields of `erase`: texts that are kept outside the log are removed for good.
public struct Erasure: Hashable, Sendable {
  public let target: Target
  /// Hash of the salted reason.
  public let reason: Digest?

  /// Which texts: exactly one of `number` and `note` is given.
  public enum Target: Hashable, Sendable {
    /// Every card of the member, and every reason given in records about them.
    case member(MemberNumber)
    /// The memo or the reason of one note.
    case note(NoteID)
  }

  public init(target: Target, reason: Digest?) {
    (self.target, self.reason) = (target, reason)
  }

  init(from reader: inout TextReader) throws(NoteError) {
    let number = try reader.optionalValue("number", "a member's number") { MemberNumber($0) }
    let note = try reader.optionalID("note")
    switch (number, note) {
    case (let number?, nil): target = .member(number)
    case (nil, let note?): target = .note(note)
    default: throw .malformed("exactly one of number and note is given")
    }
    reason = try reader.optionalDigest("reason")
  }

  func write(to writer: inout TextWriter) {
    switch target {
    case .member(let number):
      writer.field("number", number)
      writer.field("note", id: nil)
    case .note(let note):
      writer.field("number", "-")
      writer.field("note", id: note)
    }
    writer.field("reason", base64: reason)
  }
}
