import CarnetLedger
import CarnetNotes
import Support
import Testing

@testable import CarnetJournal

/// One sequence of notes, and what the model said to each beside what the ledger did.
struct Comparison {
  let seed: UInt64
  private(set) var now = ModelTown.start
  private(set) var codes: [String: Int] = [:]
  private var model: JournalModel
  private var notes: ModelNotes
  private var step = 0

  init(_ town: ModelTown, seed: UInt64) {
    self.seed = seed
    (model, notes) = (town.model(), ModelNotes(town, seed: seed))
  }

  /// A note, and the moment it comes in: mostly soon after the last one, at times days later or a little before.
  mutating func next() throws -> JournalModel.Note {
    switch Int.random(in: 0..<40, using: &notes.generator) {
    case 0: now = now.adding(seconds: 86_400)
    case 1: now = now.adding(milliseconds: -Int64.random(in: 0...900, using: &notes.generator))
    case 2...4:
      // A note that lives until this very second is not expired yet; one millisecond on it is.
      now = Timestamp(seconds: now.seconds + 1).adding(
        milliseconds: Int64.random(in: 0...1, using: &notes.generator))
    case 5...15: now = now.adding(milliseconds: Int64.random(in: 0...2_000, using: &notes.generator))
    default: break
    }
    return try notes.next(model, at: now)
  }

  /// Notes that come in at one moment. A key is the last of them: lines beside the signer's are looked up when a note
  /// comes in, so whether one by that key counts would hang on who is faster.
  mutating func nextBatch() throws -> [JournalModel.Note] {
    var batch = [try next()]
    for _ in 0..<Int.random(in: 0..<12, using: &notes.generator) {
      if case .key = batch[batch.count - 1].text.operation { break }
      batch.append(try notes.next(model, at: now))
    }
    return batch
  }

  /// Whether the ledger answered as the model does; where not, the seed and the note are reported.
  ///
  /// - Parameter balance: the ledger's balances behind the note, `nil` where they are not to be seen yet.
  mutating func compare(
    _ note: JournalModel.Note, _ result: Result<(Record, isRepeat: Bool), LedgerError>,
    balance: ((AccountID) -> Int64)?
  ) -> Bool {
    step += 1
    let before = model
    let expected = model.answer(to: note, at: now)
    let found: JournalModel.Answer
    switch result {
    case .success((let record, isRepeat: true)): found = .repeated(record.number)
    case .success((let record, isRepeat: false)):
      found = .recorded(record.number, record.postings.legs, signers: Set(record.signers.map(\.key)))
    case .failure(let error): found = .refused(error.code)
    }
    count(expected, note, since: before)
    var breach: String? = found == expected ? nil : "\(found) instead of \(expected)"
    if let balance, !hasBalances(of: balance) { breach = breach ?? "other balances" }
    breach = breach ?? model.breach(since: before)
    guard let breach else { return true }
    Issue.record("seed \(seed), step \(step): \(breach), for \(note.text.operation) at \(now.milliseconds)")
    return false
  }

  private mutating func count(
    _ answer: JournalModel.Answer, _ note: JournalModel.Note, since before: JournalModel
  ) {
    switch answer {
    case .refused(let code): codes[code, default: 0] += 1
    case .repeated: codes["repeat", default: 0] += 1
    case .recorded:
      var name = "+\(note.text.operation.kind)"
      if case .void(let order) = note.text.operation, before.numbers[order.note] != nil {
        name += "-of-key"
      }
      codes[name, default: 0] += 1
    }
  }

  func hasBalances(of balance: (AccountID) -> Int64) -> Bool {
    model.balances.allSatisfy { balance($0.key) == $0.value }
  }
}

extension JournalModel {
  /// Which of the rules that always hold (PROTOCOL, section 6) does not, after one more answer.
  func breach(since before: JournalModel) -> String? {
    guard entries.count > before.entries.count else {
      return balances == before.balances && entries.count == before.entries.count
        ? nil : "a refusal moved something"
    }
    guard entries.count == before.entries.count + 1, time >= before.time else { return "number or time" }
    let legs = entries[entries.count - 1].legs
    var sums: [CurrencyCode: Int64] = [:]
    for leg in legs { sums[leg.account.currency, default: 0] += leg.amount }
    guard sums.values.allSatisfy({ $0 == 0 }) else { return "postings that do not sum to zero" }
    return breachOfBalances(legs, since: before)
  }

  private func breachOfBalances(_ legs: [Posting], since before: JournalModel) -> String? {
    var totals: [CurrencyCode: Int64] = [:]
    var issued: Int64 = 0
    for (account, balance) in balances {
      // A sum over all accounts may pass through what 64 bits cannot hold; the remainder cannot.
      totals[account.currency, default: 0] &+= balance
      guard abs(balance) <= JournalModel.most else { return "a balance beyond what a number holds" }
      let isBacked = units[account.currency]?.isBacked ?? (account.currency == .euro)
      if account.name == .system(.circulation) { issued -= balance }
      guard !isBacked || balance >= 0 || [.system(.circulation), .system(.outside)].contains(account.name)
      else { return "a backed balance below zero" }
    }
    guard totals.values.allSatisfy({ $0 == 0 }) else { return "balances that do not sum to zero" }
    guard issued <= balances[AccountID(.reserve, .euro), default: 0] else { return "more issued than held" }
    for leg in legs where leg.amount < 0 {
      if let floor = before.limits(of: leg.account).floor, balances[leg.account, default: 0] < floor {
        return "a balance lowered below its floor"
      }
    }
    return nil
  }
}
