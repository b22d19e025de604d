public import CarnetLedger
public import CarnetNotes

/// Why a note got no record: the ledger said no, could not, or nobody knows.
public enum LedgerError: Error, Hashable, Sendable {
  case refused(Refusal)
  /// The queue is full: ask again after so many seconds.
  case busy(retryAfterSeconds: Int)
  /// The clock went back, or leapt ahead and no officer has confirmed it.
  case clock
  /// The ledger is being closed.
  case stopping
  /// The store failed before anything was kept.
  case storage(StoreError)
  /// The commit failed: whether the note is recorded shows at the next start. The same note again settles it.
  case outcomeUnknown(NoteID)

  /// The machine name, never changed once released.
  public var code: String {
    switch self {
    case .refused(let refusal): refusal.code
    case .busy: "busy"
    case .clock: "clock"
    case .stopping: "stopping"
    case .storage(let error): error.code
    case .outcomeUnknown: "outcome-unknown"
    }
  }
}
