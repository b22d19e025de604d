import CarnetJournal
import CarnetLedger
import CarnetNotes
import Dispatch
import Support
import Synchronization
import Testing

@testable import CarnetEndpoint

/// Payment requests by their code: what anyone may see, how a change is waited for, and how guessing is slowed down.
@Suite struct RequestRouteTests {
  /// A shop with one open request of 5, and Alice who can pay it.
  private struct Scene {
    var test: TestEndpoint
    let alice, shop: Place.Person
    let id: NoteID
    var code: String { RequestCode(id)?.description ?? "" }
    var path: String { "/v1/requests/\(code)" }

    init(lifetime: Int64 = 900) throws {
      test = try TestEndpoint()
      (alice, shop) = (try test.ledger.join("alice"), try test.ledger.join("shop", kind: .business))
      id = try test.ask(5, by: shop, lifetime: lifetime)
    }

    func json(_ query: String = "") async throws -> JSON {
      let response = try await test.send("GET", path + query)
      #expect(response.status == 200)
      return try JSON(parsing: response.body)
    }

    mutating func pay() throws {
      let payment = Payment(
        to: .member(shop.number), currency: test.ledger.currency, amount: 5, request: id, memo: nil)
      try test.ledger.submit(.payment(payment), by: alice)
    }

    func finish() { test.ledger.journal.close() }
  }

  @Test("whoever has the code sees payee, amount, state and expiry, and no more")
  func shown() async throws {
    let scene = try Scene()
    let json = try await scene.json()
    #expect(
      json.members?.map(\.key) == [
        "code", "id", "state", "to", "handle", "name", "currency", "amount", "expires", "link",
      ])
    #expect(json["code"]?.string == scene.code && json["id"]?.string == scene.id.hex)
    #expect(json["state"]?.string == "open" && json["amount"]?.integer == 5)
    #expect(json["to"]?.string == scene.shop.number.description && json["handle"]?.string == "shop")
    #expect(json["expires"]?.string == TestLedger.start.adding(seconds: 900).rfc3339)
    #expect(json["link"]?.isNull == true)
    #expect(try await scene.test.send("GET", scene.path + "/qr.svg").status == 404)
    scene.test.endpoint.publish(at: "https://mel.example")
    #expect(try await scene.json()["link"]?.string == "https://mel.example/p/\(scene.code)")
    let image = try await scene.test.send("GET", scene.path + "/qr.svg")
    #expect(image.header("content-type") == "image/svg+xml")
    let code = try #require(QRCode("https://mel.example/p/\(scene.code)"))
    #expect(image.body == Array(code.svg(label: "https://mel.example/p/\(scene.code)").utf8))
    // Typed as people do.
    let typed = scene.code.lowercased().replacing("-", with: "")
    #expect(try await scene.test.send("GET", "/v1/requests/\(typed)").status == 200)
    scene.finish()
  }

  @Test("open, claimed, paid; and a claim comes too late for one that cannot be paid")
  func states() async throws {
    var scene = try Scene()
    let claimed = try await scene.test.send("POST", scene.path + "/claim")
    #expect(try JSON(parsing: claimed.body)["state"]?.string == "claimed")
    #expect(try await scene.json()["state"]?.string == "claimed")
    try scene.pay()
    #expect(try await scene.json()["state"]?.string == "paid")
    let late = try await scene.test.send("POST", scene.path + "/claim")
    #expect(late.status == 409)
    #expect(try JSON(parsing: late.body)["code"]?.string == "request-paid")
    scene.finish()
  }

  @Test("cancelled and expired are told apart, and the second of the expiry is still in time")
  func ends() async throws {
    var scene = try Scene()
    let other = try scene.test.ask(7, by: scene.shop)
    try scene.test.ledger.submit(.cancel(Cancellation(request: other)), by: scene.shop)
    let code = try #require(RequestCode(other))
    let cancelled = try await scene.test.send("GET", "/v1/requests/\(code)")
    #expect(try JSON(parsing: cancelled.body)["state"]?.string == "cancelled")
    let end = TestLedger.start.adding(seconds: 900)
    scene.test.ledger.clock.now = end
    #expect(try await scene.json()["state"]?.string == "open")
    scene.test.ledger.clock.now = end.adding(milliseconds: 1)
    #expect(try await scene.json()["state"]?.string == "expired")
    for code in [scene.code, code.description] {
      #expect(try await scene.test.send("POST", "/v1/requests/\(code)/claim").status == 409)
    }
    scene.finish()
  }

  @Test("five failed codes a minute are answered, the sixth is told to wait, and others are not in its way")
  func guessing() async throws {
    var scene = try Scene()
    let token = try await scene.test.token(of: scene.alice)
    let ask = { (scene: Scene, code: String, address: String, token: String?) in
      var headers = ["host": "127.0.0.1:8390"]
      headers["authorization"] = token.map { "Bearer \($0)" }
      var request = try #require(
        Request(method: "GET", target: "/v1/requests/\(code)", headers: headers))
      request.address = address
      let (endpoint, sent) = (scene.test.endpoint, request)
      return await withCheckedContinuation { continuation in
        endpoint.respond(to: sent, as: nil) { continuation.resume(returning: $0()) }
      }
    }
    for code in ["0000-000A", "1ZZZ-ZZZZ", "nonsense!", "0000-000B", "0000-000C"] {
      #expect(try await ask(scene, code, "10.0.0.1", nil).status == 404)
    }
    let refused = try await ask(scene, scene.code, "10.0.0.1", nil)
    #expect(refused.status == 429)
    let seconds = try #require(refused.header("retry-after").flatMap { Int($0) })
    #expect((1...60).contains(seconds))
    #expect(try await ask(scene, scene.code, "10.0.0.2", nil).status == 200)
    #expect(try await ask(scene, scene.code, "10.0.0.1", token).status == 200)
    scene.finish()
  }

  @Test("a failed code is forgotten after a minute, and five are the most")
  func forgotten() {
    let guesses = CodeGuesses()
    for moment in 0..<4 as Range<UInt64> { guesses.fail("a", now: moment) }
    #expect(guesses.wait(of: "a", now: 4) == nil)
    guesses.fail("a", now: 4)
    #expect(guesses.wait(of: "a", now: 5) == 60 && guesses.wait(of: "b", now: 5) == nil)
    #expect(guesses.wait(of: "a", now: 59_999) == 1 && guesses.wait(of: "a", now: 60_000) == nil)
    for address in 0..<Limits.failingAddressesMax { guesses.fail("\(address)", now: 100_000) }
    #expect(guesses.wait(of: "0", now: 100_001) == nil)
  }
}

