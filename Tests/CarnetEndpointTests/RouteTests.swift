import CarnetEndpoint
import CarnetJournal
import CarnetLedger
import CarnetNotes
import Support
import Synchronization
import Testing

/// A ledger behind an endpoint, asked without a socket.
struct TestEndpoint {
  var ledger: TestLedger
  let endpoint: Endpoint

  init(
    kind: CurrencyKind = .mutual, hosts: Set<String> = ["127.0.0.1:8390"],
    webhooks: WebhookService.Options = .init()
  ) throws {
    ledger = try TestLedger(kind: kind)
    endpoint = Endpoint(journal: ledger.journal, hosts: hosts, webhooks: webhooks)
  }

  /// Sends a request and waits for the response.
  func send(
    _ method: String, _ target: String, _ headers: [String: String] = [:], body: [UInt8] = [],
    as principal: Principal? = nil, from address: String = ""
  ) async throws -> Response {
    var headers = headers
    headers["host"] = headers["host"] ?? "127.0.0.1:8390"
    var request = try #require(Request(method: method, target: target, headers: headers, body: body))
    request.address = address
    // Handed over under a lock: what a continuation carries over, the thread sanitizer does not see.
    let answer = Mutex<Response?>(nil)
    await withCheckedContinuation { continuation in
      endpoint.respond(to: request, as: principal) { reply in
        let response = reply()
        answer.withLock { $0 = response }
        continuation.resume()
      }
    }
    return try #require(answer.withLock { $0 })
  }

  /// A token for a member.
  mutating func token(
    of person: Place.Person, scope: AccessScope = .account, host: String = "127.0.0.1:8390"
  ) async throws -> String {
    let response = try await send(
      "POST", "/v1/tokens", ["content-type": "text/plain"], body: access(person, scope, host))
    #expect(response.status == 201)
    return try #require(try JSON(parsing: response.body)["token"]?.string)
  }

  mutating func access(_ person: Place.Person, _ scope: AccessScope, _ host: String) throws -> [UInt8] {
    let now = ledger.clock.now
    return try ledger.place.submission(
      .access(Access(host: host, scope: scope, account: nil, expires: now.seconds + 3_600)), by: person,
      at: now,
      lifetime: 300
    ).note.bytes
  }
}

@Suite struct RouteTests {
  @Test("a note handed in twice gives one record: 201, then 200 with the same answer")
  func notes() async throws {
    var test = try TestEndpoint()
    let (alice, bob) = (try test.ledger.join("alice"), try test.ledger.join("bob"))
    let note = try test.ledger.place.submission(
      test.ledger.payment(of: 90, to: bob), by: alice, at: test.ledger.clock.now
    ).note.bytes
    let first = try await test.send(
      "POST", "/v1/notes", ["content-type": "text/plain; charset=utf-8"], body: note)
    #expect(first.status == 201)
    let second = try await test.send("POST", "/v1/notes", ["content-type": "text/plain"], body: note)
    #expect(second.status == 200)
    #expect(first.body == second.body)
    let json = try JSON(parsing: first.body)
    #expect(json["number"]?.integer == 4)
    #expect(json["postings"]?[1]?["amount"]?.integer == 90)
    let receipt = try await test.send(
      "POST", "/v1/notes", ["content-type": "text/plain", "accept": "text/plain"], body: note)
    let key = test.ledger.place.verifierKey
    #expect(try Receipt(parsing: receipt.body).verify(ledger: key).checkpoint.size == 5)
    test.ledger.journal.close()
  }

