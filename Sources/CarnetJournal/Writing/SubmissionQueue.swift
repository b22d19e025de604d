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

/// What waits for the writer, at most ``Limits/queueCountMax`` notes, in the order they came.
///
/// Safe to share: everything is read and written between `lock` and `unlock` of the condition.
final class SubmissionQueue: @unchecked Sendable {
  enum Admission {
    case taken, full, closed
  }

  private let condition = NSCondition()
  private var waiting: [Pending] = []
  private var isClosed = false
  /// Notes of the newest batch: so many, or their like, are expected again.
  private var expected = 1
  private var isGathering = false
  private let countMax: Int
  private let gatherSeconds: TimeInterval

  init(countMax: Int = Limits.queueCountMax, gatherSeconds: TimeInterval = Limits.gatherSecondsMax) {
    (self.countMax, self.gatherSeconds) = (countMax, gatherSeconds)
  }

  /// Takes a note in, or says why not; it never waits.
  func add(_ pending: Pending) -> Admission {
    condition.lock()
    defer { condition.unlock() }
    guard !isClosed else { return .closed }
    guard waiting.count < countMax else { return .full }
    waiting.append(pending)
    // Whoever gathers is woken once, not for each note.
    if !isGathering || hasGathered { condition.signal() }
    return .taken
  }

  private var hasGathered: Bool {
    waiting.count >= min(expected, Limits.gatherCountMax) || isClosed
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

  /// Waits until there is something, then gives all that waits up to the limit; `nil` once closed and empty.
  func take(_ limit: Int) -> [Pending]? {
    condition.lock()
    defer { condition.unlock() }
    while waiting.isEmpty {
      guard !isClosed else { return nil }
      condition.wait()
    }
    gather()
    let batch = Array(waiting.prefix(limit))
    waiting.removeFirst(batch.count)
    expected = batch.count
    return batch
  }

  /// Notes waiting now.
  var count: Int {
    condition.lock()
    defer { condition.unlock() }
    return waiting.count
  }

  /// Takes nothing in any more; what waits is still given out.
  func close() {
    condition.lock()
    isClosed = true
    condition.broadcast()
    condition.unlock()
  }
}
