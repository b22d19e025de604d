import CarnetLedger
public import CarnetNotes
import Dispatch
import Support
import Testing

@testable import CarnetEndpoint
@testable import CarnetJournal

/// A bakery with tills behind an endpoint, and Alice who buys bread.
struct TestShop {
  var test: TestEndpoint
  let bakery: Place.Person
  let alice: Place.Person
  let account: String

  struct TestTill {
    let id: String
    let key: PublicKey
    let token: String
  }

  init(
    hosts: Set<String> = ["127.0.0.1:8390"], webhooks: WebhookService.Options = .init()
  ) async throws {
    test = try TestEndpoint(hosts: hosts, webhooks: webhooks)
    bakery = try test.ledger.join("boulangerie", kind: .business)
    alice = try test.ledger.join("alice")
    account = try await test.token(of: bakery)
  }

  var now: Timestamp { test.ledger.clock.now }
  var tills: TillService { test.endpoint.tills }

  /// Sends a request with a token and gives status and JSON, `null` where there is no body.
  func call(
    _ method: String, _ target: String, _ token: String?, _ body: JSON? = nil, key: String? = nil
  ) async throws -> (status: Int, json: JSON) {
    var headers: [String: String] = [:]
    if let token { headers["authorization"] = "Bearer \(token)" }
    if body != nil { headers["content-type"] = "application/json" }
    if let key { headers["idempotency-key"] = key }
    let response = try await test.send(method, target, headers, body: body?.serialized() ?? [])
    return (response.status, response.body.isEmpty ? .null : try JSON(parsing: response.body))
  }

  /// Makes a till and signs for its key.
  mutating func till(_ name: String, isEnrolled: Bool = true) async throws -> TestTill {
    let (status, json) = try await call(
      "POST", "/v1/tills", account, ["name": .string(name), "time_zone": "Europe/Paris"])
    #expect(status == 201, "\(json)")
    let key = try #require(json["key"]?.string.flatMap { PublicKey(base64: $0) })
    if isEnrolled { try sign(for: key, .add) }
    return TestTill(
      id: try #require(json["id"]?.string), key: key, token: try #require(json["token"]?.string))
  }

  mutating func sign(for key: PublicKey, _ action: KeyAction) throws {
    let change = KeyChange(number: bakery.number, action: action, use: .till, memberKey: key)
    try test.ledger.submit(.key(change), by: bakery)
  }

  /// Asks to be paid.
  func ask(
    _ amount: Int64, at till: TestTill, key: String, _ more: KeyValuePairs<String, JSON> = [:]
  ) async throws -> (status: Int, json: JSON) {
    var members = [JSON.Member("amount", .integer(amount)), JSON.Member("currency", "MIN")]
    members += more.map { JSON.Member($0.key, $0.value) }
    return try await call("POST", "/v1/requests", till.token, .object(members), key: key)
  }

  /// Alice pays a request, as its JSON describes it.
  @discardableResult
  mutating func pay(_ request: JSON) throws -> Answer {
    let id = try #require(request["id"]?.string.flatMap { NoteID(hex: $0) })
    let amount = try #require(request["amount"]?.integer)
    return try test.ledger.submit(
      .payment(
        Payment(
          to: .member(bakery.number), currency: test.ledger.currency, amount: amount, request: id, memo: nil)),
      by: alice)
  }

  /// The bakery gives back a part of a sale.
  @discardableResult
  mutating func refund(_ amount: Int64, of record: UInt64) throws -> Answer {
    try test.ledger.submit(.reversal(Reversal(record: record, amount: amount, reason: nil)), by: bakery)
  }

  /// Waits until the tills know everything that was recorded, and what ran out.
  func settle() throws {
    let tills = tills
    try tills.store.queue.sync {
      try tills.catchUp()
      try tills.expire()
    }
  }

  /// What was told of a till.
  func events(_ till: TestTill, after sequence: Int64 = 0) throws -> [TillEvent] {
    try tills.store.events(of: try #require(TillID(till.id)), after: sequence)
  }

  func close() {
    test.endpoint.stop()
    test.ledger.journal.close()
  }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByDictionaryLiteral {
  public init(stringLiteral value: String) { self = .string(value) }
  public init(integerLiteral value: Int64) { self = .integer(value) }
  public init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(elements.map { Member($0.0, $0.1) })
  }
}