  @Test("each way to be wrong has its status and its code")
  func problems() async throws {
    var test = try TestEndpoint()
    let (alice, bob) = (try test.ledger.join("alice"), try test.ledger.join("bob"))
    let now = test.ledger.clock.now
    let tooMuch = try test.ledger.place.submission(
      test.ledger.payment(of: 90_000, to: bob), by: alice, at: now)
    let stranger = test.ledger.place.person()
    let unknown = try test.ledger.place.submission(test.ledger.payment(of: 1, to: bob), by: stranger, at: now)
    var altered = tooMuch.note.bytes
    altered[altered.count - 8] = altered[altered.count - 8] == 0x41 ? 0x42 : 0x41
    let plain = ["content-type": "text/plain"]
    let cases: [(Response, Int, String)] = [
      (try await test.send("POST", "/v1/notes", plain, body: tooMuch.note.bytes), 409, "insufficient-funds"),
      (try await test.send("POST", "/v1/notes", plain, body: unknown.note.bytes), 401, "unknown-key"),
      (try await test.send("POST", "/v1/notes", plain, body: altered), 401, "bad-signature"),
      (try await test.send("POST", "/v1/notes", plain, body: Array("x".utf8)), 400, "malformed"),
      (try await test.send("POST", "/v1/notes", [:], body: tooMuch.note.bytes), 415, "unsupported-type"),
      (
        try await test.send("POST", "/v1/notes", ["content-type": "application/json"], body: [0x7B]), 400,
        "malformed"
      ),
      (try await test.send("PUT", "/v1/notes"), 405, "method-not-allowed"),
      (try await test.send("GET", "/v2/notes"), 404, "not-found"),
      (try await test.send("GET", "/v1/ledger", ["host": "evil.example"]), 421, "wrong-host"),
      (try await test.send("GET", "/v1/ledger?x=1"), 400, "bad-parameter"),
      (try await test.send("GET", "/v1/accounts/\(alice.number)"), 401, "token-missing"),
      (
        try await test.send("GET", "/v1/accounts/\(alice.number)", ["authorization": "Bearer x"]), 401,
        "token-invalid"
      ), (try await test.send("GET", "/v1/directory?handle=alice"), 404, "not-found"),
    ]
    for (response, status, code) in cases {
      #expect(response.status == status)
      let json = try JSON(parsing: response.body)
      #expect(json["code"]?.string == code)
      #expect(response.header("content-type") == "application/problem+json")
    }
    test.ledger.journal.close()
  }

  @Test("a problem is said in the language that was asked for")
  func languages() async throws {
    var test = try TestEndpoint()
    let (alice, bob) = (try test.ledger.join("alice"), try test.ledger.join("bob"))
    let tooMuch = try test.ledger.place.submission(
      test.ledger.payment(of: 90_000, to: bob), by: alice, at: test.ledger.clock.now)
    let plain = ["content-type": "text/plain"]
    let french = try await test.send(
      "POST", "/v1/notes", plain.merging(["accept-language": "fr-FR"]) { $1 }, body: tooMuch.note.bytes)
    #expect(try JSON(parsing: french.body)["detail"]?.string?.contains("dispose de") == true)
    test.ledger.journal.close()
  }

