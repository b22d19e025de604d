import CarnetLedger
import CarnetNotes
import Foundation
import Support
import Testing

@testable import CarnetJournal

/// What is erased is gone from the files, and the audit tells it from what was taken away.
@Suite struct ErasureOnDiskTests {
  private let secretWords = "un mot que personne d'autre n'écrit 4f1c9a"

  private func contains(_ words: String, in ledger: TestLedger) throws -> Bool {
    for suffix in ["", "-wal"] {
      guard let bytes = FileManager.default.contents(atPath: ledger.path + suffix) else { continue }
      if bytes.range(of: Data(words.utf8)) != nil { return true }
    }
    return false
  }

  @Test("a memo and a card leave the database and its log, and proofs and audit still hold")
  func gone() throws {
    var ledger = try TestLedger()
    let (alice, bob) = (try ledger.join("alice"), try ledger.join("bob-9f2e71ab"))
    let memo = try #require(SubmittedText(secretWords))
    let paid = try ledger.submit(
      ledger.payment(of: 7, to: bob, memo: memo.hash), by: alice, saltedText: memo)
    #expect(try contains(secretWords, in: ledger) && contains("bob-9f2e71ab", in: ledger))
    try ledger.submit(
      .erase(Erasure(target: .note(paid.record.text.id), reason: nil)), by: ledger.place.officer)
    try ledger.submit(
      .erase(Erasure(target: .member(bob.number), reason: nil)), by: ledger.place.officer)
    #expect(try !contains(secretWords, in: ledger) && !contains("bob-9f2e71ab", in: ledger))
    #expect(try ledger.journal.saltedText(of: paid.record.number) == nil)
    #expect(ledger.journal.read { $0.member(bob.number)?.card } == nil)
    let key = ledger.place.verifierKey
    _ = try ledger.journal.receipt(of: paid.record.number)?.verify(ledger: key)
    #expect(try Audit.run(ledger.path).findings.map(\.description) == [])
    ledger.journal.close()
    let reopened = try Journal(opening: ledger.path, options: .init(clock: ledger.clock))
    #expect(reopened.read { $0.member(bob.number)?.card } == nil)
    reopened.close()
    #expect(try Audit.run(ledger.path).findings.map(\.description) == [])
  }

  @Test("a request's reference leaves with its note, or with its member")
  func references() throws {
    var ledger = try TestLedger()
    let shop = try ledger.join("shop-4c81d0", kind: .business)
    var ids: [NoteID] = []
    for words in ["bon de commande 77e1f3", "table 12 de madame 90ab6c"] {
      let reference = try #require(SubmittedText(words))
      let request = PaymentRequest(currency: ledger.currency, amount: 5, reference: reference.hash)
      ids.append(try ledger.submit(.request(request), by: shop, saltedText: reference).record.text.id)
    }
    try ledger.submit(.erase(Erasure(target: .note(ids[0]), reason: nil)), by: ledger.place.officer)
    #expect(try !contains("77e1f3", in: ledger) && contains("90ab6c", in: ledger))
    try ledger.submit(
      .erase(Erasure(target: .member(shop.number), reason: nil)), by: ledger.place.officer)
    #expect(try !contains("90ab6c", in: ledger) && !contains("shop-4c81d0", in: ledger))
    #expect(try ledger.journal.request(ids[1])?.amount == 5)
    ledger.journal.close()
    #expect(try Audit.run(ledger.path).findings.map(\.description) == [])
  }

  @Test("a text that was put back after its erasure, or taken away without one, is found")
  func told() throws {
    var ledger = try TestLedger()
    let (alice, bob) = (try ledger.join("alice"), try ledger.join("bob"))
    let memo = try #require(SubmittedText(secretWords))
    let paid = try ledger.submit(
      ledger.payment(of: 7, to: bob, memo: memo.hash), by: alice, saltedText: memo)
    let reason = try #require(SubmittedText("à la demande du membre"))
    try ledger.submit(
      .erase(Erasure(target: .note(paid.record.text.id), reason: reason.hash)), by: ledger.place.officer,
      saltedText: reason)
    ledger.journal.close()
    let database = try Database(ledger.path, .write)
    try database.statement("INSERT INTO texts (record, salt, text) VALUES (?1, ?2, ?3)")
      .bind(Int64(paid.record.number), memo.salt, secretWords).run()
    let number = paid.record.number
    var found = try Audit.run(ledger.path).findings.map(\.description)
    #expect(found == ["text-kept \(number) texts erased -"])
    try database.execute("DELETE FROM texts WHERE record IN (\(number), \(number + 1))")
    found = try Audit.run(ledger.path).findings.map(\.description)
    #expect(found == ["text-missing \(number + 1) texts \(reason.hash.hex) -"])
  }
}
