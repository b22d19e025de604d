import CarnetJournal
package import CarnetLedger
import Synchronization

/// A clock that a test sets.
package final class TestClock: Sendable {
  private let time: Mutex<Timestamp>

  package init(_ time: Timestamp) {
    self.time = Mutex(time)
  }

  package var now: Timestamp {
    get { time.withLock { $0 } }
    set { time.withLock { $0 = newValue } }
  }
}

extension TestClock: LedgerClock {}
