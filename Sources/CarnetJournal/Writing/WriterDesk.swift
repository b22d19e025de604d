import Foundation

/// Where notes are decided on, by one thread at a time, and committed, by one thread alone.
///
/// Whoever hands in a note decides on all that wait where nobody else is at it, and goes on at once where somebody is: so
/// the cores that verify do this work as well, and nothing but the commit itself is left to the thread that waits for the
/// disk.
///
/// Safe to share: the writer is used between `lock` and `unlock` only.
final class WriterDesk: @unchecked Sendable {
  private let queue: SubmissionQueue
  /// `nil` once nothing is written any more.
  private var writer: Writer?
  private let lock = NSLock()

  init(_ writer: sending Writer, _ queue: SubmissionQueue) {
    (self.writer, self.queue) = (writer, queue)
  }

  /// Decides on what waits, unless another is at it; never waits. Then calls whoever commits.
  func advance() {
    if lock.try() {
      writer?.take(queue.take())
      lock.unlock()
    }
    queue.call()
  }

  /// Waits for a batch and commits it; `nil` once the queue is closed and empty.
  func commitNext() -> Writer.Batch? {
    guard queue.awaitBatch() else { return nil }
    lock.lock()
    defer { lock.unlock() }
    guard let writer else { return nil }
    writer.take(queue.take())
    queue.endBatch()
    return writer.commit()
  }

  /// Syncs what is left to sync, see ``Writer/close()``, and lets go of the store; the queue is closed and empty.
  func close() throws(StoreError) {
    defer { abandon() }
    lock.lock()
    defer { lock.unlock() }
    try writer?.close()
  }

  /// Lets go of the store as it is.
  func abandon() {
    lock.lock()
    writer = nil
    lock.unlock()
  }
}
