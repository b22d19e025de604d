import CarnetLedger
import CarnetNotes
import Support
import Testing

@testable import CarnetEndpoint
@testable import CarnetJournal

/// Making, showing and ending tills, and what their tokens open.
@Suite struct TillTests {
  @Test("a till is made, shows itself, is listed, and is ended for good")
  func life() async throws {
    var shop = try await TestShop()
    let till = try await shop.till("comptoir")
    let shown = try await shop.call("GET", "/v1/tills/\(till.id)", till.token)
    #expect(shown.status == 200)
    #expect(try await shop.call("GET", "/v1/tills/own", till.token).json == shown.json)
    #expect(try await shop.call("GET", "/v1/tills/own", shop.account).status == 404)
    #expect(shown.json["name"]?.string == "comptoir")
    #expect(shown.json["number"]?.string == shop.bakery.number.description)
    #expect(shown.json["handle"]?.string == "boulangerie")
    #expect(shown.json["shop"]?.string == "boulangerie")
    #expect(shown.json["currencies"]?[0]?["code"]?.string == "MIN")
    #expect(shown.json["time_zone"]?.string == "Europe/Paris")
    #expect(shown.json["trial"]?.bool == true)
    let list = try await shop.call("GET", "/v1/tills", shop.account).json["tills"]
    #expect(list?.array?.count == 1)
    #expect(list?[0]?["enrolled"]?.bool == true)
    #expect(list?[0]?["ended"]?.isNull == true)
    #expect(try await shop.call("DELETE", "/v1/tills/\(till.id)", shop.account).status == 204)
    #expect(try await shop.call("DELETE", "/v1/tills/\(till.id)", shop.account).status == 204)
    let refused = try await shop.call("GET", "/v1/tills/\(till.id)", till.token)
    #expect(refused.status == 401)
    #expect(refused.json["code"]?.string == "token-invalid")
    #expect(try await shop.ask(100, at: till, key: "a").status == 401)
    let ended = try await shop.call("GET", "/v1/tills", shop.account).json["tills"]
    #expect(ended?[0]?["ended"]?.string != nil)
    shop.close()
  }

  @Test("of a token only the hash is kept, and of an ended till neither token nor key")
  func secrets() async throws {
    var shop = try await TestShop()
    let till = try await shop.till("comptoir")
    let secret = try #require(TillToken.hash(of: till.token))
    let kept = { (shop: TestShop) in
      try shop.tills.store.read { database throws(StoreError) in
        let row = try database.statement("SELECT token, seed FROM tills")
        guard try row.step() else { throw .missing }
        return [row.isNull(0) ? nil : row.bytes(0), row.isNull(1) ? nil : row.bytes(1)]
      }
    }
    #expect(try kept(shop)[0] == secret.bytes)
    #expect(try kept(shop)[1] != nil)
    _ = try await shop.call("DELETE", "/v1/tills/\(till.id)", shop.account)
    #expect(try kept(shop) == [nil, nil])
    #expect(TillToken.hash(of: String(till.token.dropLast())) == nil)
    #expect(TillToken.hash(of: String(till.token.dropFirst())) == nil)
    shop.close()
  }

  @Test("whatever is wrong with a till to be made is named")
  func wrong() async throws {
    var shop = try await TestShop()
    _ = try await shop.till("comptoir")
    let longest = String(repeating: "x", count: 64)
    let zone: JSON = "Europe/Paris"
    let cases: [(JSON, Int, String?)] = [
      (["name": "comptoir", "time_zone": zone], 409, "till-exists"),
      (["name": .string(longest), "time_zone": zone], 201, nil),
      (["name": .string(longest + "x"), "time_zone": zone], 400, "bad-value"),
      (["name": "", "time_zone": zone], 400, "bad-value"),
      (["name": "a\tb", "time_zone": zone], 400, "bad-value"),
      (["name": "b", "time_zone": "Mars/Olympus"], 400, "bad-value"),
      (["name": "b"], 400, "bad-value"), (["name": "b", "time_zone": zone, "x": 1], 400, "malformed"),
      (["name": "b", "time_zone": zone, "member": .string(shop.alice.number.description)], 403, "forbidden"),
    ]
    for (body, status, code) in cases {
      let answer = try await shop.call("POST", "/v1/tills", shop.account, body)
      #expect(answer.status == status, "\(body)")
      #expect(answer.json["code"]?.string == code)
    }
    #expect(try await shop.call("POST", "/v1/tills", nil, ["name": "b", "time_zone": zone]).status == 401)
    shop.close()
  }

