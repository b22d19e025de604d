import CarnetLedger
import CarnetNotes
import Support
import Testing

@testable import CarnetJournal

@Suite struct ClosingOnDiskTests {
  @Test("a closing is made of the balances behind its cutoff, and proven after a new start")
  func closing() throws {
    var ledger = try TestLedger()
    let (alice, bob) = (try ledger.join("alice"), try ledger.join("bob"))
    for amount in 1...20 { try ledger.submit(ledger.payment(of: Int64(amount), to: bob), by: alice) }
    let period = try #require(ClosingPeriod("2026-01"))
    let cutoff = try ledger.submit(.cutoff(CutoffOrder(period: period)), by: ledger.place.officer).record
      .number
    try ledger.submit(ledger.payment(of: 1_000, to: alice), by: bob)
    let tree = try #require(try ledger.journal.closingTree(of: cutoff))
    #expect(tree.totals.map(\.total) == [210, 210])
    let state = try #require(ledger.journal.cutoffs.first).state
    #expect(
      try ledger.journal.closingProof(of: AccountID(bob.number, ledger.currency), cutoff: cutoff) == nil)
    try ledger.submit(
      .closing(Closing(cutoff: cutoff, totals: tree.totals, state: state, attested: nil, reason: nil)),
      by: ledger.place.officer)
    ledger.journal.close()
    #expect(try Audit.run(ledger.path).findings.map(\.description) == [])

    let reopened = try Journal(opening: ledger.path, options: .init(clock: ledger.clock))
    defer { reopened.close() }
    let key = ledger.place.verifierKey
    for (person, balance) in [(alice, Int64(-210)), (bob, 210)] {
      let proof = try reopened.closingProof(of: AccountID(person.number, ledger.currency), cutoff: cutoff)
      let found = try #require(proof)
      #expect(found.balance == balance)
      #expect(try found.verify(ledger: key).total.total == 210)
    }
    #expect(try reopened.closingTree(of: cutoff + 1) == nil)
    let reading = try Journal(reading: ledger.path, options: .init(clock: ledger.clock))
    #expect(throws: StoreError.keyMissing) { try reading.closingTree(of: cutoff) }
    reading.close()
  }
}
