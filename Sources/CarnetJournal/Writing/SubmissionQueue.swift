import CarnetLedger
import Foundation

/// A note that waits for the writer.
struct Pending: Sendable {
  let submission: Submission
  /// `nil` where the signer's key was not known yet when the note came in.
  let verified: VerifiedSubmission?
  let completion: @Sendable (Result<Answer, LedgerError>) -> Void
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
  private let countMax: Int

  init(countMax: Int = Limits.queueCountMax) {
    self.countMax = countMax
  }

  /// Takes a note in, or says why not; it never waits.
  func add(_ pending: Pending) -> Admission {
    condition.lock()
    defer { condition.unlock() }
    guard !isClosed else { return .closed }
    guard waiting.count < countMax else { return .full }
    waiting.append(pending)
    condition.signal()
    return .taken
  }

  /// Waits until there is something, then gives all that waits up to the limit; `nil` once closed and empty.
  func take(_ limit: Int) -> [Pending]? {
    condition.lock()
    defer { condition.unlock() }
    while waiting.isEmpty {
      guard !isClosed else { return nil }
      condition.wait()
    }
    let batch = Array(waiting.prefix(limit))
    waiting.removeFirst(batch.count)
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
