import CarnetLedger
import CarnetNotes
import Foundation
import Support
import Synchronization

@testable import CarnetJournal

/// A small ledger, founded once on a disk without faults, and what its people hand in; every trial starts from a copy.
struct FaultScenario: Sendable {
  /// Notes that are committed together, but for the first, which gets a commit of its own.
  let groups: [[Submission]]
  /// What each note comes to where nothing fails: `done`, or the code of its refusal.
  let outcomes: [NoteID: String]
  /// Balances behind all of them.
  let balances: [AccountID: Int64]
  let clock: TestClock
  private let files: [String: Data]

  var notes: [Submission] { groups.flatMap(\.self) }

  /// - Parameter rounds: how many times five payments each group has.
  init(groups count: Int, rounds: Int = 1) throws {
    var ledger = try TestLedger(floor: -1_000)
    let (alice, bob) = (try ledger.join("alice"), try ledger.join("bob", kind: .business))
    ledger.journal.close()
    groups = try FaultScenario.groups(count, rounds, of: &ledger, alice, bob)
    clock = ledger.clock
    var files: [String: Data] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: ledger.folder.path) {
      files[name] = FileManager.default.contents(atPath: ledger.folder.file(name))
    }
    self.files = files
    let journal = try Journal(opening: ledger.path, options: .init(clock: clock))
    outcomes = Dictionary(
      groups.flatMap { FaultScenario.handIn($0, to: journal) }.map { ($0.note, $0.outcome) },
      uniquingKeysWith: { first, _ in first })
    balances = journal.read { state in
      Dictionary(uniqueKeysWithValues: state.book.accounts.map { ($0, state.balance(of: $0)) })
    }
    journal.close()
  }

  /// Payments back and forth, and in each group one that is too large, one with a memo, one that a request asks for, and a repeat.
  private static func groups(
    _ count: Int, _ rounds: Int, of ledger: inout TestLedger, _ alice: Place.Person, _ bob: Place.Person
  ) throws -> [[Submission]] {
    var groups: [[Submission]] = []
    let carol = ledger.place.person()
    let now = ledger.clock.now
    for index in 0..<count {
      guard let memo = SubmittedText("merci \(index)") else { preconditionFailure("a memo") }
      var group: [Submission] = []
      let payments = [
        (3, alice, bob), (5 + index, bob, alice), (5_000, alice, bob), (1, alice, carol), (2, bob, alice),
      ]
      for (amount, payer, payee) in (0..<rounds).flatMap({ _ in payments }) {
        group.append(
          try ledger.place.submission(
            ledger.payment(of: Int64(amount), to: payee), by: payer, at: now))
      }
      group.append(
        try ledger.place.submission(
          ledger.payment(of: 7, to: bob, memo: memo.hash), by: alice, at: now, saltedText: memo))
      let request = PaymentRequest(currency: ledger.currency, amount: Int64(4 + index), reference: nil)
      let asked = try ledger.place.submission(.request(request), by: bob, at: now)
      let payment = Payment(
        to: .member(bob.number), currency: ledger.currency, amount: request.amount, request: asked.id,
        memo: nil)
      group += [asked, try ledger.place.submission(.payment(payment), by: alice, at: now)]
      group.append(groups.last?[1] ?? group[0])
      groups.append(group)
    }
    groups[0].insert(try ledger.place.enrolment(of: carol, handle: "carol", at: now), at: 2)
    return groups
  }

  /// Writes the files of the ledger, as they are before anything is handed in, to a folder.
  func lay(in folder: TemporaryFolder) throws {
    for (name, content) in files {
      let path = folder.file(name)
      try content.write(to: URL(fileURLWithPath: path))
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }
  }
}

/// What was said about a note, by one process.
struct Acknowledgement: Sendable {
  let note: NoteID
  /// `done`, or a code.
  let outcome: String
  /// The record's number and bytes, where it is done.
  let record: (number: UInt64, bytes: [UInt8])?

  init(_ note: NoteID, _ result: Result<Answer, LedgerError>) {
    self.note = note
    switch result {
    case .success(let answer): (outcome, record) = ("done", (answer.record.number, answer.recordBytes))
    case .failure(let error): (outcome, record) = (error.code, nil)
    }
  }
}

extension FaultScenario {
  /// Hands in a group and waits for the answers: the first note gets a commit of its own, whose answer the writer waits
  /// with until the others stand in the queue, so that they get one together.
  static func handIn(_ group: [Submission], to journal: Journal) -> [Acknowledgement] {
    let answers = Mutex<[Int: Acknowledgement]>([:])
    let (ended, gate) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let caller = pthread_self()
    for (place, note) in group.enumerated() {
      journal.submit(note) { result in
        answers.withLock { $0[place] = Acknowledgement(note.id, result) }
        if place == 0, pthread_self() != caller { gate.wait() }
        ended.signal()
      }
    }
    gate.signal()
    for _ in group { ended.wait() }
    return answers.withLock { answers in group.indices.compactMap { answers[$0] } }
  }

  /// One process: opens the ledger, hands in everything, copies the log back now and then, closes. Ends where the
  /// journal says that nothing can be written any more.
  func run(_ path: String) -> [Acknowledgement] {
    guard let journal = try? Journal(opening: path, options: .init(clock: clock)) else { return [] }
    var answers: [Acknowledgement] = []
    for (place, group) in groups.enumerated() {
      answers += FaultScenario.handIn(group, to: journal)
      guard journal.failure == nil else { break }
      if place % 2 == 1 { try? Database(path, .write).execute("PRAGMA wal_checkpoint(PASSIVE)") }
    }
    journal.close()
    return answers
  }
}
