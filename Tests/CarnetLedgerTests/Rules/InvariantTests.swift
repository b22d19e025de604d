import CarnetLedger
import CarnetNotes
import Support
import Testing

/// The rules that always hold (PROTOCOL, section 6), after each of many notes drawn at random.
@Suite struct InvariantTests {
  /// What an auditor would keep: balances counted up from the postings alone, and what was undone of each record.
  private struct Auditor {
    var balances: [AccountID: Int64] = [:]
    var undone: [UInt64: Int64] = [:]
    var amounts: [UInt64: Int64] = [:]

    mutating func take(_ record: Record) {
      amounts[record.number] = record.postings.legs.first.map { abs($0.amount) } ?? 0
      for leg in record.postings.legs { balances[leg.account, default: 0] += leg.amount }
      if case .reversal(let reversal) = record.text.operation {
        undone[reversal.record, default: 0] += reversal.amount
      }
    }

    func sum(of code: CurrencyCode, where isCounted: (AccountName) -> Bool = { _ in true }) -> Int64 {
      balances.reduce(0) { $1.key.currency == code && isCounted($1.key.name) ? $0 + $1.value : $0 }
    }
  }

  @Test("every invariant holds after each of many random notes", arguments: [11, 12, 13, 14] as [UInt64])
  func holds(_ seed: UInt64) throws {
    let town = try Town(seed: seed)
    try town.accreditBakery()
    var notes = RandomNotes(seed: seed, town: town)
    var auditor = Auditor()
    for record in town.books.records { auditor.take(record) }
    var codes: [String: Int] = [:]
    for step in 0..<1_200 {
      if notes.chance(1, of: 40) { town.wait(seconds: 7 * Town.day) }
      if notes.chance(1, of: 3) { town.books.now = town.books.now.adding(milliseconds: 1_001) }
      let before = town.state
      let note = try notes.next(in: town)
      if let refusal = town.refusal(of: note) {
        codes[refusal.code, default: 0] += 1
      } else if let record = town.books.records.last {
        codes["accepted", default: 0] += 1
        auditor.take(record)
        let isSound = try isSound(record, between: before, and: town.state, auditor)
        try #require(isSound, "seed \(seed), step \(step), \(record.text.operation)")
      }
    }
    // The sequence is worth something only where much is accepted, and refused for many reasons.
    #expect(codes["accepted", default: 0] > 200 && codes.count > 15, "seed \(seed): \(codes)")
    try checkReplay(of: town)
  }

  private func isSound(
    _ record: Record, between before: LedgerState, and after: LedgerState, _ auditor: Auditor
  ) throws -> Bool {
    let bytes = record.bytes
    let isNext = record.number == before.size && record.time >= before.time && after.time == record.time
    let reads = try Record(parsing: bytes) == record && record.signaturesAreValid
    return isNext && reads && keepsBooks(after, auditor) && keepsLimits(record, before, after)
      && keysCount(record, after) && keepsOriginals(auditor) && keepsOfficers(after)
  }

  /// 1 to 4: sums, coverage, nobody below zero where units are backed.
  private func keepsBooks(_ state: LedgerState, _ auditor: Auditor) -> Bool {
    let euros = { (account: SystemAccount) in auditor.balances[AccountID(account, .euro), default: 0] }
    let members = auditor.sum(of: Town.mel) { $0 != .system(.circulation) }
    let issued = -auditor.balances[AccountID(.circulation, Town.mel), default: 0]
    return auditor.balances.allSatisfy { state.balance(of: $0.key) == $0.value }
      && auditor.balances.values.allSatisfy(Quantity.balances.contains)
      && state.book.accounts.count == auditor.balances.count
      && [Town.mel, Town.min, .euro].allSatisfy { auditor.sum(of: $0) == 0 }
      && members == issued && state.book.issued == issued && issued <= euros(.reserve) && euros(.fees) >= 0
      && auditor.balances.allSatisfy {
        $0.key.currency != Town.mel || $0.key.name == .system(.circulation) || $0.value >= 0
      }
  }

  /// 2: a leg down ends at the floor or above, a leg up at the ceiling or below.
  private func keepsLimits(_ record: Record, _ before: LedgerState, _ after: LedgerState) -> Bool {
    var (emptied, ignoresCeilings): (AccountID?, Bool) = (nil, false)
    switch record.text.operation {
    case .settle(let settlement): emptied = AccountID(settlement.from, settlement.currency)
    case .reversal: ignoresCeilings = true
    default: break
    }
    return record.postings.legs.allSatisfy { leg in
      guard leg.account != emptied else { return after.balance(of: leg.account) == 0 }
      let limits = before.limits(of: leg.account, at: record.time)
      let balance = after.balance(of: leg.account)
      return leg.amount < 0
        ? limits.floor.map { balance >= $0 } ?? true
        : ignoresCeilings || limits.ceiling.map { balance <= $0 } ?? true
    }
  }

  /// 5: every counted line is by a key that was active at this position.
  private func keysCount(_ record: Record, _ after: LedgerState) -> Bool {
    Set(record.signers.map(\.member)).count == record.signers.count
      && record.signers.allSatisfy { signer in
        guard let key = signer.member.flatMap({ after.member($0) })?.key(signer.key) else { return false }
        // A key may revoke itself.
        return key.use == .pay && key.activeFrom <= record.time && key.revokedIn ?? .max >= record.number
      }
  }

  /// No more is undone of a record than it moved.
  private func keepsOriginals(_ auditor: Auditor) -> Bool {
    auditor.undone.allSatisfy { $0.value <= auditor.amounts[$0.key, default: 0] }
  }

  private func keepsOfficers(_ state: LedgerState) -> Bool {
    state.members.values.contains { $0.isOfficer && $0.status == .active }
  }

  /// 8: the same notes with their times, each with the lines that counted, give the same records and the same state.
  private func checkReplay(of town: Town) throws {
    let first = try #require(town.books.records.first)
    var copy = try Books(replayed(first, from: town), at: first.time)
    for record in town.books.records.dropFirst() {
      copy.now = record.time
      let again = try copy.accept(replayed(record, from: town))
      try #require(again.bytes == record.bytes)
    }
    #expect(copy.records == town.books.records)
    #expect(Picture(copy.state) == Picture(town.state))
  }

  private func replayed(_ record: Record, from town: Town) -> Submission {
    Submission(
      replaying: record, id: record.text.id,
      saltedText: record.text.operation.textHash.flatMap { town.books.texts[$0.hash] })
  }
}
