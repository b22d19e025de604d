import CarnetLedger
import CarnetNotes
import Dispatch
import Support
import Testing

@testable import CarnetEndpoint
@testable import CarnetJournal

/// A till asks to be paid, once.
@Suite struct TillRequestTests {
  @Test(
    "a request is a record signed by the till's key, and the same key and body give the same answer again")
  func once() async throws {
    var shop = try await TestShop()
    let till = try await shop.till("comptoir")
    let more: KeyValuePairs<String, JSON> = ["reference": "T-1042", "cashier": "Anne", "expires_in": 900]
    let first = try await shop.ask(1_250, at: till, key: "\"sale-1\"", more)
    #expect(first.status == 201)
    #expect(first.json["state"]?.string == "open")
    #expect(first.json["reference"]?.string == "T-1042")
    #expect(first.json["cashier"]?.string == "Anne")
    #expect(first.json["till"]?.string == till.id)
    #expect(first.json["code"]?.string.flatMap { RequestCode(typed: $0) } != nil)
    let number = try #require(first.json["number"]?.integer)
    let record = try #require(try shop.test.ledger.journal.record(UInt64(number)))
    #expect(record.signers.map(\.key) == [till.key])
    let size = shop.test.ledger.journal.read { $0.size }
    let again = try await shop.ask(1_250, at: till, key: "sale-1", more)
    #expect(again.status == 201)
    #expect(again.json == first.json)
    #expect(shop.test.ledger.journal.read { $0.size } == size)
    let reused = try await shop.ask(1_251, at: till, key: "sale-1", more)
    #expect(reused.status == 422)
    #expect(reused.json["code"]?.string == "idempotency-key-reused")
    shop.close()
  }