  @Test("a member has fifty tills and no more; an ended one makes room")
  func count() async throws {
    var shop = try await TestShop()
    let first = try await shop.till("0", isEnrolled: false)
    for number in 1..<50 { _ = try await shop.till("\(number)", isEnrolled: false) }
    let body: JSON = ["name": "50", "time_zone": "Europe/Paris"]
    #expect(
      try await shop.call("POST", "/v1/tills", shop.account, body).json["code"]?.string == "too-many-tills")
    _ = try await shop.call("DELETE", "/v1/tills/\(first.id)", shop.account)
    #expect(try await shop.call("POST", "/v1/tills", shop.account, body).status == 201)
    shop.close()
  }

  @Test("a stolen token opens its own till and nothing else, on every route there is")
  func stolen() async throws {
    var shop = try await TestShop()
    let (till, other) = (try await shop.till("comptoir"), try await shop.till("marché"))
    let theirs = try await shop.ask(250, at: other, key: "a").json["code"]?.string ?? ""
    for route in Routes.all where !route.admitsTill {
      let target = route.segments.map { $0.hasPrefix("{") ? "1" : String($0) }.joined(separator: "/")
      let headers = ["content-type": "application/json"]
      // Each from an address of its own: unknown codes and tokens are counted by address.
      let bare = try await shop.test.send(route.method, "/\(target)", headers, from: "\(route.name) bare")
      let stolen = try await shop.test.send(
        route.method, "/\(target)", ["authorization": "Bearer \(till.token)"].merging(headers) { $1 },
        from: "\(route.name) stolen")
      #expect(stolen.status == (route.security == .bearer ? 403 : bare.status), "\(route.name)")
    }
    let own = Routes.all.filter(\.admitsTill).map(\.name).sorted()
    #expect(
      own == [
        "DELETE /v1/requests/{code}", "GET /v1/requests/{code}", "GET /v1/tills/{till}",
        "GET /v1/tills/{till}/closes",
        "GET /v1/tills/{till}/closes/{number}", "GET /v1/tills/{till}/events",
        "GET /v1/tills/{till}/report", "GET /v1/tills/{till}/sales", "POST /v1/requests",
        "POST /v1/tills/{till}/closes",
      ])
    for rest in ["", "/closes", "/closes/1", "/events", "/report", "/sales"] {
      #expect(try await shop.call("GET", "/v1/tills/\(other.id)\(rest)", till.token).status == 404)
    }
    #expect(try await shop.call("POST", "/v1/tills/\(other.id)/closes", till.token, key: "z").status == 404)
    #expect(try await shop.call("DELETE", "/v1/requests/\(theirs)", till.token).status == 404)
    shop.close()
  }

  @Test("the till's key signs requests and cancellations, no payment, refund, key or access note")
  func key() async throws {
    var shop = try await TestShop()
    let till = try await shop.till("comptoir")
    let id = try #require(TillID(till.id))
    let key = try #require(try shop.tills.store.key(of: id))
    let thief = Place.Person(number: shop.bakery.number, key: key)
    let sale = try shop.pay(try await shop.ask(50, at: till, key: "a").json)
    let revoked = KeyChange(
      number: thief.number, action: .revoke, use: .pay, memberKey: shop.bakery.key.publicKey)
    let operations: [CarnetLedger.Operation] = [
      shop.test.ledger.payment(of: 1, to: shop.alice), .key(revoked),
      .reversal(Reversal(record: sale.record.number, amount: 50, reason: nil)),
    ]
    for operation in operations {
      #expect(throws: LedgerError.self) { try shop.test.ledger.submit(operation, by: thief) }
    }
    let access = try shop.test.access(thief, .account, "127.0.0.1:8390")
    let response = try await shop.test.send(
      "POST", "/v1/tokens", ["content-type": "text/plain"], body: access)
    #expect(response.status == 403)
    shop.close()
  }

  @Test("another member sees no till of the shop")
  func foreign() async throws {
    var shop = try await TestShop()
    let till = try await shop.till("comptoir")
    let token = try await shop.test.token(of: shop.alice)
    #expect(try await shop.call("GET", "/v1/tills/\(till.id)", token).status == 404)
    #expect(try await shop.call("DELETE", "/v1/tills/\(till.id)", token).status == 404)
    #expect(try await shop.call("GET", "/v1/tills", token).json["tills"]?.array?.isEmpty == true)
    shop.close()
  }
}
