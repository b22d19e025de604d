/// One thing in a ledger's files that is not what the records say it must be.
public struct Finding: Hashable, Sendable, CustomStringConvertible {
  /// What kind of thing; the names never change once released.
  public enum Code: String, Hashable, Sendable, CaseIterable {
    /// SQLite's own checks, or a table, column or trigger that is not of `schema.sql`.
    case database
    case schema
    /// A number is left out, or there are more records than the checkpoint covers.
    case recordMissing = "record-missing"
    case recordMalformed = "record-malformed"
    case recordTime = "record-time"
    case leafHash = "leaf-hash"
    case signature
    /// Replaying the note under the rules gives another record, or a refusal.
    case replay
    case posting
    case balance
    case chain
    case tile
    case checkpoint
    case head
    /// An index of the log names what is not there, or leaves something out.
    case index
    /// A table of the present state differs from what the records give.
    case projection
    case textMissing = "text-missing"
    case textDiffers = "text-differs"
    /// A text that a record erased is still there.
    case textKept = "text-kept"
  }

  public let code: Code
  /// The record it concerns, `nil` for the whole file.
  public let record: UInt64?
  /// Table and column, or the part of a text.
  public let place: String
  public let expected: String
  public let found: String

  init(_ code: Code, _ record: UInt64? = nil, _ place: String, expected: String = "-", found: String = "-") {
    (self.code, self.record, self.place) = (code, record, place)
    (self.expected, self.found) = (expected, found)
  }

  /// `code record place expected found`, `-` for what does not apply.
  public var description: String {
    "\(code.rawValue) \(record.map(String.init) ?? "-") \(place) \(expected) \(found)"
  }
}
