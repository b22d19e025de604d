import CarnetJournal
import CarnetLedger
import CarnetNotes
import Support
import Testing

@testable import CarnetEndpoint

/// Asks every route of tills and webhooks and compares the answers with /openapi.json.
struct OpenAPIShop {
  private var shop: TestShop
  private let document: OpenAPIComparison
  private let office: String
  private var asked: Set<String> = []

  /// The names of the routes asked.
  static func askAll() async throws -> Set<String> {
    var one = try await OpenAPIShop()
    try await one.askUnknown()
    let till = try await one.askTills()
    try await one.askRequests(at: till)
    try await one.askReports(of: till)
    try await one.askWebhooks(with: till)
    try await one.askEnds(of: till)
    one.shop.close()
    return one.asked
  }

  private init() async throws {
    let network = WebhookTests.Network()
    shop = try await TestShop(webhooks: network.options())
    office = try await shop.test.token(of: shop.test.ledger.place.officer, scope: .office)
    document = OpenAPIComparison(try JSON(parsing: try await shop.test.send("GET", "/openapi.json").body))
  }

  @discardableResult
  private mutating func ask(
    _ route: String, _ target: String, _ token: String?, _ body: JSON? = nil, _ more: [String: String] = [:],
    gives status: Int
  ) async throws -> JSON {
    var headers = more
    if let token { headers["authorization"] = "Bearer \(token)" }
    if body != nil { headers["content-type"] = "application/json" }
    let (method, path) = (String(route.prefix { $0 != " " }), String(route.drop { $0 != " " }.dropFirst()))
    let response = try await shop.test.send(method, target, headers, body: body?.serialized() ?? [])
    #expect(response.status == status, "\(route) \(String(decoding: response.body, as: UTF8.self))")
    try document.check(response, method: method, path: path)
    response.stream?.detach()
    asked.insert(route)
    return (try? JSON(parsing: response.body)) ?? .null
  }

  /// Whoever brings no token is told so by each route that wants one.
  private mutating func askUnknown() async throws {
    for route in Routes.all where route.security == .bearer {
      let target = route.path.replacing("{till}", with: "k7q4m2xw").replacing("{code}", with: "0000-000A")
      let body: JSON? = route.accepts.isEmpty ? nil : ["name": "x", "time_zone": "Europe/Paris"]
      let key = ["idempotency-key": "k"]
      let response = try await shop.test.send(
        route.method, target.replacing("{", with: "").replacing("}", with: ""),
        body == nil ? key : key.merging(["content-type": "application/json"]) { $1 },
        body: body?.serialized() ?? [])
      #expect(response.status == 401, "\(route.name)")
      try document.check(response, method: route.method, path: route.path)
    }
  }

