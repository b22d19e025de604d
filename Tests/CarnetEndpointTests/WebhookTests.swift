import CarnetLedger
import CarnetNotes
import Dispatch
import Foundation
import Support
import Synchronization
import Testing

@testable import CarnetEndpoint
@testable import CarnetJournal

/// What becomes of events on their way to webhooks, with a network and a clock that the test makes.
@Suite struct WebhookTests {
  /// Takes what is sent and answers as the test says.
  final class Network: Sendable {
    struct Sent: Sendable {
      let message: WebhookMessage
      let url: String
      let range: WebhookSender.Range
      let time: Timestamp
      let keys: [PublicKey]
    }

    private let sent = Mutex<[Sent]>([])
    private let answer = Mutex<@Sendable (Sent) -> Result<WebhookSender.Answer, WebhookSender.Fault>>({ _ in
      .success(.init(status: 200, retryAfter: nil))
    })

    var all: [Sent] { sent.withLock { $0 } }

    func answers(_ body: @escaping @Sendable (Sent) -> Result<WebhookSender.Answer, WebhookSender.Fault>) {
      answer.withLock { $0 = body }
    }

    func options(allowsNear: Bool = true) -> WebhookService.Options {
      var options = WebhookService.Options(allowsNear: allowsNear)
      options.send = { [self] message, url, range, time, keys in
        let one = Sent(
          message: message, url: url.description, range: range, time: time, keys: keys.map(\.publicKey))
        sent.withLock { $0.append(one) }
        return answer.withLock { $0 }(one)
      }
      options.jitter = { $0 }
      return options
    }

    /// Waits until so many were sent.
    func wait(for count: Int) async throws -> [Sent] {
      for _ in 0..<500 {
        if all.count >= count { return all }
        try await Task.sleep(for: .milliseconds(10))
      }
      Issue.record("sent \(all.count), not \(count)")
      return all
    }
  }

  let network = Network()

  private func shop(allowsNear: Bool = true) async throws -> (TestShop, String) {
    var shop = try await TestShop(webhooks: network.options(allowsNear: allowsNear))
    let officer = shop.test.ledger.place.officer
    return (shop, try await shop.test.token(of: officer, scope: .office))
  }

  private func officer(_ shop: TestShop) -> Place.Person { shop.test.ledger.place.officer }

  private func add(
    _ shop: TestShop, _ token: String, _ url: String, _ more: KeyValuePairs<String, JSON> = [:]
  ) async throws -> (status: Int, json: JSON) {
    let members = [JSON.Member("url", .string(url))] + more.map { JSON.Member($0.key, $0.value) }
    return try await shop.call("POST", "/v1/webhooks", token, .object(members))
  }

  /// Waits until the deliveries, newest first, are in these states after so many tries each.
  private func states(
    _ shop: TestShop, _ expected: [WebhookDelivery.State], tries: Int = 1
  ) async throws -> [WebhookDelivery] {
    var found: [WebhookDelivery] = []
    for _ in 0..<500 {
      found = try shop.tills.store.deliveries(of: nil, before: .max, limit: 50)
      if found.map(\.state) == expected, found.allSatisfy({ $0.attempts == tries }) { return found }
      try await Task.sleep(for: .milliseconds(10))
    }
    try #require(Bool(false), "\(found)")
    return found
  }

