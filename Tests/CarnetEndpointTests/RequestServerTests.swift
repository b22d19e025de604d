import CarnetJournal
import CarnetLedger
import CarnetNotes
import CarnetWallet
import Foundation
import FoundationNetworking
import Support
import Testing

@testable import CarnetEndpoint

/// Waiting for a payment through real sockets: nobody's thread is held, and a stop waits for nobody.
@Suite struct RequestServerTests {
  private static let waiters = 64

  /// A shop's open request on a server, and clients who wait for it.
  private struct Scene {
    var test: TestEndpoint
    let alice, shop: Place.Person
    let id: NoteID
    let server: Server
    let session: URLSession

    init(isBehindProxy: Bool = false) throws {
      test = try TestEndpoint()
      (alice, shop) = (try test.ledger.join("alice"), try test.ledger.join("shop", kind: .business))
      id = try test.ask(5, by: shop)
      let address = try #require(Server.Address("127.0.0.1:0"))
      server = try Server(
        Endpoint(journal: test.ledger.journal), on: address, isBehindProxy: isBehindProxy)
      let configuration = URLSessionConfiguration.ephemeral
      configuration.httpMaximumConnectionsPerHost = 2 * RequestServerTests.waiters
      session = URLSession(configuration: configuration)
    }

    var endpoint: Endpoint? { server.responder as? Endpoint }

    func state(_ query: String) async throws -> String? {
      let code = RequestCode(id)?.description ?? ""
      let url = try #require(URL(string: "http://\(server.address)/v1/requests/\(code)\(query)"))
      let (data, _) = try await session.data(from: url)
      return try JSON(parsing: [UInt8](data))["state"]?.string
    }

    /// Runs `body` once everyone waits; what each was answered, and how long the last took from then on.
    func waiting(then body: () throws -> Void) async throws -> (states: [String?], seconds: Double) {
      try await withThrowingTaskGroup(of: String?.self) { group in
        for _ in 0..<RequestServerTests.waiters { group.addTask { try await state("?wait=30") } }
        while endpoint?.requests.waiterCount ?? 0 < RequestServerTests.waiters {
          try await Task.sleep(for: .milliseconds(10))
        }
        // Others are served meanwhile.
        #expect(try await state("") == "open")
        let began = monotonicMilliseconds()
        try body()
        let states = try await group.reduce(into: []) { $0.append($1) }
        return (states, Double(monotonicMilliseconds() - began) / 1_000)
      }
    }
  }

  @Test("one payment wakes everyone who waits for it")
  func paid() async throws {
    var scene = try Scene()
    let payment = Payment(
      to: .member(scene.shop.number), currency: scene.test.ledger.currency, amount: 5, request: scene.id,
      memo: nil)
    let note = try scene.test.ledger.place.submission(
      .payment(payment), by: scene.alice, at: scene.test.ledger.clock.now)
    let journal = scene.test.ledger.journal
    let (states, seconds) = try await scene.waiting { _ = try journal.submit(note) }
    #expect(states == Array(repeating: "paid", count: RequestServerTests.waiters))
    #expect(seconds < 10)
    scene.server.stop()
    journal.close()
  }

  @Test("a server that stops answers those who wait, and does not wait for them")
  func stopped() async throws {
    let scene = try Scene()
    let (states, seconds) = try await scene.waiting { scene.server.stop() }
    #expect(states == Array(repeating: "open", count: RequestServerTests.waiters))
    #expect(seconds < 10)
    scene.test.ledger.journal.close()
  }

  @Test("a socket's failed codes count for its address")
  func guesses() throws {
    let scene = try Scene()
    // Asked on this thread alone: tasks that wait for their turn among other tests could outlast the minute.
    let transport = try HTTPTransport("http://\(scene.server.address)")
    let ask = { (code: String) in
      try transport.send(TransportRequest(method: "GET", target: "/v1/requests/\(code)"))
    }
    for _ in 0..<5 { #expect(try ask("0000-000A").status == 404) }
    #expect(scene.endpoint?.requests.guesses.wait(of: "127.0.0.1") != nil)
    let code = try #require(RequestCode(scene.id)).description
    #expect(try JSON(parsing: try ask(code).body)["state"]?.string == nil)
    scene.server.stop()
    scene.test.ledger.journal.close()
  }

  /// Asks for a code that is none, with headers as a proxy or a client writes them; the status.
  private func fail(_ scene: Scene, _ headers: String) throws -> String {
    let client = try StreamClient(
      to: scene.server.address,
      saying: "GET /v1/requests/0000-000A HTTP/1.1\r\nHost: \(scene.server.address)\r\n\(headers)\r\n")
    return String(try client.read(until: "\r\n").dropFirst(9).prefix(3))
  }

  @Test("a header that names another address is nothing where no proxy is expected")
  func forged() throws {
    let scene = try Scene()
    for part in 0..<5 { #expect(try fail(scene, "X-Forwarded-For: 192.0.2.\(part)\r\n") == "404") }
    #expect(try fail(scene, "X-Forwarded-For: 192.0.2.9\r\n") == "429")
    #expect(scene.endpoint?.requests.guesses.wait(of: "192.0.2.0") == nil)
    scene.server.stop()
    scene.test.ledger.journal.close()
  }

  @Test(
    "behind a proxy failed codes count for the last address that it names, whatever the client wrote before")
  func proxied() throws {
    let scene = try Scene(isBehindProxy: true)
    for part in 0..<5 {
      #expect(try fail(scene, "X-Forwarded-For: 10.0.0.\(part), 192.0.2.7\r\n") == "404")
    }
    #expect(try fail(scene, "X-Forwarded-For: 192.0.2.7\r\n") == "429")
    // A header of the client's own and one of the proxy's behind it are one list.
    #expect(try fail(scene, "X-Forwarded-For: 10.9.9.9\r\nX-Forwarded-For: 192.0.2.7\r\n") == "429")
    #expect(try fail(scene, "X-Forwarded-For: 192.0.2.7\r\nx-forwarded-for: 192.0.2.8\r\n") == "404")
    for header in ["", "X-Forwarded-For: 192.0.2.8, x\r\n", "X-Forwarded-For: \r\n"] {
      #expect(try fail(scene, header) == "404")
    }
    #expect(scene.endpoint?.requests.guesses.wait(of: "127.0.0.1") == nil)
    for _ in 0..<2 { #expect(try fail(scene, "X-Forwarded-For: 192.0.2.9:80\r\n") == "404") }
    #expect(scene.endpoint?.requests.guesses.wait(of: "127.0.0.1") != nil)
    scene.server.stop()
    scene.test.ledger.journal.close()
  }
}
