import CarnetLedger
import CarnetNotes
import Support
import Testing

@testable import CarnetEndpoint
@testable import CarnetJournal

/// Sales, the report so far (X), closes (Z).
@Suite struct TillReportTests {
  @Test("two tills of a shop keep their sales apart; refunds are linked to the sale they give back")
  func sales() async throws {
    var shop = try await TestShop()
    let (counter, market) = (try await shop.till("comptoir"), try await shop.till("marché"))
    let bread = try shop.pay(
      try await shop.ask(400, at: counter, key: "a", ["reference": "T-1", "cashier": "Anne"]).json)
    try shop.pay(try await shop.ask(90, at: market, key: "a").json)
    try shop.test.ledger.submit(shop.test.ledger.payment(of: 7, to: shop.bakery), by: shop.alice)
    let refund = try shop.refund(150, of: bread.record.number)
    #expect(throws: LedgerError.self) { try shop.refund(251, of: bread.record.number) }
    let json = try await shop.call("GET", "/v1/tills/\(counter.id)/sales", counter.token).json
    let rows = try #require(json["sales"]?.array)
    #expect(rows.map { $0["kind"]?.string } == ["refund", "sale"])
    #expect(rows[0]["number"]?.integer == Int64(refund.record.number))
    #expect(rows[0]["sale"]?.integer == Int64(bread.record.number))
    #expect(rows[0]["amount"]?.integer == 150)
    #expect(rows[1]["refunded"]?.integer == 150)
    #expect(rows[1]["reference"]?.string == "T-1")
    #expect(rows[1]["cashier"]?.string == "Anne")
    let page = try await shop.call("GET", "/v1/tills/\(counter.id)/sales?limit=1", shop.account).json
    let next = try #require(page["next"]?.string)
    let rest = try await shop.call(
      "GET", "/v1/tills/\(counter.id)/sales?limit=1&cursor=\(next)", shop.account
    ).json
    #expect(rest["sales"]?.array == [rows[1]])
    #expect(rest["next"]?.isNull == true)
    let other = try await shop.call("GET", "/v1/tills/\(market.id)/sales", market.token).json
    #expect(other["sales"]?.array?.map { $0["amount"]?.integer } == [90])
    shop.close()
  }

  @Test("closes are numbered without gaps, chained, and count each sale once, on its day in the shop's zone")
  func closes() async throws {
    var shop = try await TestShop()
    let till = try await shop.till("comptoir")
    // 22:30 UTC in winter is 23:30 in Paris, and an hour later the next day.
    shop.test.ledger.clock.now = try #require(Timestamp(rfc3339: "2026-01-02T22:30:00Z"))
    let first = try shop.pay(try await shop.ask(400, at: till, key: "a").json)
    shop.test.ledger.clock.now = try #require(Timestamp(rfc3339: "2026-01-02T23:00:00Z"))
    try shop.pay(try await shop.ask(90, at: till, key: "b").json)
    let last = try shop.refund(150, of: first.record.number)
    let report = try await shop.call("GET", "/v1/tills/\(till.id)/report", till.token).json
    #expect(report["number"]?.integer == 1)
    #expect(report["first"]?.integer == Int64(first.record.number))
    #expect(report["last"]?.integer == Int64(last.record.number))
    let days = try #require(report["days"]?.array).map { line in
      "\(line["day"]?.string ?? "") \(line["kind"]?.string ?? "") \(line["count"]?.integer ?? 0) \(line["total"]?.integer ?? 0)"
    }
    #expect(days == ["2026-01-02 sale 1 400", "2026-01-03 refund 1 150", "2026-01-03 sale 1 90"])
    let totals = try #require(report["totals"]?.array).map { $0["total"]?.integer }
    #expect(totals == [150, 490])
    let close = try await shop.call("POST", "/v1/tills/\(till.id)/closes", till.token, key: "z1")
    #expect(close.status == 201)
    #expect(close.json["days"] == report["days"])
    #expect(close.json["previous"]?.isNull == true)
    let again = try await shop.call("POST", "/v1/tills/\(till.id)/closes", till.token, key: "z1")
    #expect(again.json == close.json)
    let account = try await shop.test.token(of: shop.bakery)
    let second = try await shop.call("POST", "/v1/tills/\(till.id)/closes", account, key: "z2").json
    #expect(second["number"]?.integer == 2)
    #expect(second["days"]?.array?.isEmpty == true)
    #expect(second["previous"] == close.json["hash"])
    let text = try #require(close.json["text"]?.string)
    #expect(Digest.sha256(Array(text.utf8)).hex == close.json["hash"]?.string)
    #expect(try TillClose(parsing: Array(text.utf8)).figures.lines.count == 3)
    let list = try await shop.call("GET", "/v1/tills/\(till.id)/closes", till.token).json
    #expect(list["closes"]?.array == [second, close.json])
    try await checkTable(shop, till)
    #expect(try await shop.call("GET", "/v1/tills/\(till.id)/closes/3", till.token).status == 404)
    shop.close()
  }

  /// The first close as a table.
  private func checkTable(_ shop: TestShop, _ till: TestShop.TestTill) async throws {
    let headers = ["authorization": "Bearer \(till.token)", "accept": "text/csv"]
    let table = try await shop.test.send("GET", "/v1/tills/\(till.id)/closes/1", headers)
    let lines = String(decoding: table.body, as: UTF8.self).split(separator: "\r\n")
    #expect(lines.count == 4)
    #expect(lines[0] == "close,closed,time_zone,day,kind,currency,count,total,first,last,hash")
    #expect(lines[1].contains(",Europe/Paris,2026-01-02,sale,MIN,1,400,"))
  }

  @Test("a close cannot be left out, altered or removed")
  func chain() async throws {
    var shop = try await TestShop()
    let till = try await shop.till("comptoir")
    _ = try await shop.call("POST", "/v1/tills/\(till.id)/closes", till.token, key: "z1")
    for sql in [
      "UPDATE till_closes SET number = 2", "DELETE FROM till_closes",
      "INSERT INTO till_closes (till, number, text) VALUES ('\(till.id)', 3, x'00')",
    ] {
      #expect(throws: StoreError.self) {
        try shop.tills.store.write { database throws(StoreError) in try database.execute(sql) }
      }
    }
    shop.close()
  }

  @Test("a total beyond 64 bits is refused, not wrapped")
  func overflow() throws {
    let till = TillID.random()
    let code = try #require(CurrencyCode("MEL"))
    let sale = TillSale(
      record: 1, till: till, time: Timestamp(milliseconds: 0), currency: code, amount: Quantity.max,
      request: Digest.sha256([]))
    let most = Int(Int64.max / Quantity.max)
    let figures = try TillFigures(Array(repeating: sale, count: most)) { _ in "2026-01-01" }
    #expect(figures.lines.first?.count == Int64(most))
    #expect(throws: Refusal.overflow) {
      try TillFigures(Array(repeating: sale, count: most + 1)) { _ in "2026-01-01" }
    }
  }
}
