import CarnetLedger
import Foundation

/// The days of a time zone.
struct TillDays: Sendable {
  private let zone: TimeZone

  /// A zone by its name in the IANA database, `Europe/Paris`; `nil` for any other text.
  init?(_ name: String) {
    guard (1...64).contains(name.utf8.count), name.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
      let zone = TimeZone(identifier: name)
    else { return nil }
    self.zone = zone
  }

  /// The day on which a moment falls there, `2026-03-31`.
  func day(of time: Timestamp) -> String {
    let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(time.seconds)))
    return String(time.adding(seconds: Int64(offset)).rfc3339.prefix(10))
  }
}