  @Test("paid, expired and refunded reach a webhook once each, signed for it, with what the till is told")
  func events() async throws {
    var (shop, token) = try await shop()
    let till = try await shop.till("comptoir")
    let made = try await add(shop, token, "https://compta.example/carnet").json
    let sale = try await shop.ask(400, at: till, key: "a", ["reference": "T-1042"]).json
    _ = try await shop.ask(50, at: till, key: "b")
    let paid = try shop.pay(sale)
    try shop.refund(150, of: paid.record.number)
    shop.test.ledger.clock.now = shop.now.adding(seconds: 903)
    try shop.settle()
    let sent = try await network.wait(for: 3)
    let bodies = try sent.map { try JSON(parsing: $0.message.body) }
    #expect(bodies.map { $0["type"]?.string } == ["request.paid", "refund.made", "request.expired"])
    #expect(bodies[0]["timestamp"]?.string == paid.record.time.rfc3339)
    #expect(bodies[2]["timestamp"]?.string == TestLedger.start.adding(seconds: 900).rfc3339)
    let told = try shop.events(till).filter { Webhook.kinds.contains($0.kind) }
    #expect(try bodies.map { $0["data"] } == told.map { try JSON(parsing: Array($0.data.utf8)) })
    #expect(sent.map(\.message.id) == told.map { "evt_\(till.id)_\($0.sequence)" })
    let key = try #require(made["key"]?.string)
    #expect(sent.allSatisfy { $0.keys.map(WebhookMessage.text) == [key] })
    let done = try await states(shop, [.delivered, .delivered, .delivered])
    #expect(done[0].status == 200)
    let page = try await shop.call(
      "GET", "/v1/webhooks/all/deliveries?limit=2", shop.test.token(of: officer(shop), scope: .office))
    #expect(page.json["deliveries"]?.array?.count == 2)
    #expect(page.json["next"]?.string == "\(done[1].id)")
    try shop.settle()
    #expect(network.all.count == 3)
    shop.close()
  }

