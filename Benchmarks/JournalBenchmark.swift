import CarnetJournal
import CarnetLedger
import CarnetNotes
import Foundation
import Support
import Synchronization

/// Signed payments by the library, each durable and covered by a signed checkpoint before it is answered.
final class JournalBenchmark {
  private(set) var ledger: TestLedger
  let people: [Place.Person]

  init(accounts: Int) throws {
    var ledger = try TestLedger(floor: -1_000_000_000)
    ledger.clock.now = SystemClock().now
    people = try (0..<accounts).map { try ledger.join("member-\($0)") }
    self.ledger = ledger
  }

  /// `count` payments signed beforehand, handed in from four threads.
  func run(count: Int, verifyLimit: Double, into report: inout Report) throws {
    let notes = try payments(count)
    let took = seconds { hand(in: notes) }
    let rate = Double(count) / took
    report.add("signed payments, library", rate, "1/s")
    report.add("of the two-core verify limit", rate / verifyLimit, "ratio")
  }

  /// Payments until the journal holds so many records.
  func grow(to size: Int) throws {
    while true {
      let missing = size - Int(ledger.journal.read { $0.size })
      guard missing > 0 else { return }
      hand(in: try payments(min(missing, 20_000)))
    }
  }

  private func payments(_ count: Int) throws -> [Submission] {
    let now = ledger.clock.now
    return try (0..<count).map { index in
      let payer = people[index % people.count]
      let payee = people[(index + 1 + index / people.count) % people.count]
      let other = payee.number == payer.number ? people[(index + 1) % people.count] : payee
      return try ledger.place.submission(ledger.payment(of: 1, to: other), by: payer, at: now)
    }
  }

  private func hand(in notes: [Submission]) {
    let group = DispatchGroup()
    let journal = ledger.journal
    let threads = 4
    for thread in 0..<threads {
      let part = stride(from: thread, to: notes.count, by: threads).map { notes[$0] }
      group.enter()
      let worker = Thread {
        // Half of what the queue takes, shared among the threads, may be under way.
        let window = DispatchSemaphore(value: 500)
        for note in part {
          window.wait()
          journal.submit(note) { result in
            guard case .success = result else { preconditionFailure("a benchmark's payment was refused") }
            window.signal()
          }
        }
        for _ in 0..<500 { window.wait() }
        for _ in 0..<500 { window.signal() }
        group.leave()
      }
      worker.start()
    }
    group.wait()
  }

  func close() { ledger.journal.close() }
}
