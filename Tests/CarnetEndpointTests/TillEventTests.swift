import CarnetLedger
import CarnetNotes
import Foundation
import Support
import Testing

@testable import CarnetEndpoint
@testable import CarnetJournal

/// What tills are told, and what they took in.
@Suite struct TillEventTests {
  @Test("what happens at a till is told in order, numbered without gaps, each thing once")
  func told() async throws {
    var shop = try await TestShop()
    let till = try await shop.till("comptoir")
    let paid = try await shop.ask(400, at: till, key: "a").json
    let sale = try shop.pay(paid)
    let late = try await shop.ask(50, at: till, key: "b").json
    let dropped = try await shop.ask(60, at: till, key: "c").json
    _ = try await shop.call("DELETE", "/v1/requests/\(dropped["code"]?.string ?? "")", till.token)
    try shop.refund(150, of: sale.record.number)
    shop.test.ledger.clock.now = shop.now.adding(seconds: 902)
    try shop.settle()
    #expect(try shop.events(till).last?.kind == .refunded)
    shop.test.ledger.clock.now = shop.now.adding(seconds: 1)
    try shop.settle()
    try shop.settle()
    let events = try shop.events(till)
    #expect(events.map(\.sequence) == Array(1...Int64(events.count)))
    #expect(
      events.map(\.kind) == [.created, .paid, .created, .created, .cancelled, .refunded, .expired])
    let told = try events.map { try JSON(parsing: Array($0.data.utf8)) }
    #expect(told[1]["state"]?.string == "paid")
    #expect(told[1]["paid_in"]?.integer == Int64(sale.record.number))
    #expect(told[5]["refund"]?["amount"]?.integer == 150)
    #expect(told[6]["id"] == late["id"])
    #expect(told[6]["state"]?.string == "expired")
    shop.close()
  }

  @Test("a stream goes on behind the last event seen, and is told what happens next")
  func replay() async throws {
    var shop = try await TestShop()
    let till = try await shop.till("comptoir")
    let request = try await shop.ask(400, at: till, key: "a").json
    try shop.settle()
    let open = { (shop: TestShop, last: String?) in
      var headers = ["authorization": "Bearer \(till.token)"]
      headers["last-event-id"] = last
      return try await shop.test.send("GET", "/v1/tills/\(till.id)/events", headers)
    }
    let (fresh, behind) = (try await open(shop, nil), try await open(shop, "0"))
    #expect(fresh.header("content-type") == "text/event-stream; charset=utf-8")
    try shop.pay(request)
    try shop.settle()
    let text = { (response: Response) in String(decoding: response.stream?.pending ?? [], as: UTF8.self) }
    #expect(text(fresh).hasPrefix("retry: 2000\nid: 1\n\n"))
    #expect(!text(fresh).contains("request.created"))
    #expect(text(fresh).contains("id: 2\nevent: request.paid\ndata: {"))
    #expect(text(behind).contains("id: 1\nevent: request.created\ndata: {"))
    #expect(text(behind).contains("id: 2\nevent: request.paid\n"))
    #expect(
      try await open(shop, "1").stream.map { String(decoding: $0.pending, as: UTF8.self) }?.contains(
        "id: 2\n") == true)
    #expect(try await open(shop, "x").status == 400)
    _ = try await shop.call("DELETE", "/v1/tills/\(till.id)", shop.account)
    #expect(fresh.stream?.isEnded == true)
    shop.close()
  }

  @Test("whoever opens a request by its code is seen on the till's stream, once, while it can be paid")
  func claimed() async throws {
    var shop = try await TestShop()
    let till = try await shop.till("comptoir")
    let request = try await shop.ask(400, at: till, key: "a").json
    let headers = ["authorization": "Bearer \(till.token)"]
    let stream = try #require(
      try await shop.test.send("GET", "/v1/tills/\(till.id)/events", headers).stream)
    let path = "/v1/requests/\(request["code"]?.string ?? "")/claim"
    for _ in 0..<2 { #expect(try await shop.call("POST", path, nil).status == 200) }
    try shop.settle()
    let told = String(decoding: stream.pending, as: UTF8.self)
    #expect(told.contains("id: 2\nevent: request.claimed\ndata: {"))
    #expect(told.components(separatedBy: "event: request.claimed").count == 2)
    #expect(told.contains("\"state\":\"claimed\""))
    try shop.pay(request)
    #expect(try await shop.call("POST", path, nil).json["code"]?.string == "request-paid")
    try shop.settle()
    #expect(try shop.events(till).map(\.kind) == [.created, .claimed, .paid])
    shop.close()
  }

  @Test("with wait an answer ends: where the till stands, what was missed, or what happens next")
  func waiting() async throws {
    var shop = try await TestShop()
    let till = try await shop.till("comptoir")
    let ask = { @Sendable (shop: TestShop, query: String, last: String?) in
      var headers = ["authorization": "Bearer \(till.token)"]
      headers["last-event-id"] = last
      return try await shop.test.send("GET", "/v1/tills/\(till.id)/events?\(query)", headers)
    }
    let text = { (response: Response) in String(decoding: response.body, as: UTF8.self) }
    #expect(try await text(ask(shop, "wait=30", nil)) == "retry: 2000\nid: 0\n\n")
    _ = try await shop.ask(400, at: till, key: "a")
    try shop.settle()
    let missed = try await ask(shop, "wait=30", "0")
    #expect(text(missed).hasPrefix("retry: 2000\nid: 0\n\nid: 1\nevent: request.created\n"))
    #expect(missed.stream == nil && missed.header("content-type")?.hasPrefix("text/event-stream") == true)
    #expect(try await text(ask(shop, "wait=0", "1")) == "retry: 2000\nid: 1\n\n")
    #expect(try await text(ask(shop, "wait=1", "1")) == "retry: 2000\nid: 1\n\n")
    let (asking, waits) = (shop, shop.tills.streams)
    async let next = ask(asking, "wait=30", "1")
    while waits.count == 0 { try await Task.sleep(for: .milliseconds(5)) }
    _ = try await shop.ask(500, at: till, key: "b")
    #expect(try await text(next).contains("id: 2\nevent: request.created\n"))
    // Who was answered listens no more.
    #expect(waits.count == 0)
    #expect(try await ask(shop, "wait=31", "1").status == 400)
    #expect(try await ask(shop, "wait=", "1").status == 400)
    shop.close()
  }

  @Test("an answer that ends has a hundred events at most, the next one goes on behind them")
  func pages() async throws {
    let shop = try await TestShop()
    var owner = shop
    let till = try await owner.till("comptoir")
    let id = try #require(TillID(till.id))
    for _ in 0..<101 {
      _ = try shop.tills.store.keep(
        .claimed(Digest.sha256([1])), at: id, time: shop.now, data: "{}", records: nil)
    }
    let events = { (last: String) in
      let answer = try await shop.test.send(
        "GET", "/v1/tills/\(till.id)/events?wait=30",
        ["authorization": "Bearer \(till.token)", "last-event-id": last])
      return String(decoding: answer.body, as: UTF8.self).components(separatedBy: "event: ").count - 1
    }
    #expect(try await events("0") == 100)
    #expect(try await events("100") == 1)
    shop.close()
  }

  @Test("who waits is answered when the server stops, or the till's token ends")
  func endOfWaiting() async throws {
    for isStopping in [true, false] {
      var shop = try await TestShop()
      let till = try await shop.till("comptoir")
      let (asking, waits) = (shop, shop.tills.streams)
      async let answer = asking.test.send(
        "GET", "/v1/tills/\(till.id)/events?wait=30",
        ["authorization": "Bearer \(till.token)", "last-event-id": "0"])
      while waits.count == 0 { try await Task.sleep(for: .milliseconds(5)) }
      if isStopping {
        shop.tills.streams.end(nil)
      } else {
        _ = try await shop.call("DELETE", "/v1/tills/\(till.id)", shop.account)
      }
      #expect(try await String(decoding: answer.body, as: UTF8.self) == "retry: 2000\nid: 0\n\n")
      shop.close()
    }
  }

  @Test("a till has eight streams at once; one that ends makes room, one that falls behind is let go")
  func streams() async throws {
    var shop = try await TestShop()
    let till = try await shop.till("comptoir")
    let open = { (shop: TestShop) in
      try await shop.test.send(
        "GET", "/v1/tills/\(till.id)/events", ["authorization": "Bearer \(till.token)"])
    }
    var streams: [EventStream] = []
    for _ in 0..<8 { streams.append(try #require(try await open(shop).stream)) }
    #expect(try await open(shop).status == 429)
    streams[0].detach()
    let last = try #require(try await open(shop).stream)
    last.push(Array(repeating: 0x20, count: 1024 * 1024 - last.pending.count))
    #expect(!last.isEnded)
    last.push([0x20])
    #expect(last.isEnded)
    shop.close()
    #expect(streams[1].isEnded)
  }

  @Test("a thousand events of a till are kept to be told again")
  func history() async throws {
    var shop = try await TestShop()
    let till = try await shop.till("comptoir")
    let id = try #require(TillID(till.id))
    let note = Digest.sha256([1])
    for _ in 0..<1_000 {
      _ = try shop.tills.store.keep(.claimed(note), at: id, time: shop.now, data: "{}", records: nil)
    }
    #expect(try shop.events(till).map(\.sequence) == Array(1...1_000))
    _ = try shop.tills.store.keep(.claimed(note), at: id, time: shop.now, data: "{}", records: nil)
    #expect(try shop.events(till).map(\.sequence) == Array(2...1_001))
    shop.close()
  }

  @Test("open requests, tokens and what was told survive a restart of the server")
  func restart() async throws {
    var shop = try await TestShop()
    let till = try await shop.till("comptoir")
    let request = try await shop.ask(400, at: till, key: "a").json
    let sold = try await shop.ask(100, at: till, key: "b").json
    try shop.pay(sold)
    shop.close()
    // Killed before it was told: the place in the journal that is remembered lies behind.
    let path = shop.test.ledger.path
    let journal = try Journal(opening: path, options: .init(clock: shop.test.ledger.clock))
    let endpoint = Endpoint(journal: journal)
    try endpoint.start()
    let pay = try shop.test.ledger.place.submission(
      .payment(
        Payment(
          to: .member(shop.bakery.number), currency: shop.test.ledger.currency, amount: 400,
          request: NoteID(hex: request["id"]?.string ?? ""), memo: nil)), by: shop.alice, at: shop.now)
    _ = try journal.submit(pay)
    try endpoint.tills.store.queue.sync { try endpoint.tills.catchUp() }
    let events = try endpoint.tills.store.events(of: #require(TillID(till.id)), after: 0)
    #expect(events.map(\.kind) == [.created, .created, .paid, .paid])
    let grant = try endpoint.tills.store.till(bearing: #require(TillToken.hash(of: till.token)))
    #expect(grant?.id.description == till.id)
    endpoint.stop()
    journal.close()
  }
}
