import Foundation

/// Threads of our own that run what is handed to them. The system's queues would not do: jobs here wait for answers
/// that the same queues bring.
///
/// Safe to share: `jobs` and `isClosed` are read and written under the condition's lock.
final class WorkerPool: @unchecked Sendable {
  private let condition = NSCondition()
  private var jobs: [@Sendable () -> Void] = []
  private var isClosed = false

  init(threads: Int) {
    for _ in 0..<threads {
      let thread = Thread { [self] in
        while let job = next() { job() }
      }
      thread.start()
    }
  }

  func run(_ job: @escaping @Sendable () -> Void) {
    condition.lock()
    jobs.append(job)
    condition.signal()
    condition.unlock()
  }

  /// Lets the threads end once nothing is left to do.
  func close() {
    condition.lock()
    isClosed = true
    condition.broadcast()
    condition.unlock()
  }

  private func next() -> (@Sendable () -> Void)? {
    condition.lock()
    defer { condition.unlock() }
    while jobs.isEmpty {
      guard !isClosed else { return nil }
      condition.wait()
    }
    return jobs.removeFirst()
  }
}
