import CarnetJournal
import CarnetLedger
import CarnetNotes
import Foundation
import Support
import Synchronization

/// Signed payments by the library, each durable and covered by a signed checkpoint before it is answered.
final class JournalBenchmark {
  private(set) var ledger: TestLedger
  /// Those who pay: a thousand at most, since each key lies in guarded pages of its own.
  let people: [Place.Person]
  /// Those who are paid: everyone.
  private let numbers: [MemberNumber]

  /// Whom payments go to.
  enum Payees {
    case everyone, oneShop
  }

  /// Notes that each thread may have under way: half of what the queue takes, shared among the threads.
  private static let window = 500
  private static let threads = 4
  private static let payersMax = 1_000

  init(accounts: Int) throws {
    var ledger = try TestLedger(floor: -1_000_000_000)
    ledger.clock.now = SystemClock().now
    var (people, numbers) = ([Place.Person](), [MemberNumber]())
    let enrolments = try (0..<accounts).map { index in
      let person = ledger.place.person()
      if index < JournalBenchmark.payersMax { people.append(person) }
      numbers.append(person.number)
      return try ledger.place.enrolment(of: person, handle: "member-\(index)", at: ledger.clock.now)
    }
    (self.ledger, self.people, self.numbers) = (ledger, people, numbers)
    hand(in: enrolments)
  }

  /// `count` payments signed beforehand, handed in from four threads.
  func run(count: Int, verifyLimit: Double, into report: inout Report) throws {
    let before = ProcessorTime.now()
    let notes = try payments(count)
    let signed = ProcessorTime.now()
    let took = seconds { hand(in: notes) }
    let rate = Double(count) / took
    let handed = ProcessorTime.now() - signed
    report.add("signing a payment, processor time", (signed - before) / Double(count) * 1e6, "µs")
    report.add("signed payments, library", rate, "1/s")
    report.add("a payment, processor time of all threads", handed / Double(count) * 1e6, "µs")
    report.add("processors busy meanwhile", handed / took, "")
    report.add("of the two-core verify limit", rate / verifyLimit, "ratio")
  }

  /// Payments a second.
  func rate(_ count: Int, to payees: Payees = .everyone) throws -> Double {
    let notes = try payments(count, to: payees)
    return Double(count) / seconds { hand(in: notes) }
  }

  /// Payments until the journal holds so many records.
  func grow(to size: Int) throws {
    while true {
      let missing = size - Int(ledger.journal.read { $0.size })
      guard missing > 0 else { return }
      hand(in: try payments(min(missing, 20_000)))
    }
  }

  func payments(_ count: Int, to payees: Payees = .everyone) throws -> [Submission] {
    let now = SystemClock().now
    ledger.clock.now = now
    return try (0..<count).map { index in
      let payer = people[payees == .oneShop ? 1 + index % (people.count - 1) : index % people.count]
      // A step that shares no divisor with the number of accounts, so that each has its turn.
      var payee = payees == .oneShop ? numbers[0] : numbers[(1 + index * 7_919) % numbers.count]
      if payee == payer.number { payee = numbers[(index + 1) % people.count] }
      let payment = Payment(
        to: .member(payee), currency: ledger.currency, amount: 1, request: nil, memo: nil)
      return try ledger.place.submission(.payment(payment), by: payer, at: now)
    }
  }

  /// A note of one of the people, for the next three minutes.
  func sign(_ operation: CarnetLedger.Operation, by person: Place.Person) throws -> Submission {
    try ledger.place.submission(operation, by: person, at: SystemClock().now, lifetime: 180)
  }

  private func hand(in notes: [Submission]) {
    let group = DispatchGroup()
    let journal = ledger.journal
    for thread in 0..<JournalBenchmark.threads {
      let part = stride(from: thread, to: notes.count, by: JournalBenchmark.threads).map { notes[$0] }
      group.enter()
      let worker = Thread {
        let window = DispatchSemaphore(value: JournalBenchmark.window)
        for note in part {
          window.wait()
          journal.submit(note) { result in
            guard case .success = result else { preconditionFailure("a benchmark's note was refused") }
            window.signal()
          }
        }
        for _ in 0..<JournalBenchmark.window { window.wait() }
        for _ in 0..<JournalBenchmark.window { window.signal() }
        group.leave()
      }
      worker.start()
    }
    group.wait()
  }

  func close() { ledger.journal.close() }
}