  @Test("a target that fails is tried ten times over three days, later and later, then given up and listed")
  func schedule() async throws {
    var (shop, token) = try await shop()
    let till = try await shop.till("comptoir")
    _ = try await add(shop, token, "https://compta.example/")
    network.answers { _ in .failure(.refused) }
    try shop.pay(try await shop.ask(400, at: till, key: "a").json)
    try shop.settle()
    let waits: [Int64] = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]
    for (index, wait) in waits.enumerated() {
      _ = try await network.wait(for: index + 1)
      let waiting = try await states(shop, [.waiting], tries: index + 1)[0]
      // The jitter of this test is the largest there is: a tenth.
      let next = shop.now.adding(milliseconds: wait * 1_100)
      #expect(waiting.next == next)
      #expect(waiting.fault == "connection-refused")
      shop.test.ledger.clock.now = next.adding(milliseconds: -1)
      try shop.settle()
      shop.tills.store.queue.sync { shop.tills.webhooks.pump() }
      #expect(network.all.count == index + 1)
      shop.test.ledger.clock.now = next
      shop.tills.store.queue.sync { shop.tills.webhooks.pump() }
    }
    _ = try await network.wait(for: 10)
    let given = try await states(shop, [.failed], tries: 10)[0]
    #expect(Set(network.all.map(\.message)).count == 1)
    network.answers { _ in .success(.init(status: 204, retryAfter: nil)) }
    let fresh = try await shop.test.token(of: officer(shop), scope: .office)
    let target = "/v1/webhooks/all/deliveries/\(given.id)"
    #expect(try await shop.call("POST", target, fresh).status == 202)
    _ = try await states(shop, [.delivered])
    #expect(network.all.last?.message == network.all.first?.message)
    shop.close()
  }

  @Test("2xx is taken for done, 410 for gone, everything else for failed; Retry-After counts within a day")
  func meanings() async throws {
    let (shop, _) = try await shop()
    let webhooks = shop.tills.webhooks
    let outcome = { (status: Int, after: Int64?) in
      webhooks.outcome(of: .success(.init(status: status, retryAfter: after)), attempt: 1, at: shop.now)
    }
    for status in [200, 204, 299] { #expect(outcome(status, nil) == .delivered(status: status)) }
    #expect(outcome(410, nil) == .gone)
    let soon = shop.now.adding(milliseconds: 5_500)
    for status in [301, 302, 307, 308, 400, 401, 404, 500, 502] {
      #expect(outcome(status, 7_200) == .failed(status: status, fault: nil, again: soon))
    }
    for status in [429, 503] {
      let failed = { (milliseconds: Int64) in
        WebhookOutcome.failed(status: status, fault: nil, again: shop.now.adding(milliseconds: milliseconds))
      }
      #expect(outcome(status, nil) == failed(5_500))
      #expect(outcome(status, 5) == failed(5_500))
      #expect(outcome(status, 6) == failed(6_000))
      #expect(outcome(status, 86_400) == failed(86_400_000))
      #expect(outcome(status, 86_401) == failed(86_400_000))
    }
    let last = webhooks.outcome(
      of: .success(.init(status: 429, retryAfter: 9)), attempt: 10, at: shop.now)
    #expect(last == .failed(status: 429, fault: nil, again: nil))
    shop.close()
  }

  @Test("a target that is slow or gone holds up neither the others nor a payment")
  func apart() async throws {
    var (shop, token) = try await shop()
    let till = try await shop.till("comptoir")
    for name in ["slow", "quick", "gone"] { _ = try await add(shop, token, "https://\(name).example/") }
    let door = DispatchSemaphore(value: 0)
    network.answers { sent in
      if sent.url.contains("slow") { door.wait() }
      return .success(.init(status: sent.url.contains("gone") ? 410 : 200, retryAfter: nil))
    }
    try shop.pay(try await shop.ask(400, at: till, key: "a").json)
    try shop.settle()
    _ = try await network.wait(for: 3)
    try shop.pay(try await shop.ask(300, at: till, key: "b").json)
    try shop.settle()
    for _ in 0..<300 where network.all.count < 4 { try await Task.sleep(for: .milliseconds(10)) }
    let urls = network.all.map(\.url)
    #expect(urls.filter { $0.contains("quick") }.count == 2)
    #expect(urls.filter { $0.contains("slow") }.count == 1)
    #expect(urls.filter { $0.contains("gone") }.count == 1)
    let webhooks = try await shop.call("GET", "/v1/webhooks", token).json["webhooks"]?.array ?? []
    let gone = webhooks.filter { !($0["gone"]?.isNull ?? true) }
    #expect(gone.map { $0["url"]?.string } == ["https://gone.example/"])
    door.signal()
    door.signal()
    _ = try await network.wait(for: 5)
    // A test that is answered puts it back to work.
    network.answers { _ in .success(.init(status: 200, retryAfter: nil)) }
    let id = gone.first?["id"]?.string ?? ""
    let test = try await shop.call("POST", "/v1/webhooks/\(id)/test", token)
    #expect(test.json["delivered"]?.bool == true)
    let after = try await shop.call("GET", "/v1/webhooks", token).json["webhooks"]?.array ?? []
    #expect(after.map { $0["gone"]?.isNull } == [true, true, true])
    shop.close()
  }

  @Test("what was not answered before the server was killed is sent by the next one, under the same id")
  func killed() async throws {
    var (shop, token) = try await shop()
    let till = try await shop.till("comptoir")
    _ = try await add(shop, token, "https://compta.example/")
    let door = DispatchSemaphore(value: 0)
    network.answers { _ in
      door.wait()
      return .success(.init(status: 200, retryAfter: nil))
    }
    try shop.pay(try await shop.ask(400, at: till, key: "a").json)
    try shop.settle()
    _ = try await network.wait(for: 1)
    shop.close()
    door.signal()
    let path = shop.test.ledger.path
    let journal = try Journal(opening: path, options: .init(clock: shop.test.ledger.clock))
    let next = Network()
    let endpoint = Endpoint(journal: journal, webhooks: next.options())
    try endpoint.start()
    let sent = try await next.wait(for: 1)
    #expect(sent.map(\.message) == network.all.map(\.message))
    endpoint.stop()
    journal.close()
  }

  @Test("after a rotation both keys sign for a day, then the new one alone")
  func rotation() async throws {
    var (shop, token) = try await shop()
    let till = try await shop.till("comptoir")
    let made = try await add(shop, token, "https://compta.example/").json
    let id = made["id"]?.string ?? ""
    let rotated = try await shop.call("POST", "/v1/webhooks/\(id)/rotate", token).json
    #expect(rotated["previous_key"] == made["key"])
    #expect(rotated["key"] != made["key"])
    for (seconds, count) in [(86_399, 2), (1, 1)] as [(Int64, Int)] {
      shop.test.ledger.clock.now = shop.now.adding(seconds: seconds)
      try shop.pay(try await shop.ask(40, at: till, key: "\(count)").json)
      try shop.settle()
      let sent = try await network.wait(for: 3 - count)
      #expect(sent.last?.keys.count == count)
      #expect(sent.last?.keys.first.map(WebhookMessage.text) == rotated["key"]?.string)
    }
    shop.close()
  }

  @Test(
    "only an officer's token of scope office, or the files, set and see webhooks; nobody sees a secret key")
  func office() async throws {
    var (shop, token) = try await shop()
    let till = try await shop.till("comptoir")
    let officer = shop.test.ledger.place.officer
    let audit = try await shop.test.token(of: officer, scope: .audit)
    let asked = try await shop.test.send(
      "POST", "/v1/tokens", ["content-type": "text/plain"],
      body: shop.test.access(shop.alice, .office, "127.0.0.1:8390"))
    #expect(asked.status == 403)
    for (bearer, status) in [(nil, 401), (till.token, 403), (shop.account, 403), (audit, 403)]
      as [(String?, Int)]
    {
      #expect(try await shop.call("GET", "/v1/webhooks", bearer).status == status)
      let order: JSON = ["url": "https://compta.example/"]
      #expect(try await shop.call("POST", "/v1/webhooks", bearer, order).status == status)
      #expect(try await shop.call("POST", "/v1/webhooks/all/deliveries/1", bearer).status == status)
    }
    let made = try await add(shop, token, "https://compta.example/").json
    let seed = try unsafe shop.tills.store.webhooks()[0].key.withSeed { unsafe Array($0) }
    let shown = String(decoding: made.serialized(), as: UTF8.self)
    #expect(!shown.contains(Base64.encode(seed) as String) && !shown.contains(Hex.encode(seed) as String))
    shop.close()
  }

  @Test(
    "what cannot be a target is refused by its code; near ones only where officer and operator allow them")
  func refused() async throws {
    let (shop, token) = try await shop(allowsNear: false)
    let cases: [(String, KeyValuePairs<String, JSON>, Int, String)] = [
      ("https://u@x.example/", [:], 400, "url-userinfo"), ("https://x.example/#", [:], 400, "url-fragment"),
      ("https://x.example:22/", [:], 400, "url-port"), ("gopher://x.example/", [:], 400, "url-scheme"),
      ("http://169.254.169.254/", ["private": .bool(true)], 400, "url-address"),
      ("https://127.0.0.1/", [:], 409, "target-private"),
      ("https://[::ffff:192.168.0.1]/", [:], 409, "target-private"),
      ("http://x.example/", [:], 409, "target-insecure"),
      ("http://127.0.0.1:8000/", ["private": .bool(true)], 409, "private-webhooks-off"),
      ("https://x.example/", ["events": .array([])], 400, "bad-value"),
      ("https://x.example/", ["events": .array(["request.created"])], 400, "bad-value"),
      ("https://x.example/", ["events": .array(["refund.made", "refund.made"])], 400, "bad-value"),
      ("https://x.example/", ["till": "k7q4m2xw"], 404, "not-found"),
      ("https://x.example/", ["till": "K7Q4M2XW"], 400, "bad-value"),
      ("https://x.example/", ["secret": "x"], 400, "malformed"),
    ]
    for (url, more, status, code) in cases {
      let answer = try await add(shop, token, url, more)
      #expect((answer.status, answer.json["code"]?.string) == (status, code), "\(url)")
    }
    #expect(try await add(shop, token, "https://x.example/").status == 201)
    #expect(try await add(shop, token, "https://x.example/").json["code"]?.string == "webhook-exists")
    for number in 2...16 { #expect(try await add(shop, token, "https://x.example/\(number)").status == 201) }
    #expect(try await add(shop, token, "https://x.example/17").json["code"]?.string == "too-many-webhooks")
    for target in ["/v1/webhooks/k7q4m2xw/test", "/v1/webhooks/all/deliveries/7"] {
      #expect(try await shop.call("POST", target, token).status == 404)
    }
    #expect(network.all.isEmpty)
    shop.close()
  }

  @Test("a near target is sent to as one only while the server allows it")
  func nearness() async throws {
    var (shop, token) = try await shop()
    let till = try await shop.till("comptoir")
    _ = try await add(shop, token, "http://127.0.0.1:8000/", ["private": .bool(true)])
    _ = try await add(shop, token, "https://x.example/")
    try shop.pay(try await shop.ask(40, at: till, key: "a").json)
    try shop.settle()
    let sent = try await network.wait(for: 2)
    #expect(sent.first { $0.url.hasPrefix("http:") }?.range == .worldAndNear)
    #expect(sent.first { $0.url.hasPrefix("https:") }?.range == .world)
    shop.close()
  }
}
