import CarnetLedger
import Foundation
import Support
import Synchronization
import Testing

@testable import CarnetJournal

@Suite struct SubmissionQueueTests {
  private func pending() throws -> Pending {
    var place = Place()
    return Pending(
      submission: try place.genesis(at: TestLedger.start), verified: nil, completion: { _ in })
  }

  /// Waits for a batch and takes it whole; its size, `nil` for none any more.
  private func batch(of queue: SubmissionQueue) -> Int? {
    guard queue.awaitBatch() else { return nil }
    defer { queue.endBatch() }
    return queue.take().count
  }

  /// As whoever hands in a note does, unless somebody decides on notes just then.
  private func add(_ pending: Pending, to queue: SubmissionQueue) -> Bool {
    defer { queue.call() }
    return queue.add(pending) == .taken
  }

  @Test("a queue takes in what it may hold and one more is told to come back")
  func limits() throws {
    let queue = SubmissionQueue(countMax: 2)
    let pending = try pending()
    #expect(queue.add(pending) == .taken)
    #expect(queue.add(pending) == .taken)
    #expect(queue.add(pending) == .full)
    #expect(batch(of: queue) == 2)
    #expect(queue.add(pending) == .taken)
    queue.close()
    #expect(queue.add(pending) == .closed)
    #expect(batch(of: queue) == 1)
    #expect(batch(of: queue) == nil)
  }

  @Test("a note counts until its batch ends, and a batch takes no more than it may hold")
  func batches() throws {
    let queue = SubmissionQueue()
    let pending = try pending()
    for _ in 0...Limits.batchCountMax { #expect(queue.add(pending) == .taken) }
    #expect(queue.take().count == Limits.batchCountMax)
    #expect(queue.take().isEmpty)
    #expect(queue.uncommittedCount == Limits.batchCountMax + 1)
    queue.endBatch()
    #expect(queue.uncommittedCount == 1)
    #expect(queue.take().count == 1)
    queue.endBatch()
    let full = SubmissionQueue(countMax: 1)
    #expect(full.add(pending) == .taken)
    #expect(full.take().count == 1)
    #expect(full.add(pending) == .full)
    full.endBatch()
    #expect(full.add(pending) == .taken)
  }

  @Test("who comes alone waits for nobody; as many as came together are waited for again")
  func gathering() throws {
    // A wait that nothing ends but those who come: were one waited for in vain, the test would not end.
    let queue = SubmissionQueue(gatherSeconds: 3_600)
    let pending = try pending()
    for _ in 0..<2 {
      #expect(add(pending, to: queue))
      #expect(batch(of: queue) == 1)
    }
    for _ in 0..<3 { #expect(add(pending, to: queue)) }
    #expect(batch(of: queue) == 3)

    let taken = Mutex<Int?>(nil)
    let ended = DispatchSemaphore(value: 0)
    for _ in 0..<2 { #expect(add(pending, to: queue)) }
    Thread.detachNewThread {
      taken.withLock { $0 = batch(of: queue) }
      ended.signal()
    }
    #expect(ended.wait(timeout: .now() + 0.2) == .timedOut, "a third is waited for")
    #expect(add(pending, to: queue))
    ended.wait()
    #expect(taken.withLock { $0 } == 3)
  }

  @Test("enough notes, or a limited time, end the waiting for more")
  func endOfGathering() throws {
    let pending = try pending()
    let patient = SubmissionQueue(gatherSeconds: 3_600)
    for _ in 0...Limits.gatherCountMax { #expect(add(pending, to: patient)) }
    #expect(batch(of: patient) == Limits.gatherCountMax + 1)
    for _ in 0..<Limits.gatherCountMax { #expect(add(pending, to: patient)) }
    #expect(batch(of: patient) == Limits.gatherCountMax)
    let usual = SubmissionQueue()
    for count in [2, 1] {
      for _ in 0..<count { #expect(add(pending, to: usual)) }
      #expect(batch(of: usual) == count)
    }
  }

  @Test("closing ends the waiting")
  func closing() throws {
    let queue = SubmissionQueue(gatherSeconds: 3_600)
    let pending = try pending()
    for _ in 0..<2 { #expect(add(pending, to: queue)) }
    #expect(batch(of: queue) == 2)
    #expect(add(pending, to: queue))
    Thread.detachNewThread { queue.close() }
    #expect(batch(of: queue) == 1)
    #expect(batch(of: queue) == nil)
  }
}