  @Test("the same call in parallel makes one record")
  func parallel() async throws {
    var shop = try await TestShop()
    let till = try await shop.till("comptoir")
    let size = shop.test.ledger.journal.read { $0.size }
    let answers = try await withThrowingTaskGroup(of: (Int, JSON).self) { [shop] group in
      for _ in 0..<16 {
        group.addTask {
          let answer = try await shop.ask(400, at: till, key: "twice")
          return (answer.status, answer.json)
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(shop.test.ledger.journal.read { $0.size } == size + 1)
    #expect(Set(answers.filter { $0.0 == 201 }.map(\.1)).count == 1)
    for (status, json) in answers where status != 201 {
      #expect(status == 409)
      #expect(json["code"]?.string == "idempotency-in-progress")
      #expect(json["retryable"]?.bool == true)
    }
    shop.close()
  }

  @Test("a call that was cut off before its answer ends in the record that was prepared")
  func cutOff() async throws {
    var shop = try await TestShop()
    let till = try await shop.till("comptoir")
    let first = try await shop.ask(700, at: till, key: "k")
    let id = try #require(first.json["id"]?.string)
    let number = try #require(first.json["number"]?.integer)
    // The record is there, the answer is not: as a process leaves it that dies in between.
    let bytes = try #require(try shop.test.ledger.journal.record(UInt64(number))).note.bytes
    let prepared = JSON.object(["note": .string(String(decoding: bytes, as: UTF8.self)), "texts": .array([])])
    try shop.tills.store.write { database throws(StoreError) in
      try database.statement("UPDATE idempotency_keys SET status = NULL, body = NULL, prepared = ?1")
        .bind(prepared.serialized()).run()
    }
    let size = shop.test.ledger.journal.read { $0.size }
    let again = try await shop.ask(700, at: till, key: "k")
    #expect(again.status == 201)
    #expect(again.json["id"]?.string == id)
    #expect(shop.test.ledger.journal.read { $0.size } == size)
    shop.close()
  }

  @Test("keys are kept for a day, and a refused call leaves its key free")
  func age() async throws {
    var shop = try await TestShop()
    let till = try await shop.till("comptoir", isEnrolled: false)
    let refused = try await shop.ask(700, at: till, key: "k")
    #expect(refused.status == 409)
    #expect(refused.json["code"]?.string == "till-not-enrolled")
    try shop.sign(for: till.key, .add)
    let first = try await shop.ask(700, at: till, key: "k")
    #expect(first.status == 201)
    shop.test.ledger.clock.now = shop.now.adding(seconds: 86_399)
    #expect(try await shop.ask(700, at: till, key: "k").json == first.json)
    shop.test.ledger.clock.now = shop.now.adding(seconds: 1)
    let later = try await shop.ask(700, at: till, key: "k")
    #expect(later.status == 201)
    #expect(later.json["id"] != first.json["id"])
    try shop.sign(for: till.key, .revoke)
    #expect(try await shop.ask(1, at: till, key: "l").json["code"]?.string == "till-not-enrolled")
    shop.close()
  }

  @Test("each part of a request has its limits, on both sides")
  func limits() async throws {
    var shop = try await TestShop()
    let till = try await shop.till("comptoir")
    let longest = String(repeating: "r", count: 1_024)
    let cashier = String(repeating: "c", count: 64)
    let cases: [(Int64, KeyValuePairs<String, JSON>, Int)] = [
      (1, [:], 201), (Quantity.max, [:], 201), (0, [:], 400), (Quantity.max + 1, [:], 400), (-1, [:], 400),
      (5, ["expires_in": 30], 201), (5, ["expires_in": 29], 400), (5, ["expires_in": 604_800], 201),
      (5, ["expires_in": 604_801], 400), (5, ["reference": .string(longest)], 201),
      (5, ["reference": .string(longest + "r")], 400), (5, ["reference": .null, "cashier": .null], 201),
      (5, ["reference": ""], 400), (5, ["cashier": .string(cashier)], 201),
      (5, ["cashier": .string(cashier + "c")], 400), (5, ["tip": 1], 400),
    ]
    for (index, (amount, more, status)) in cases.enumerated() {
      #expect(try await shop.ask(amount, at: till, key: "k\(index)", more).status == status, "\(index)")
    }
    let order: JSON = ["amount": 5, "currency": "MIN"]
    let longKey = String(repeating: "k", count: 128)
    let call = { (key: String?, order: JSON) in
      try await shop.call("POST", "/v1/requests", till.token, order, key: key)
    }
    #expect(try await call(longKey, order).status == 201)
    #expect(try await call(longKey + "k", order).json["code"]?.string == "bad-value")
    #expect(try await call("a b", order).json["code"]?.string == "bad-value")
    #expect(try await call(nil, order).json["code"]?.string == "idempotency-key-missing")
    #expect(try await call("c1", ["amount": 5, "currency": "mel"]).json["code"]?.string == "bad-currency")
    #expect(
      try await call("c2", ["amount": 5, "currency": "ABC"]).json["code"]?.string == "currency-mismatch")
    shop.close()
  }

  @Test("two hundred requests of a till wait at once, and no more")
  func waiting() async throws {
    var shop = try await TestShop()
    let till = try await shop.till("comptoir")
    for number in 0..<200 { #expect(try await shop.ask(5, at: till, key: "\(number)").status == 201) }
    let refused = try await shop.ask(5, at: till, key: "200")
    #expect(refused.status == 429)
    shop.test.ledger.clock.now = shop.now.adding(seconds: 903)
    try shop.settle()
    try shop.settle()
    #expect(try await shop.ask(5, at: till, key: "200").status == 201)
    shop.close()
  }

  @Test("a till cancels its own open request; paid and expired ones stay what they are")
  func cancelling() async throws {
    var shop = try await TestShop()
    let till = try await shop.till("comptoir")
    let cancel = { (shop: TestShop, request: JSON) in
      try await shop.call("DELETE", "/v1/requests/\(request["code"]?.string ?? "")", till.token)
    }
    let open = try await shop.ask(5, at: till, key: "a").json
    #expect(try await cancel(shop, open).status == 204)
    #expect(try await cancel(shop, open).json["code"]?.string == "request-cancelled")
    let paid = try await shop.ask(5, at: till, key: "b").json
    try shop.pay(paid)
    #expect(try await cancel(shop, paid).json["code"]?.string == "request-paid")
    let late = try await shop.ask(5, at: till, key: "c").json
    shop.test.ledger.clock.now = shop.now.adding(seconds: 901)
    #expect(try await cancel(shop, late).json["code"]?.string == "request-expired")
    #expect(try await shop.call("DELETE", "/v1/requests/nonsense", till.token).status == 404)
    shop.close()
  }
}
