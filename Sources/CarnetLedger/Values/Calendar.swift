/// A day of the proleptic Gregorian calendar, `2026-03-31`, years 1970 to 9999.
public struct CalendarDate: Hashable, Sendable, CustomStringConvertible {
  public let description: String

  /// Reads a date in its one form; `nil` for any other text.
  public init?(_ text: String) {
    guard text.utf8.count == 10, Timestamp(rfc3339: text) != nil else { return nil }
    description = text
  }

  /// Reads a date given as ASCII.
  init?(_ text: ArraySlice<UInt8>) {
    self.init(String(decoding: text, as: UTF8.self))
  }
}

/// What a closing closes: a year `2026`, or a month `2026-03`.
public struct ClosingPeriod: Hashable, Sendable, CustomStringConvertible {
  public let description: String

  /// Reads a period in its one form; `nil` for any other text.
  public init?(_ text: String) {
    let suffix: String
    switch text.utf8.count {
    case 4: suffix = "-01-01"
    case 7: suffix = "-01"
    default: return nil
    }
    guard Timestamp(rfc3339: text + suffix) != nil else { return nil }
    description = text
  }

  /// Reads a period given as ASCII.
  init?(_ text: ArraySlice<UInt8>) {
    self.init(String(decoding: text, as: UTF8.self))
  }
}
