import CarnetLedger
import CarnetNotes
import Dispatch
import Foundation
import Support
import Synchronization
import Testing

@testable import CarnetJournal

/// Many random notes, each answered by the ledger and by the model of it: the same codes, the same postings, the same
/// lines that count, and books that keep the rules which always hold (PROTOCOL, section 6).
///
/// With `CARNET_SOAK=1` the sequences are more and longer.
@Suite struct ModelTests {
  private static let (sequences, length) = Project.isSoak ? (512, 512) : (64, 256)

  /// What every run must have met: each refusal, and each kind that was recorded. What is never drawn is compared with
  /// nothing.
  static let wanted = Set(
    """
    wrong-ledger unknown-key bad-signature expired too-far-ahead voided key-inactive role-missing signatures-missing
    unknown-member unknown-record no-such-key key-taken key-invalid duplicate-reference already-recorded
    not-accredited suspended unknown-request request-cancelled request-expired request-paid request-differs fee-differs not-reversible reason-missing balance-not-zero
    officers-too-few same-account currency-mismatch limits-invalid reversal-exceeds amount-differs overflow
    insufficient-funds ceiling-exceeded repeat +payment +cheque +change +reconversion +reversal +status +limits +key
    +request +cancel +void +void-of-key
    """.split { $0.isWhitespace }.map(String.init))

  @Test("the rules answer every note as the model does")
  func rules() {
    let met = Mutex<[String: Int]>([:])
    DispatchQueue.concurrentPerform(iterations: ModelTests.sequences) { index in
      let seed = UInt64(index + 1)
      do {
        let codes = try ModelTests.compareRules(seed)
        met.withLock { $0.merge(codes, uniquingKeysWith: +) }
      } catch { Issue.record("seed \(seed): \(error)") }
    }
    let (counts, wanted) = (met.withLock { $0 }, ModelTests.wanted)
    let (missing, unknown) = (wanted.subtracting(counts.keys), Set(counts.keys).subtracting(wanted))
    #expect(missing == [] && unknown == [], "\(counts)")
  }

  private static func compareRules(_ seed: UInt64) throws -> [String: Int] {
    let town = try ModelTown(seed: seed)
    var comparison = Comparison(town, seed: seed)
    var books = try Books(town.genesis, at: ModelTown.start)
    for note in town.setUp { try books.accept(note) }
    for _ in 0..<length {
      let note = try comparison.next()
      let count = books.records.count
      books.now = comparison.now
      let found = Result { () throws(Refusal) in try books.accept(note.submission) }
      let isNew = books.records.count > count
      guard
        comparison.compare(
          note, found.map { ($0, !isNew) }.mapError { .refused($0) }, balance: books.state.balance(of:))
      else { break }
    }
    return comparison.codes
  }

  @Test(
    "the journal answers every note as the model does, in batches too",
    arguments: 1...(Project.isSoak ? 16 : 2) as ClosedRange<UInt64>)
  func journal(_ seed: UInt64) throws {
    let town = try ModelTown(seed: 1_000 + seed)
    var comparison = Comparison(town, seed: 1_000 + seed)
    let (folder, clock) = (try TemporaryFolder(), TestClock(ModelTown.start))
    let secrets = LedgerSecrets(keys: [town.place.ledgerKey], referenceSecret: Array(repeating: 7, count: 32))
    try Journal.create(at: folder.file("ledger"), genesis: town.genesis, secrets: secrets, clock: clock)
    let journal = try Journal(opening: folder.file("ledger"), options: .init(clock: clock))
    for note in town.setUp { _ = try journal.submit(note) }
    var left = ModelTests.length
    while left > 0 {
      let batch = try comparison.nextBatch()
      clock.now = comparison.now
      let answers = ModelTests.handIn(batch.map(\.submission), to: journal)
      for (note, answer) in zip(batch, answers) {
        // Only behind the whole batch is its state to be seen.
        let agrees = comparison.compare(note, answer.map { ($0.record, $0.isRepeat) }, balance: nil)
        try #require(agrees)
      }
      let isSame = journal.read { state in comparison.hasBalances(of: state.balance(of:)) }
      try #require(isSame, "seed \(seed)")
      left -= batch.count
    }
    journal.close()
    #expect(try Audit.run(folder.file("ledger")).findings.map(\.description) == [])
  }

  /// All at once; each has its answer when this returns.
  private static func handIn(_ notes: [Submission], to journal: Journal) -> [Result<Answer, LedgerError>] {
    let answers = Mutex<[Int: Result<Answer, LedgerError>]>([:])
    let ended = DispatchSemaphore(value: 0)
    for (place, note) in notes.enumerated() {
      journal.submit(note) { result in
        answers.withLock { $0[place] = result }
        ended.signal()
      }
    }
    for _ in notes { ended.wait() }
    return answers.withLock { answers in notes.indices.compactMap { answers[$0] } }
  }
}
