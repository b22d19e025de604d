public import CarnetLedger
public import CarnetNotes
import Glibc

/// The only source of the ledger's time. No note and no request can set it.
public protocol LedgerClock: Sendable {
  var now: Timestamp { get }

  /// The time at which that note arrives: now, except in a simulation.
  func time(of note: NoteID) -> Timestamp
}

extension LedgerClock {
  public func time(of note: NoteID) -> Timestamp { now }
}

/// The machine's clock: `clock_gettime(CLOCK_REALTIME)`.
public struct SystemClock: LedgerClock {
  public init() {}

  public var now: Timestamp {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
  }
}

/// Milliseconds since some moment, never going back: `clock_gettime(CLOCK_MONOTONIC)`.
package func monotonicMilliseconds() -> UInt64 {
  var time = timespec()
  _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
  return UInt64(time.tv_sec) * 1_000 + UInt64(time.tv_nsec) / 1_000_000
}