extension RequestRouteTests {
  @Test("who waits is answered by the commit that changes the request")
  func waits() async throws {
    var scene = try Scene()
    let waiting = scene
    async let answer = waiting.json("?wait=30")
    while scene.test.endpoint.requests.waiterCount == 0 { await Task.yield() }
    try scene.pay()
    #expect(try await answer["state"]?.string == "paid")
    #expect(try await scene.json("?wait=30")["state"]?.string == "paid")
    scene.finish()
  }

  @Test(
    "who waits for another state than the one they know is answered at once, by a claim, or when time is up")
  func waitsForAnother() async throws {
    let scene = try Scene()
    #expect(try await scene.json("?wait=30&state=claimed")["state"]?.string == "open")
    #expect(try await scene.json("?wait=1&state=open")["state"]?.string == "open")
    let began = monotonicMilliseconds()
    async let answer = scene.json("?wait=30&state=open")
    while scene.test.endpoint.requests.waiterCount == 0 { await Task.yield() }
    _ = try await scene.test.send("POST", scene.path + "/claim")
    #expect(try await answer["state"]?.string == "claimed")
    #expect(monotonicMilliseconds() - began < 20_000, "the claim did not wake it, the end of its time did")
    for query in ["?wait=31", "?wait=-1", "?wait=x", "?state=gone"] {
      #expect(try await scene.test.send("GET", scene.path + query).status == 400)
    }
    scene.finish()
  }

  @Test("a server that stops lets nobody wait")
  func released() async throws {
    let scene = try Scene()
    async let answer = scene.json("?wait=30")
    while scene.test.endpoint.requests.waiterCount == 0 { await Task.yield() }
    scene.test.endpoint.release()
    #expect(try await answer["state"]?.string == "open")
    #expect(try await scene.json("?wait=30")["state"]?.string == "open")
    scene.finish()
  }

