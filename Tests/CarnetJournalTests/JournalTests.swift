import CarnetJournal
import CarnetLedger
import CarnetNotes
import Support
import Testing

@Suite struct JournalTests {
  @Test("a payment is recorded, proven and seen, and still there after a new start")
  func payment() throws {
    var ledger = try TestLedger()
    let (alice, bob) = (try ledger.join("alice"), try ledger.join("bob"))
    let answer = try ledger.submit(ledger.payment(of: 90, to: bob), by: alice)
    #expect(!answer.isRepeat)
    let key = ledger.place.verifierKey
    let receipt = try answer.receipt()
    #expect(try receipt.verify(ledger: key).checkpoint.size == 5)
    #expect(receipt.record == answer.recordBytes)
    let account = AccountID(bob.number, ledger.currency)
    #expect(ledger.journal.read { $0.balance(of: account) } == 90)
    ledger.journal.close()

    let reopened = try Journal(opening: ledger.path, options: .init(clock: ledger.clock))
    #expect(reopened.read { $0.balance(of: account) } == 90)
    #expect(reopened.read { $0.size } == 5)
    let again = try reopened.receipt(of: answer.record.number)
    #expect(try again?.verify(ledger: key).checkpoint.size == 5)
    reopened.close()
  }

  @Test("of many who pay one request at once, one pays it and all others are told")
  func requestPaidOnce() async throws {
    var ledger = try TestLedger()
    let (alice, shop) = (try ledger.join("alice"), try ledger.join("shop", kind: .business))
    let request = PaymentRequest(currency: ledger.currency, amount: 5, reference: nil)
    let id = try ledger.submit(.request(request), by: shop).record.text.id
    let payment = CarnetLedger.Operation.payment(
      Payment(to: .member(shop.number), currency: ledger.currency, amount: 5, request: id, memo: nil))
    let (journal, now) = (ledger.journal, ledger.clock.now)
    let notes = try (0..<100).map { _ in try ledger.place.submission(payment, by: alice, at: now) }
    let codes = await withTaskGroup(of: String.self) { group in
      for note in notes {
        group.addTask {
          await withCheckedContinuation { continuation in
            journal.submit(note) { result in
              if case .failure(let error) = result { return continuation.resume(returning: error.code) }
              continuation.resume(returning: "paid")
            }
          }
        }
      }
      return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }
    #expect(codes == ["paid": 1, "request-paid": 99])
    #expect(journal.read { $0.balance(of: AccountID(shop.number, ledger.currency)) } == 5)
    journal.close()
    #expect(try Audit.run(ledger.path).findings.map(\.description) == [])
  }

  @Test("the same note handed in from many threads gives one record and one answer")
  func repeats() async throws {
    var ledger = try TestLedger()
    let (alice, bob) = (try ledger.join("alice"), try ledger.join("bob"))
    let note = try ledger.place.submission(ledger.payment(of: 5, to: bob), by: alice, at: ledger.clock.now)
    let journal = ledger.journal
    let answers = try await withThrowingTaskGroup(of: (UInt64, Bool).self) { group in
      for _ in 0..<1_000 {
        group.addTask {
          try await withCheckedThrowingContinuation { continuation in
            journal.submit(note) { continuation.resume(with: $0.map { ($0.record.number, $0.isRepeat) }) }
          }
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(answers.count == 1_000)
    #expect(Set(answers.map(\.0)) == [4])
    #expect(answers.count { !$0.1 } == 1)
    #expect(journal.read { $0.size } == 5)
    journal.close()
  }

  @Test(
    "statements page backwards without gaps while new records come in, and balances of the past are found")
  func statements() throws {
    var ledger = try TestLedger()
    let (alice, bob) = (try ledger.join("alice"), try ledger.join("bob"))
    var expected: [Int64] = []
    for index in 1...75 {
      ledger.clock.now = ledger.clock.now.adding(seconds: 1)
      let (payer, payee) = index.isMultiple(of: 3) ? (bob, alice) : (alice, bob)
      try ledger.submit(ledger.payment(of: Int64(index), to: payee), by: payer)
      expected.append((expected.last ?? 0) + (index.isMultiple(of: 3) ? -Int64(index) : Int64(index)))
    }
    let account = AccountID(bob.number, ledger.currency)
    for (index, balance) in expected.enumerated() {
      #expect(try ledger.journal.balance(of: account, behind: UInt64(index + 5)) == balance)
    }
    #expect(try ledger.journal.balance(of: account, behind: 4) == 0)
    var request = StatementRequest(account: account, limit: 7)
    var amounts: [Int64] = []
    var opening: Int64?
    repeat {
      let page = try #require(try ledger.journal.statement(request))
      #expect(page.opening + page.lines.map(\.amount).reduce(0, +) == page.closing)
      if let opening { #expect(page.closing == opening) }
      opening = page.opening
      amounts = page.lines.map(\.amount) + amounts
      request.cursor = page.next
      try ledger.submit(ledger.payment(of: 1, to: bob), by: alice)
    } while request.cursor != nil
    #expect(amounts.count == 75)
    #expect(opening == 0)
    let middle = TestLedger.start.adding(seconds: 30)
    let upTo = try #require(
      try ledger.journal.statement(StatementRequest(account: account, since: middle, until: middle)))
    #expect(upTo.lines.count == 1)
    #expect(upTo.closing == expected[29])
    ledger.journal.close()
  }
}
