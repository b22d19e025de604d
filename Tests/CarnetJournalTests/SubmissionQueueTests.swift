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

  @Test("a queue takes in what it may hold and one more is told to come back")
  func limits() throws {
    let queue = SubmissionQueue(countMax: 2)
    let pending = try pending()
    #expect(queue.add(pending) == .taken)
    #expect(queue.add(pending) == .taken)
    #expect(queue.add(pending) == .full)
    #expect(queue.take(10)?.count == 2)
    #expect(queue.add(pending) == .taken)
    queue.close()
    #expect(queue.add(pending) == .closed)
    #expect(queue.take(10)?.count == 1)
    #expect(queue.take(10) == nil)
  }

  @Test("who comes alone waits for nobody; as many as came together are waited for again")
  func gathering() throws {
    // A wait that nothing ends but those who come: were one waited for in vain, the test would not end.
    let queue = SubmissionQueue(gatherSeconds: 3_600)
    let pending = try pending()
    for _ in 0..<2 {
      #expect(queue.add(pending) == .taken)
      #expect(queue.take(10)?.count == 1)
    }
    for _ in 0..<3 { #expect(queue.add(pending) == .taken) }
    #expect(queue.take(10)?.count == 3)

    let taken = Mutex<Int?>(nil)
    let ended = DispatchSemaphore(value: 0)
    for _ in 0..<2 { #expect(queue.add(pending) == .taken) }
    Thread.detachNewThread {
      taken.withLock { $0 = queue.take(10)?.count }
      ended.signal()
    }
    #expect(ended.wait(timeout: .now() + 0.2) == .timedOut, "a third is waited for")
    #expect(queue.add(pending) == .taken)
    ended.wait()
    #expect(taken.withLock { $0 } == 3)
  }

  @Test("enough notes, or a limited time, end the waiting for more")
  func endOfGathering() throws {
    let pending = try pending()
    let patient = SubmissionQueue(gatherSeconds: 3_600)
    for _ in 0...Limits.gatherCountMax { #expect(patient.add(pending) == .taken) }
    #expect(patient.take(Limits.batchCountMax)?.count == Limits.gatherCountMax + 1)
    for _ in 0..<Limits.gatherCountMax { #expect(patient.add(pending) == .taken) }
    #expect(patient.take(Limits.batchCountMax)?.count == Limits.gatherCountMax)
    let usual = SubmissionQueue()
    for count in [2, 1] {
      for _ in 0..<count { #expect(usual.add(pending) == .taken) }
      #expect(usual.take(10)?.count == count)
    }
  }

  @Test("closing ends the waiting")
  func closing() throws {
    let queue = SubmissionQueue(gatherSeconds: 3_600)
    let pending = try pending()
    for _ in 0..<2 { #expect(queue.add(pending) == .taken) }
    #expect(queue.take(10)?.count == 2)
    #expect(queue.add(pending) == .taken)
    Thread.detachNewThread { queue.close() }
    #expect(queue.take(10)?.count == 1)
    #expect(queue.take(10) == nil)
  }
}