  @Test("so many may wait and one more may not")
  func waiters() throws {
    let scene = try Scene()
    let desk = scene.test.endpoint.requests
    for _ in 0..<Limits.requestWaitersMax {
      #expect(desk.wait(for: scene.id, whileIn: .open, milliseconds: 60_000) {})
    }
    #expect(!desk.wait(for: scene.id, whileIn: .open, milliseconds: 60_000) {})
    desk.release()
    scene.finish()
  }

  @Test("a member's own requests come newest first, in pages, with their references")
  func list() async throws {
    var scene = try Scene()
    for amount in 6...8 as ClosedRange<Int64> {
      _ = try scene.test.ask(amount, by: scene.shop, reference: "T-\(amount)")
    }
    try scene.pay()
    let path = "/v1/accounts/\(scene.shop.number)/requests"
    let bearer = ["authorization": "Bearer \(try await scene.test.token(of: scene.shop))"]
    let first = try JSON(parsing: try await scene.test.send("GET", path + "?limit=3", bearer).body)
    #expect(first["requests"]?.array?.compactMap { $0["reference"]?.string } == ["T-8", "T-7", "T-6"])
    let next = try #require(first["next"]?.string)
    let second = try JSON(parsing: try await scene.test.send("GET", path + "?cursor=\(next)", bearer).body)
    #expect(second["requests"]?[0]?["state"]?.string == "paid" && second["next"]?.isNull == true)
    #expect(second["requests"]?[0]?["paid_in"]?.integer == 8)
    #expect(try await scene.test.send("GET", path).status == 401)
    let other = ["authorization": "Bearer \(try await scene.test.token(of: scene.alice))"]
    #expect(try await scene.test.send("GET", path, other).status == 403)
    scene.finish()
  }

  @Test("a request survives a restart")
  func restarted() async throws {
    var scene = try Scene()
    let (id, amount) = (scene.id, Int64(5))
    scene.finish()
    let journal = try Journal(opening: scene.test.ledger.path, options: .init(clock: scene.test.ledger.clock))
    let endpoint = Endpoint(journal: journal)
    let found = try #require(try journal.request(id))
    #expect(endpoint.requests.view(found).state == .open)
    let payment = Payment(
      to: .member(scene.shop.number), currency: scene.test.ledger.currency, amount: amount, request: id,
      memo: nil)
    let note = try scene.test.ledger.place.submission(
      .payment(payment), by: scene.alice, at: scene.test.ledger.clock.now)
    let paid = try journal.submit(note).record.number
    #expect(try journal.request(id)?.paidIn == paid)
    journal.close()
    #expect(try Audit.run(scene.test.ledger.path).findings.map(\.description) == [])
  }

  @Test(
    "a public address is scheme, host, port and path",
    arguments: [
      ("https://mel.example", "https://mel.example", "mel.example"),
      ("https://Mel.Example/lille/", "https://mel.example/lille", "mel.example"),
      ("http://127.0.0.1:8390", "http://127.0.0.1:8390", "127.0.0.1:8390"),
      ("mel.example", nil, nil), ("ftp://mel.example", nil, nil), ("https://", nil, nil),
      ("https://a:0", nil, nil), ("https://a:1:2", nil, nil), ("https://u@a", nil, nil),
      ("https://a/?q", nil, nil), ("https://a/#f", nil, nil), ("https://a b", nil, nil),
      (
        "https://\(String(repeating: "a", count: 192))", "https://\(String(repeating: "a", count: 192))",
        String(repeating: "a", count: 192)
      ),
      ("https://\(String(repeating: "a", count: 193))", nil, nil),
    ] as [(String, String?, String?)])
  func addresses(_ text: String, _ description: String?, _ host: String?) {
    let address = PublicAddress(text)
    #expect(address?.description == description && address?.host == host)
  }
}

extension TestEndpoint {
  /// A request with a code, recorded; its id.
  mutating func ask(
    _ amount: Int64, by shop: Place.Person, lifetime: Int64 = 900, reference: String? = nil
  ) throws -> NoteID {
    let salted = try reference.map { try #require(SubmittedText($0)) }
    let asked = PaymentRequest(currency: ledger.currency, amount: amount, reference: salted?.hash)
    while true {
      let note = try ledger.place.submission(
        .request(asked), by: shop, at: ledger.clock.now, lifetime: lifetime, saltedText: salted)
      guard RequestCode(note.id) != nil else { continue }
      return try ledger.journal.submit(note).record.text.id
    }
  }
}