  @Test("a token reads its own account and nothing else, and ends when it is revoked or its role is taken")
  func tokens() async throws {
    var test = try TestEndpoint()
    let (alice, bob) = (try test.ledger.join("alice"), try test.ledger.join("bob"))
    let answer = try test.ledger.submit(test.ledger.payment(of: 90, to: bob), by: alice)
    let token = ["authorization": "Bearer \(try await test.token(of: alice))"]
    let own = try await test.send("GET", "/v1/accounts/\(alice.number)", token)
    #expect(try JSON(parsing: own.body)["balances"]?[0]?["balance"]?.integer == -90)
    #expect(try await test.send("GET", "/v1/accounts/\(bob.number)", token).status == 403)
    #expect(try await test.send("GET", "/v1/members", token).status == 403)
    let statement = try await test.send("GET", "/v1/accounts/\(alice.number)/statement", token)
    #expect(try JSON(parsing: statement.body)["lines"]?[0]?["handle"]?.string == "bob")
    let receipt = try await test.send("GET", "/v1/receipts/\(answer.record.text.id.hex)", token)
    #expect(receipt.status == 200)
    let card = try await test.send("GET", "/v1/directory?handle=bob", token)
    #expect(try JSON(parsing: card.body)["members"]?[0]?["card"]?["record"]?.integer == 3)
    let audit = [
      "authorization": "Bearer \(try await test.token(of: test.ledger.place.officer, scope: .audit))"
    ]
    #expect(try await test.send("GET", "/v1/members", audit).status == 200)
    #expect(try await test.send("GET", "/v1/balances", audit).status == 200)
    #expect(try await test.send("GET", "/v1/reference-secret", audit).status == 403)
    let counter = [
      "authorization": "Bearer \(try await test.token(of: test.ledger.place.officer, scope: .counter))"
    ]
    #expect(try await test.send("GET", "/v1/reference-secret", counter).status == 200)
    #expect(try await test.send("DELETE", "/v1/tokens", token).status == 204)
    #expect(try await test.send("GET", "/v1/accounts/\(alice.number)", token).status == 401)
    let stolen = try test.access(alice, .account, "other.example")
    #expect(
      try await test.send("POST", "/v1/tokens", ["content-type": "text/plain"], body: stolen).status == 400)
    let audited = try test.access(alice, .audit, "127.0.0.1:8390")
    #expect(
      try await test.send("POST", "/v1/tokens", ["content-type": "text/plain"], body: audited).status == 403)
    test.ledger.journal.close()
  }

  @Test("a token ends with its key, with its role, and with its time")
  func tokenEnds() async throws {
    var test = try TestEndpoint()
    let alice = try test.ledger.join("alice", roles: [.auditor])
    let bob = try test.ledger.join("bob")
    let audit = ["authorization": "Bearer \(try await test.token(of: alice, scope: .audit))"]
    let own = ["authorization": "Bearer \(try await test.token(of: alice))"]
    let bobs = ["authorization": "Bearer \(try await test.token(of: bob))"]
    #expect(try await test.send("GET", "/v1/members", audit).status == 200)
    try test.ledger.submit(
      .role(RoleChange(number: alice.number, value: [], reason: nil)), by: test.ledger.place.officer)
    #expect(try await test.send("GET", "/v1/members", audit).status == 401)
    #expect(try await test.send("GET", "/v1/accounts/\(alice.number)", own).status == 200)
    try test.ledger.submit(
      .key(KeyChange(number: alice.number, action: .revoke, use: .pay, memberKey: alice.key.publicKey)),
      by: alice)
    #expect(try await test.send("GET", "/v1/accounts/\(alice.number)", own).status == 401)
    #expect(try await test.send("GET", "/v1/accounts/\(bob.number)", bobs).status == 200)
    test.ledger.clock.now = test.ledger.clock.now.adding(seconds: 3_601)
    #expect(try await test.send("GET", "/v1/accounts/\(bob.number)", bobs).status == 401)
    test.ledger.journal.close()
  }

  @Test("methods: Allow names them, and HEAD answers as GET does")
  func methods() async throws {
    let test = try TestEndpoint()
    let refused = try await test.send("PATCH", "/v1/tokens")
    #expect(refused.header("allow") == "DELETE, POST")
    let (get, head) = (try await test.send("GET", "/livez"), try await test.send("HEAD", "/livez"))
    #expect(head.status == 200)
    #expect(head.body == get.body)
    test.ledger.journal.close()
  }

  @Test(
    "a note with CRLF, or that is no UTF-8, is malformed",
    arguments: ["payment/v1\r\nledger x\r\n", "\u{FF}"])
  func encodings(_ text: String) async throws {
    let test = try TestEndpoint()
    let body = text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    let response = try await test.send("POST", "/v1/notes", ["content-type": "text/plain"], body: body)
    #expect(response.status == 400)
    test.ledger.journal.close()
  }
}
