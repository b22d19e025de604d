/// A moment of the ledger's clock: Unix milliseconds. Leap seconds are not counted, as in POSIX.
public struct Timestamp: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Years 1970 to 9999, which RFC 3339 can write.
  public static let millisecondsRange: ClosedRange<Int64> = 0...253_402_300_799_999

  public let milliseconds: Int64

  /// Any count of milliseconds; beyond ``millisecondsRange`` it cannot be written as a date.
  public init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  /// The moment of a count of Unix seconds, at most about 9.2 · 10^15 of them.
  public init(seconds: Int64) {
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000)
    milliseconds = overflow ? (seconds < 0 ? .min : .max) : product
  }

  /// Whole Unix seconds, rounded towards the past.
  public var seconds: Int64 { milliseconds.flooringDivision(by: 1_000).quotient }

  public static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }

  /// The moment that many milliseconds later, held within 64 bits.
  public func adding(milliseconds: Int64) -> Timestamp {
    let (sum, overflow) = self.milliseconds.addingReportingOverflow(milliseconds)
    return Timestamp(milliseconds: overflow ? (milliseconds < 0 ? .min : .max) : sum)
  }

  /// The moment that many seconds later, held within 64 bits.
  public func adding(seconds: Int64) -> Timestamp {
    adding(milliseconds: Timestamp(seconds: seconds).milliseconds)
  }

  /// `2025-01-01T07:00:00.000Z` (RFC 3339, UTC, milliseconds always there).
  public var description: String { rfc3339 }
}

extension Int64 {
  /// Quotient rounded towards minus infinity, and the remainder that is never negative.
  func flooringDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