  private mutating func askTills() async throws -> TestShop.TestTill {
    let order: JSON = ["name": "comptoir", "time_zone": "Europe/Paris"]
    let made = try await ask("POST /v1/tills", "/v1/tills", shop.account, order, gives: 201)
    try await ask("POST /v1/tills", "/v1/tills", shop.account, order, gives: 409)
    try await ask("POST /v1/tills", "/v1/tills", shop.account, ["name": ""], gives: 400)
    try await ask("POST /v1/tills", "/v1/tills", office, order, gives: 403)
    let key = try #require(made["key"]?.string.flatMap { PublicKey(base64: $0) })
    try shop.sign(for: key, .add)
    let till = TestShop.TestTill(
      id: try #require(made["id"]?.string), key: key, token: try #require(made["token"]?.string))
    try await ask("GET /v1/tills", "/v1/tills", shop.account, gives: 200)
    try await ask("GET /v1/tills/{till}", "/v1/tills/own", till.token, gives: 200)
    try await ask("GET /v1/tills/{till}", "/v1/tills/00000000", shop.account, gives: 404)
    try await ask("GET /v1/tills/{till}/events", "/v1/tills/\(till.id)/events", till.token, gives: 200)
    return till
  }

  private mutating func askRequests(at till: TestShop.TestTill) async throws {
    let (route, order) = ("POST /v1/requests", ["amount": 400, "currency": "MIN"] as JSON)
    let sold = try await ask(route, "/v1/requests", till.token, order, ["idempotency-key": "a"], gives: 201)
    try await ask(route, "/v1/requests", till.token, order, gives: 400)
    try await ask(
      route, "/v1/requests", till.token, ["amount": 1, "currency": "MIN"], ["idempotency-key": "a"],
      gives: 422)
    let dropped = try await shop.ask(60, at: till, key: "b", ["reference": "T-1", "cashier": "Anne"]).json
    let code = dropped["code"]?.string ?? ""
    let cancel = "DELETE /v1/requests/{code}"
    try await ask(cancel, "/v1/requests/\(code)", till.token, gives: 204)
    try await ask(cancel, "/v1/requests/\(code)", till.token, gives: 409)
    try await ask(cancel, "/v1/requests/0000-000A", till.token, gives: 404)
    try await ask("GET /v1/requests/{code}", "/v1/requests/\(code)", till.token, gives: 200)
    let paid = try shop.pay(sold)
    try shop.refund(150, of: paid.record.number)
    try shop.settle()
    let events = try shop.events(till)
    #expect(events.count == 5)
    for event in events { document.check(try JSON(parsing: Array(event.data.utf8)), is: "TillRequest") }
  }

  private mutating func askReports(of till: TestShop.TestTill) async throws {
    let (base, token) = ("/v1/tills/\(till.id)", till.token)
    let sales = try await ask("GET /v1/tills/{till}/sales", "\(base)/sales?limit=1", token, gives: 200)
    #expect(sales["next"]?.string != nil)
    try await ask("GET /v1/tills/{till}/sales", "\(base)/sales?limit=0", token, gives: 400)
    try await ask("GET /v1/tills/{till}/sales", "\(base)/sales", shop.account, gives: 200)
    try await ask("GET /v1/tills/{till}/report", "\(base)/report", token, gives: 200)
    let close = "POST /v1/tills/{till}/closes"
    try await ask(close, "\(base)/closes", token, gives: 400)
    for key in ["z", "y"] {
      try await ask(close, "\(base)/closes", token, nil, ["idempotency-key": key], gives: 201)
    }
    try await ask("GET /v1/tills/{till}/closes", "\(base)/closes?limit=1", token, gives: 200)
    let one = "GET /v1/tills/{till}/closes/{number}"
    try await ask(one, "\(base)/closes/1", token, gives: 200)
    try await ask(one, "\(base)/closes/1", token, nil, ["accept": "text/csv"], gives: 200)
    try await ask(one, "\(base)/closes/3", token, gives: 404)
  }

  private mutating func askWebhooks(with till: TestShop.TestTill) async throws {
    let (all, one) = ("/v1/webhooks", "/v1/webhooks/{webhook}")
    let order: JSON = ["url": "https://compta.example/"]
    let made = try await ask("POST \(all)", all, office, order, gives: 201)
    try await ask("POST \(all)", all, office, order, gives: 409)
    try await ask("POST \(all)", all, office, ["url": "x"], gives: 400)
    try await ask("POST \(all)", all, till.token, order, gives: 403)
    let hook = "\(all)/\(made["id"]?.string ?? "")"
    try shop.pay(try await shop.ask(40, at: till, key: "c").json)
    try shop.settle()
    let list = "GET \(one)/deliveries"
    let found = try await ask(list, "\(all)/all/deliveries", office, gives: 200)["deliveries"]?.array
    let delivery = try #require(found?.first?["id"]?.integer)
    let again = "POST \(one)/deliveries/{delivery}"
    try await ask(again, "\(hook)/deliveries/\(delivery)", office, gives: 202)
    try await ask(again, "\(hook)/deliveries/999", office, gives: 404)
    try await ask("POST \(one)/test", "\(hook)/test", office, gives: 200)
    try await ask("POST \(one)/rotate", "\(hook)/rotate", office, gives: 200)
    try await ask("GET \(all)", all, office, gives: 200)
    try await ask("DELETE \(one)", hook, office, gives: 204)
    try await ask("DELETE \(one)", hook, office, gives: 404)
  }

  private mutating func askEnds(of till: TestShop.TestTill) async throws {
    let end = "DELETE /v1/tills/{till}"
    try await ask(end, "/v1/tills/\(till.id)", office, gives: 404)
    try await ask(end, "/v1/tills/\(till.id)", shop.account, gives: 204)
    try await ask("GET /v1/tills", "/v1/tills", shop.account, gives: 200)
    try await ask("DELETE /v1/tokens", "/v1/tokens", office, gives: 204)
  }
}
