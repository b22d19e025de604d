import CarnetLedger
import CarnetNotes
import Foundation
import Support
import Testing

@testable import CarnetEndpoint
@testable import CarnetJournal

/// What is erased in the ledger leaves what the endpoint keeps beside it.
@Suite struct TillErasureTests {
  private let network = WebhookTests.Network()

  private func contains(_ words: String, in shop: TestShop) throws -> Bool {
    for suffix in ["", "-wal"] {
      let path = shop.test.ledger.path + ".service" + suffix
      guard let bytes = FileManager.default.contents(atPath: path) else { continue }
      if bytes.range(of: Data(words.utf8)) != nil { return true }
    }
    return false
  }

  /// A shop whose webhook is away, so that deliveries wait, with two requests that have a reference; one is paid.
  private func shop() async throws -> (TestShop, TestShop.TestTill, [JSON]) {
    var shop = try await TestShop(webhooks: network.options())
    network.answers { _ in .failure(.refused) }
    let office = try await shop.test.token(of: shop.test.ledger.place.officer, scope: .office)
    let hook = try await shop.call("POST", "/v1/webhooks", office, ["url": "https://compta.example/"])
    #expect(hook.status == 201)
    let till = try await shop.till("comptoir")
    let first = try await shop.ask(400, at: till, key: "a", ["reference": "bon 77e1f3 de madame"]).json
    let second = try await shop.ask(50, at: till, key: "b", ["reference": "table 12 90ab6c"]).json
    try shop.pay(first)
    try shop.pay(second)
    try shop.settle()
    _ = try await network.wait(for: 1)
    #expect(try contains("77e1f3", in: shop) && contains("90ab6c", in: shop))
    return (shop, till, [first, second])
  }

  /// Everything that is kept of what was told: members of events, of what waits for webhooks, of answers.
  private func kept(_ shop: TestShop, _ member: String) throws -> [String?] {
    try shop.tills.store.read { database throws(StoreError) in
      let statement = try database.statement(
        """
        SELECT json_extract(data, '$.' || ?1) FROM till_events
        UNION ALL SELECT json_extract(body, '$.data.' || ?1) FROM webhook_deliveries
        UNION ALL SELECT json_extract(CAST(body AS TEXT), '$.' || ?1) FROM idempotency_keys
        """
      ).bind(member)
      var found: [String?] = []
      while try statement.step() { found.append(statement.optionalText(0)) }
      return found
    }
  }

  private func erase(_ target: Erasure.Target, _ shop: inout TestShop) throws {
    try shop.test.ledger.submit(
      .erase(Erasure(target: target, reason: nil)), by: shop.test.ledger.place.officer)
    try shop.settle()
  }

  @Test("a request's reference leaves its events, what waits for webhooks and the kept answer with its note")
  func ofNote() async throws {
    var (shop, till, requests) = try await shop()
    let before = try shop.events(till)
    let id = try #require(requests[0]["id"]?.string.flatMap { NoteID(hex: $0) })
    try erase(.note(id), &shop)
    #expect(try !contains("77e1f3", in: shop) && contains("90ab6c", in: shop))
    let after = try shop.events(till)
    #expect(after.map(\.sequence) == before.map(\.sequence))
    let told = try after.map { try JSON(parsing: Array($0.data.utf8)) }
    #expect(told.map { $0["reference"]?.string } == [nil, "table 12 90ab6c", nil, "table 12 90ab6c"])
    for (one, old) in zip(told, before) {
      let was = try JSON(parsing: Array(old.data.utf8))
      for member in ["id", "code", "state", "amount", "name", "expires", "cashier", "number", "paid_in"] {
        #expect(one[member] == was[member], "\(member)")
      }
      #expect(one.members?.map(\.key) == was.members?.map(\.key))
    }
    #expect(try kept(shop, "reference").compactMap(\.self).count == 4)
    shop.close()
  }

  @Test("with its member every reference and name leaves; an order sent again makes no second request")
  func ofMember() async throws {
    var (shop, till, requests) = try await shop()
    try erase(.member(shop.bakery.number), &shop)
    for words in ["77e1f3", "90ab6c", "boulangerie"] { #expect(try !contains(words, in: shop), "\(words)") }
    for member in ["reference", "name", "handle"] {
      #expect(try kept(shop, member).allSatisfy { $0 == nil }, "\(member)")
    }
    let again = try await shop.ask(400, at: till, key: "a", ["reference": "bon 77e1f3 de madame"])
    #expect(again.status == 201)
    #expect(again.json["id"] == requests[0]["id"])
    #expect(again.json["reference"] == .null)
    let waiting = try shop.tills.store.deliveries(of: nil, before: .max, limit: 10)
    #expect(waiting.count == 2 && waiting.allSatisfy { $0.state == .waiting })
    shop.close()
  }

  @Test("another member's erasure touches nothing, and what is kept is seen once")
  func ofOthers() async throws {
    var (shop, _, _) = try await shop()
    let before = try kept(shop, "reference")
    try erase(.member(shop.alice.number), &shop)
    #expect(try kept(shop, "reference") == before)
    let size = shop.test.ledger.journal.read { $0.size }
    #expect(try shop.tills.store.recordsSeen() == size)
    #expect(try !shop.tills.store.concernsNoRecord(), "what was recorded meanwhile is looked at")
    shop.close()
  }

  @Test("what was erased while the endpoint was away leaves when it is back")
  func caughtUp() async throws {
    var (shop, _, _) = try await shop()
    shop.test.endpoint.stop()
    try shop.test.ledger.submit(
      .erase(Erasure(target: .member(shop.bakery.number), reason: nil)), by: shop.test.ledger.place.officer)
    let next = TillService(shop.test.ledger.journal)
    try next.store.queue.sync { try next.catchUp() }
    #expect(try !contains("77e1f3", in: shop) && !contains("boulangerie", in: shop))
    next.stop()
    shop.close()
  }
}
