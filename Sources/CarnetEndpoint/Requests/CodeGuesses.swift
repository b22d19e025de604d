import CarnetJournal
import Synchronization

/// Who asked for codes that are none: a few a minute are slips of the finger, more are a search.
final class CodeGuesses: Sendable {
  /// By address, milliseconds of the monotonic clock at which each failed, oldest first.
  private let failures = Mutex<[String: [UInt64]]>([:])

  /// Seconds to wait before the address may ask again; `nil` where it may now.
  func wait(of address: String, now: UInt64 = monotonicMilliseconds()) -> Int? {
    failures.withLock { failures in
      let recent = (failures[address] ?? []).filter { $0 + CodeGuesses.window > now }
      failures[address] = recent.isEmpty ? nil : recent
      guard recent.count >= Limits.failedCodesMax, let oldest = recent.first else { return nil }
      return Int((oldest + CodeGuesses.window - now + 999) / 1_000)
    }
  }

  /// Takes note of a code that is none.
  func fail(_ address: String, now: UInt64 = monotonicMilliseconds()) {
    failures.withLock { failures in
      if failures.count >= Limits.failingAddressesMax {
        failures = failures.filter { $0.value.contains { $0 + CodeGuesses.window > now } }
      }
      // So many addresses at once are one searcher with many of them; forgetting all is better than growing.
      if failures.count >= Limits.failingAddressesMax { failures = [:] }
      failures[address, default: []].append(now)
    }
  }

  private static let window = Limits.failedCodesMilliseconds
}
