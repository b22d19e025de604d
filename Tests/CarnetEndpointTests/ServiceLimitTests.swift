import CarnetLedger
import CarnetNotes
import Support
import Testing

@testable import CarnetEndpoint
@testable import CarnetJournal

/// The limits of what the endpoint keeps and holds open, on both sides.
@Suite struct ServiceLimitTests {
  @Test("a till has ten thousand keys in use at once; the next one is told to wait, until a day has passed")
  func keys() async throws {
    var shop = try await TestShop()
    let till = try await shop.till("comptoir")
    let other = try await shop.till("marché")
    #expect(CarnetJournal.Limits.callsKeptMax == 10_000)
    let now = shop.now
    try shop.tills.store.write { database throws(StoreError) in
      try database.statement(
        """
        WITH RECURSIVE one (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM one WHERE n < 9999)
        INSERT INTO idempotency_keys (scope, key, made, request, status, body)
        SELECT ?1, 'filler-' || n, ?2, zeroblob(32), 201, X'7B7D' FROM one
        """
      ).bind("till:\(till.id)", now.milliseconds).run()
    }
    let last = try await shop.ask(5, at: till, key: "last")
    #expect(last.status == 201)
    let over = try await shop.ask(5, at: till, key: "over")
    #expect(over.status == 429 && over.json["code"]?.string == "too-many", "\(over.json)")
    #expect(over.json["retryable"]?.bool == true)
    // Nothing was recorded, and what was asked before is still answered as it was.
    #expect(try await shop.ask(5, at: till, key: "last").json == last.json)
    #expect(try await shop.ask(5, at: other, key: "over").status == 201)
    shop.test.ledger.clock.now = shop.now.adding(seconds: 86_400)
    #expect(try await shop.ask(5, at: till, key: "over").status == 201)
    shop.close()
  }

  @Test("a thousand streams are open at once over all tills; one that ends makes room for one")
  func streams() throws {
    #expect(CarnetEndpoint.Limits.streamsMax == 1_000 && CarnetEndpoint.Limits.streamsPerTillMax == 8)
    let streams = TillStreams()
    let tills = (0..<126).map { _ in TillID.random() }
    var open: [EventStream] = []
    for index in 0..<1_000 { open.append(try #require(streams.open(tills[index / 8]), "\(index)")) }
    #expect(streams.open(tills[125]) == nil)
    open[0].detach()
    #expect(streams.open(tills[125]) != nil)
    #expect(streams.open(tills[0]) == nil)
    streams.end(nil)
    for stream in open.dropFirst() { #expect(stream.isEnded) }
    #expect(streams.open(tills[125]) == nil)
  }

  @Test(
    "an unpaid request is kept for ninety days behind its end, one without a record for a day, a paid one for good"
  )
  func ages() async throws {
    var shop = try await TestShop()
    let till = try await shop.till("comptoir")
    let expired = try await shop.ask(10, at: till, key: "a").json
    let cancelled = try await shop.ask(20, at: till, key: "b").json
    let paid = try await shop.ask(30, at: till, key: "c").json
    try shop.pay(paid)
    _ = try await shop.call("DELETE", "/v1/requests/\(cancelled["code"]?.string ?? "")", till.token)
    let (id, until) = (try #require(TillID(till.id)), shop.now.seconds + 900)
    let lost = Digest.sha256([7])
    try shop.tills.store.write { database throws(StoreError) in
      try ServiceStore.insert(TillRequest(note: lost, till: id, until: until, cashier: nil), in: database)
    }
    shop.test.ledger.clock.now = shop.now.adding(seconds: 903)
    try shop.settle()
    let notes =
      [expired, cancelled, paid].compactMap { $0["id"]?.string.flatMap { NoteID(hex: $0) } } + [lost]
    let left = { (seconds: Int64) in
      try shop.tills.store.removeOldRequests(now: Timestamp(seconds: until + seconds))
      return try notes.map { try shop.tills.store.request($0) != nil }
    }
    let day: Int64 = 86_400
    #expect(try left(day) == [true, true, true, true])
    #expect(try left(day + 1) == [true, true, true, false])
    #expect(try left(90 * day) == [true, true, true, false])
    #expect(try left(90 * day + 1) == [false, false, true, false])
    #expect(try left(9_000 * day) == [false, false, true, false])
    shop.close()
  }
}
