import CarnetJournal
import CarnetLedger
import CarnetNotes
import Synchronization

/// A ledger's clock that follows a scenario: each note arrives at its event's time, which only the simulation can say.
final class SimulationClock: LedgerClock {
  private struct Content {
    var now: Timestamp
    /// The latest time given for a note: events under way together may overtake each other, time never goes back.
    var reached = Timestamp(milliseconds: 0)
    var arrivals: [NoteID: Timestamp] = [:]
  }

  private let content: Mutex<Content>

  init(_ start: Timestamp) {
    content = Mutex(Content(now: start))
  }

  var now: Timestamp { content.withLock { $0.now } }

  func time(of note: NoteID) -> Timestamp {
    content.withLock { content in
      content.reached = max(content.reached, content.arrivals[note] ?? content.now)
      return content.reached
    }
  }

  /// Says when a note will arrive, before it is handed in.
  func expect(_ note: NoteID, at time: Timestamp) {
    content.withLock { content in
      content.arrivals[note] = time
      content.now = max(content.now, time)
    }
  }

  /// Forgets a note that was answered.
  func forget(_ note: NoteID) {
    content.withLock { $0.arrivals[note] = nil }
  }
}
