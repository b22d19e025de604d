import CarnetLedger
import Foundation

/// A note that waits for the writer. A class, since it changes hands often and never changes.
final class Pending: Sendable {
  let submission: Submission
  /// `nil` where the signer's key was not known yet when the note came in.
  let verified: VerifiedSubmission?
  let completion: @Sendable (Result<Answer, LedgerError>) -> Void

  init(
    submission: Submission, verified: VerifiedSubmission?,
    completion: @escaping @Sendable (Result<Answer, LedgerError>) -> Void
  ) {
    (self.submission, self.verified, self.completion) = (submission, verified, completion)
  }
}

/// What was handed in and is not committed yet: notes that wait to be decided on, in the order they came, and the count of
/// those that are in the batch under way. At most ``Limits/queueCountMax`` together, ``Limits/batchCountMax`` in a batch.
///
/// Safe to share: everything is read and written between `lock` and `unlock` of the condition.
final class SubmissionQueue: @unchecked Sendable {
  enum Admission {
    case taken, full, closed
  }

  private let condition = NSCondition()
  private var waiting: [Pending] = []
  /// Notes in the batch under way.
  private var decided = 0
  private var isClosed = false
  /// Notes of the newest batch: so many, or their like, are expected again.
  private var expected = 1
  private var isGathering = false
  private let countMax: Int
  private let gatherSeconds: TimeInterval

  init(countMax: Int = Limits.queueCountMax, gatherSeconds: TimeInterval = Limits.gatherSecondsMax) {
    (self.countMax, self.gatherSeconds) = (countMax, gatherSeconds)
  }

  /// Takes a note in, or says why not; it never waits, and wakes nobody yet: see ``call()``.
  func add(_ pending: Pending) -> Admission {
    condition.lock()
    defer { condition.unlock() }
    guard !isClosed else { return .closed }
    guard count < countMax else { return .full }
    waiting.append(pending)
    return .taken
  }

  /// Calls whoever commits, where there is something to do: once for all that are gathered, not for each note.
  func call() {
    condition.lock()
    if !isGathering || hasGathered { condition.signal() }
    condition.unlock()
  }

  /// Gives what waits into the batch under way, as far as it still has room.
  func take() -> [Pending] {
    condition.lock()
    defer { condition.unlock() }
    let taken = Array(waiting.prefix(Limits.batchCountMax - decided))
    waiting.removeFirst(taken.count)
    decided += taken.count
    return taken
  }

  /// Ends the batch under way: another one begins.
  func endBatch() {
    condition.lock()
    (expected, decided) = (decided, 0)
    condition.unlock()
  }

  /// Waits until there is a batch to commit; `false` once closed and empty.
  func awaitBatch() -> Bool {
    condition.lock()
    defer { condition.unlock() }
    while count == 0 {
      guard !isClosed else { return false }
      condition.wait()
    }
    gather()
    return true
  }

  private var hasGathered: Bool {
    count >= min(expected, Limits.gatherCountMax) || isClosed
  }

  /// A commit costs the same for one note as for many: where the last one had several, as many are waited for, a little.
  /// Who comes alone waits for nobody.
  private func gather() {
    guard !hasGathered else { return }
    isGathering = true
    defer { isGathering = false }
    let end = Date(timeIntervalSinceNow: gatherSeconds)
    while !hasGathered {
      guard condition.wait(until: end) else { return }
    }
  }

  private var count: Int { waiting.count + decided }

  /// Notes whose commit is not there yet.
  var uncommittedCount: Int {
    condition.lock()
    defer { condition.unlock() }
    return count
  }

  /// Takes nothing in any more; what was taken in is still committed.
  func close() {
    condition.lock()
    isClosed = true
    condition.broadcast()
    condition.unlock()
  }
}
